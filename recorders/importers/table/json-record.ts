import { TenureError } from "../../../engine/index.js";
import type { JsonRecord } from "./json-splitter.js";
import type { Cell } from "./table-source.js";
import { malformed } from "./unreadable.js";

/** A text (with the colon after it, where it is a key), a number, or what Python writes for one that is none. */
const TEXT_OR_NUMBER = /"(?:[^"\\]|\\.)*"(\s*:)?|-?\d[\d.eE+-]*|NaN|-?Infinity/g;
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Keys of an object and of the objects in it. */
function countKeys(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((sum, entry) => sum + countKeys(entry), own);
}

/** Fields by name; those of an object inside by a path with points: `hotkey.ss58`. False when two have one name. */
function flatten(value: object, path: string, fields: Map<string, Cell>): boolean {
  for (const [key, entry] of Object.entries(value)) {
    const name = `${path}${key}`;
    if (typeof entry === "object" && entry !== null && !Array.isArray(entry)) {
      if (!flatten(entry, `${name}.`, fields)) return false;
    } else if (fields.has(name)) return false;
    else fields.set(name, Array.isArray(entry) ? JSON.stringify(entry) : (entry as Cell));
  }
  return true;
}

/**
 * The fields of one object of a JSON file. Numbers keep their text: a double would round an amount of sixteen digits.
 * `NaN` and `Infinity`, which Python writes though JSON has none, are no value.
 * @throws TenureError `TEN-IMPORT-016` it is not JSON, `-023` a field is there twice
 */
export function readJsonRecord({ text, line }: JsonRecord, file: string): Map<string, Cell> {
  let keys = 0;
  const quoted = text.replace(TEXT_OR_NUMBER, (match, colon: string | undefined) => {
    if (match.startsWith('"')) {
      if (colon !== undefined) keys++;
      return match;
    }
    if (match.endsWith("N") || match.endsWith("y")) return "null";
    // What is no number stays bare, so that the parser refuses it.
    return JSON_NUMBER.test(match) ? `"${match}"` : match;
  });
  let value: object;
  try {
    value = JSON.parse(quoted);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw malformed({ file, line }, error.message, "JSON");
  }
  const fields = new Map<string, Cell>();
  if (countKeys(value) === keys && flatten(value, "", fields)) return fields;
  throw new TenureError({
    code: "TEN-IMPORT-023",
    what: "A field is there twice.",
    place: { file, line },
    found: text,
    allowed: "each field of an object once",
    hint: "Nothing says which of the two counts; leave one out.",
  });
}
