import { type Document, LineCounter, parseDocument, type YAMLError } from "yaml";
import { TenureError } from "../../engine/index.js";
import { SCENARIO_CODES } from "../schema/error-codes.js";
import { type OutOfBounds, type RepeatedKey, textOutOfBounds, walkDocument } from "./yaml-bounds.js";

/** A YAML text as plain data. Integers that a double cannot count exactly stay `bigint`. */
export interface YamlText {
  readonly document: Document;
  readonly lines: LineCounter;
  readonly value: unknown;
  /** What is wrong with the text itself; `value` is undefined then. */
  readonly errors: readonly TenureError[];
}

/** The mark of a byte order is no part of what is read: it would shift the columns of the first line. */
export function withoutByteOrderMark(text: string): string {
  return text.startsWith("\u{feff}") ? text.slice(1) : text;
}

/**
 * Reads a YAML 1.2 text, within the bounds that a scenario has (`yaml-bounds.ts`): work and memory grow no faster than it.
 * @param positions whether line and column mean anything to the reader
 */
export function readYaml(text: string, file: string, positions: boolean): YamlText {
  const lines = new LineCounter();
  // The parser's own search for keys that stand twice compares every two of them.
  const options = {
    intAsBigInt: true,
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    strict: true,
    logLevel: "error",
  } as const;
  const tooMuch = textOutOfBounds(text);
  const document = parseDocument(tooMuch === null ? text : text.slice(0, 0), options);
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return positions ? { file, line, column: col } : { file };
  };
  const refused = (errors: readonly TenureError[]): YamlText => ({ document, lines, value: undefined, errors });
  if (tooMuch !== null) {
    for (let at = text.indexOf("\n"); at !== -1 && at < tooMuch.offset; at = text.indexOf("\n", at + 1)) lines.addNewLine(at + 1);
    return refused([outOfBounds(tooMuch, place(tooMuch.offset))]);
  }
  // After the first place that is not YAML the parser guesses, and what it says of the rest misleads.
  const [first] = document.errors;
  const walk = walkDocument(document);
  const repeated = walk.repeated.filter(({ offset }) => first === undefined || offset < first.pos[0]);
  const errors = repeated.map((key) => repeatedKey(key, place(key.offset)));
  if (first !== undefined) errors.push(noYaml(first, text, place(first.pos[0])));
  else if (walk.outOfBounds !== null) errors.push(outOfBounds(walk.outOfBounds, place(walk.outOfBounds.offset)));
  if (errors.length > 0) return refused(errors);
  // How often aliases repeat what they name was counted above.
  return { document, lines, value: withNumbers(document.toJS({ maxAliasCount: -1 })), errors };
}

type TextPlace = { readonly file: string; readonly line?: number; readonly column?: number };

function outOfBounds({ offset: _, ...refusal }: OutOfBounds, place: TextPlace): TenureError {
  return new TenureError({ ...refusal, place });
}

function repeatedKey({ key }: RepeatedKey, place: TextPlace): TenureError {
  return new TenureError({
    code: SCENARIO_CODES.duplicateKey,
    what: `The key ${key} stands twice in one mapping.`,
    place,
    found: key,
    allowed: "each key once",
    hint: "Remove one of them.",
  });
}

function noYaml(error: YAMLError, text: string, place: TextPlace): TenureError {
  const [start, end] = error.pos;
  const found = text.slice(start, end > start ? end : start + 40).split("\n", 1)[0];
  return new TenureError({
    code: SCENARIO_CODES.syntax,
    what: `The text is not YAML: ${error.message}`.replace(/[.\s]*$/, "."),
    place,
    ...(found === undefined || found === "" ? {} : { found }),
    allowed: "YAML 1.2",
    hint: "Check indentation (spaces, no tabs), quotes and brackets around this place.",
  });
}

/** Integers as numbers where a double counts them exactly. */
function withNumbers(value: unknown): unknown {
  if (typeof value === "bigint") return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
  if (Array.isArray(value)) return value.map(withNumbers);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withNumbers(inner)]));
}
