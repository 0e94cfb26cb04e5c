import type { z } from "zod";
import { type Place, TenureError, TIME_LIMIT_MS } from "../../engine/index.js";
import { isoTimeMs } from "../../scenarios/index.js";
import { allowedBy, foundAt } from "../shape-words.js";
import { dateHint } from "./date-forms.js";
import { namedField } from "./named-field.js";

/**
 * A time as files of others write it: ISO 8601, UTC when it names no zone; finer than ms is cut off.
 * @throws TenureError `TEN-IMPORT-007`
 */
export function takeTime(text: string, place: () => Place): number {
  const timeMs = isoTimeMs(text, "loose");
  if (timeMs !== null && timeMs >= 0 && timeMs < TIME_LIMIT_MS) return timeMs;
  const at = place();
  throw new TenureError({
    code: "TEN-IMPORT-007",
    what: "A time is not one.",
    place: at,
    found: text,
    allowed: "ISO 8601, 1970 to 2109, offsets up to 14:00, e.g. 2025-12-31T23:59:48Z",
    ...dateHint(text, namedField(at)),
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
