import { TenureError } from "../../../engine/index.js";
import type { JsonRecord } from "./json-splitter.js";
import { type Cell, Nested } from "./table-source.js";
import { malformed } from "./unreadable.js";

/** Where a text begins, a number, or what Python writes for a double that is none. */
const QUOTE_OR_NUMBER = /"|-?\d[\d.eE+-]*|NaN|-?Infinity/g;
/** All numbers are text by then: what the parser gives as a number stands for one that is none. */
const NOT_A_NUMBER: Readonly<Record<string, string>> = { NaN: "0", Infinity: "1e999", "-Infinity": "-1e999" };
const COLON = /\s*:/y;
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Keys of an object and of the objects in it. */
function countKeys(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((sum, entry) => sum + countKeys(entry), own);
}

/**
 * Fields by name; those of an object inside by a path with points: `hotkey.ss58`. The object itself is a field, too, that holds
 * no value. False when two have one name.
 */
function flatten(value: object, path: string, fields: Map<string, Cell>): boolean {
  for (const [key, entry] of Object.entries(value)) {
    const name = `${path}${key}`;
    if (fields.has(name)) return false;
    const isNested = typeof entry === "object" && entry !== null;
    fields.set(name, isNested ? new Nested(entry) : entry === 0 ? Number.NaN : (entry as Cell));
    if (isNested && !Array.isArray(entry) && !flatten(entry, `${name}.`, fields)) return false;
  }
  return true;
}

/** Place of the quote that ends the text beginning at a place; -1 when it is not there. */
function endOfText(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let before = at;
    while (text[before - 1] === "\\") before--;
    // An even number of backslashes stands for backslashes; one more is for the quote.
    if ((at - before) % 2 === 0) return at;
  }
  return -1;
}

/** The JSON with its numbers as text, and how many keys it has. Step by step: a pattern for whole texts gives up on long ones. */
function quoteNumbers(text: string): { readonly quoted: string; readonly keys: number } {
  let quoted = "";
  let from = 0;
  let keys = 0;
  QUOTE_OR_NUMBER.lastIndex = 0;
  for (let match = QUOTE_OR_NUMBER.exec(text); match !== null; match = QUOTE_OR_NUMBER.exec(text)) {
    const [word] = match;
    if (word === '"') {
      const end = endOfText(text, match.index);
      // The parser refuses it.
      if (end === -1) break;
      COLON.lastIndex = end + 1;
      if (COLON.test(text)) keys++;
      QUOTE_OR_NUMBER.lastIndex = end + 1;
      continue;
    }
    // What is no number stays bare, so that the parser refuses it.
    const meant = NOT_A_NUMBER[word] ?? (JSON_NUMBER.test(word) ? `"${word}"` : word);
    quoted += text.slice(from, match.index) + meant;
    from = match.index + word.length;
  }
  return { quoted: quoted + text.slice(from), keys };
}

/**
 * The fields of one object of a JSON file. Numbers keep their text: a double would round an amount of sixteen digits.
 * `NaN` and `Infinity`, which Python writes though JSON has none, are doubles, which no column takes.
 * @throws TenureError `TEN-IMPORT-016` it is not JSON, `-023` a field is there twice
 */
export function readJsonRecord({ text, line }: JsonRecord, file: string): Map<string, Cell> {
  const { quoted, keys } = quoteNumbers(text);
  let value: object;
  try {
    value = JSON.parse(quoted);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw malformed({ file, line }, text, "JSON");
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
