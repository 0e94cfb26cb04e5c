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
  // Days of the Gregorian calendar, years counted from March, so that the leap day is the last.
  const shifted = days + 719_468;
  const era = floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = floor((dayOfEra - floor(dayOfEra / 1_460) + floor(dayOfEra / 36_524) - floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + floor(yearOfEra / 4) - floor(yearOfEra / 100));
  const marchMonth = floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const ofDay = timeMs - days * DAY_MS;
  const two = (value: number) => String(value).padStart(2, "0");
  const seconds = floor(ofDay / 1_000);
  const milliseconds = ofDay % 1_000;
  const time = `${two(floor(seconds / 3_600))}:${two(floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${year}-${two(month)}-${two(day)}T${time}${milliseconds === 0 ? "" : `.${String(milliseconds).padStart(3, "0")}`}Z`;
}

/** Largest offset from UTC that a written time may name: 14:00, as on the Line Islands. */
export const LARGEST_OFFSET_MINUTES = 840;
