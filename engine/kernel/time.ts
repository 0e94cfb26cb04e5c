import { calendarDate } from "./calendar.js";
import { floor } from "./math.js";

/** Time is Unix milliseconds (docs/explanation/units.md). */
export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
/** Where a stream gives no times, a block takes this long. */
export const BLOCK_MS = 12_000;
/** Instants are below this (the year 2109), so that amount * time can be summed exactly. */
export const TIME_LIMIT_MS = 4_398_046_511_104;

/** `2025-01-01T00:00:00Z`; milliseconds only where there are any. */
export function instantText(timeMs: number): string {
  const days = floor(timeMs / DAY_MS);
  const ofDay = timeMs - days * DAY_MS;
  const two = (value: number) => String(value).padStart(2, "0");
  const seconds = floor(ofDay / 1_000);
  const milliseconds = ofDay % 1_000;
  const time = `${two(floor(seconds / 3_600))}:${two(floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${calendarDate(days)}T${time}${milliseconds === 0 ? "" : `.${String(milliseconds).padStart(3, "0")}`}Z`;
}

/** Largest offset from UTC that a written time may name: 14:00, as on the Line Islands. */
export const LARGEST_OFFSET_MINUTES = 840;
