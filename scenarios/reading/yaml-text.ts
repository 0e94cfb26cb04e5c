import { type Document, LineCounter, parseDocument, type YAMLError } from "yaml";
import { TenureError } from "../../engine/index.js";
import { SCENARIO_CODES } from "../schema/error-codes.js";

/** A YAML text as plain data. Integers that a double cannot count exactly stay `bigint`. */
export interface YamlText {
  readonly document: Document;
  readonly lines: LineCounter;
  readonly value: unknown;
  /** What is wrong with the text itself; `value` is undefined then. */
  readonly errors: readonly TenureError[];
}

/**
 * Reads a YAML 1.2 text.
 * @param positions whether line and column mean anything to the reader
 */
export function readYaml(text: string, file: string, positions: boolean): YamlText {
  const lines = new LineCounter();
  const document = parseDocument(text, { intAsBigInt: true, lineCounter: lines, prettyErrors: false, uniqueKeys: true, strict: true });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return positions ? { file, line, column: col } : { file };
  };
  // After the first place that is not YAML the parser guesses, and what it says of the rest misleads.
  const first = document.errors.findIndex(({ code }) => code !== "DUPLICATE_KEY");
  const told = first === -1 ? document.errors : document.errors.slice(0, first + 1);
  const errors = told.map((error) => refusal(error, text, place(error.pos[0])));
  if (errors.length > 0) return { document, lines, value: undefined, errors };
  try {
    return { document, lines, value: withNumbers(document.toJS()), errors };
  } catch (error) {
    // Aliases without an anchor, and aliases of aliases that would grow without end.
    const what = `The text is not YAML that can be read: ${error instanceof Error ? error.message : String(error)}.`.replace(/\.\.$/, ".");
    return { document, lines, value: undefined, errors: [new TenureError({ code: SCENARIO_CODES.syntax, what, place: place(0) })] };
  }
}

function refusal(error: YAMLError, text: string, place: { file: string; line?: number; column?: number }): TenureError {
  const [start, end] = error.pos;
  const line = text.slice(start).split("\n", 1)[0] ?? "";
  if (error.code === "DUPLICATE_KEY") {
    const key = /^[^:\s]+/.exec(line)?.[0] ?? line;
    return new TenureError({
      code: SCENARIO_CODES.duplicateKey,
      what: `The key ${key} stands twice in one mapping.`,
      place,
      found: key,
      allowed: "each key once",
      hint: "Remove one of them.",
    });
  }
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
