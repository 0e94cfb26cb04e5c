import type { z } from "zod";
import { LARGEST_OFFSET_MINUTES, type Place, TenureError, TIME_LIMIT_MS } from "../../engine/index.js";

import { allowedBy, foundAt } from "../shape-words.js";

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/** Unix ms of an ISO 8601 instant, UTC when it names no zone; finer than ms is cut off. Undefined when it is none. */
export function parseIsoTime(text: string): number | undefined {
  const match = ISO.exec(text.trim());
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const ms = Number((match[7] ?? "").slice(0, 3).padEnd(3, "0"));
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const utc = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  const date = new Date(utc);
  // Date rolls the 30th of February over to March.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const zone = match[8] ?? "Z";
  if (zone === "Z" || zone === "z") return utc;
  const [zoneHours, zoneMinutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3).replace(":", ""))];
  const minutes = zoneHours * 60 + zoneMinutes;
  // No place on Earth is further from UTC, and ISO 8601 knows no minute 60.
  if (zoneMinutes > 59 || minutes > LARGEST_OFFSET_MINUTES) return undefined;
  return zone.startsWith("-") ? utc + minutes * 60_000 : utc - minutes * 60_000;
}

/** @throws TenureError `TEN-IMPORT-007` */
export function takeTime(text: string, place: () => Place): number {
  const timeMs = parseIsoTime(text);
  if (timeMs !== undefined && timeMs >= 0 && timeMs < TIME_LIMIT_MS) return timeMs;
  throw new TenureError({
    code: "TEN-IMPORT-007",
    what: "A time is not one.",
    place: place(),
    found: text,
    allowed: "ISO 8601, 1970 to 2109, offsets up to 14:00, e.g. 2025-12-31T23:59:48Z",
  });
}

function jsonPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
}

/**
 * What a file holds, as its schema says.
 * @throws TenureError `TEN-IMPORT-004` with the JSON path of the first thing that is not
 */
export function takeShape<T>(schema: z.ZodType<T>, value: unknown, file: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new TenureError({
    code: "TEN-IMPORT-004",
    what: "The file is not of the shape this importer reads.",
    place: { file, path: jsonPath(issue.path) },
    found: foundAt(value, issue.path) ?? "nothing",
    allowed: allowedBy(issue),
  });
}
