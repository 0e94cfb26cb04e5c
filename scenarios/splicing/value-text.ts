import { isMap, isScalar, parseDocument } from "yaml";
import { InvariantError } from "../../engine/index.js";
import { quotedYaml } from "../calibrating/flow-yaml.js";

/** What may need no quotes, in a block and between brackets. */
const MAYBE_PLAIN = /^[A-Za-z0-9_./][A-Za-z0-9_./:+-]*( [A-Za-z0-9_./:+-]+)*$/;
const SMALL = /^(-?)(\d)(?:\.(\d+))?e-(\d+)$/;

/**
 * A value as YAML writes it on one line: numbers as the shortest decimal that is them, texts in quotes only where they would be
 * read as something else without.
 * @param value a number is finite
 * @param version of YAML, in which the text is read: in 1.1 the word `on` is a boolean
 */
export function valueText(value: number | string | boolean, version: "1.1" | "1.2"): string {
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return numberText(value);
  return MAYBE_PLAIN.test(value) && isReadAsText(value, version) ? value : quotedYaml(value);
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new InvariantError(`${value} is to be written as a number of a scenario`);
  const text = String(value);
  const small = SMALL.exec(text);
  if (small === null) return text;
  // 1e-7 is 0.0000001: amounts of tokens are read, and written, digit by digit.
  const [, sign, first, rest = "", places] = small;
  return `${sign}0.${"0".repeat(Number(places) - 1)}${first}${rest}`;
}

function isReadAsText(value: string, version: "1.1" | "1.2"): boolean {
  const { contents, errors } = parseDocument(`{ of: ${value} }`, { version, logLevel: "silent" });
  if (errors.length > 0 || !isMap(contents) || contents.items.length !== 1) return false;
  const read = contents.items[0]?.value;
  return isScalar(read) && read.value === value;
}
