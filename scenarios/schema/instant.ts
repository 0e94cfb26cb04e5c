import * as z from "zod";
import { instantText, TIME_LIMIT_MS } from "../../engine/index.js";
import { isoTimeMs } from "./iso-time.js";

/**
 * Unix milliseconds of an ISO 8601 text (a day alone means its start in UTC; a time of day needs its zone), or of Unix
 * milliseconds themselves. Null for what is neither, or out of 1970 to 2109.
 */
export function instantMs(value: string | number): number | null {
  const timeMs = typeof value === "number" ? value : isoTimeMs(value, "exact");
  return timeMs !== null && Number.isInteger(timeMs) && timeMs >= 0 && timeMs < TIME_LIMIT_MS ? timeMs : null;
}

/** What is said to be allowed begins so. */
export const INSTANT = "a time such as";

const error = `${INSTANT} 2025-01-01, 2025-01-01T12:00:00Z or 2025-01-01T12:00:00+02:00, or Unix milliseconds; 1970 to 2109, offsets up to 14:00`;

/** An instant; comes out as `instantText` writes it. */
export function instant() {
  return z
    .union([z.string(), z.number()], { error })
    .refine((value) => instantMs(value) !== null, { error })
    .transform((value) => instantText(instantMs(value) ?? 0));
}
