import { plainNumber } from "../../format/plain-number.js";

/** A value then and now, in words; all digits where they differ in the last ones alone. */
export function twoValues(before: unknown, after: unknown): readonly [string, string] {
  const [was, is] = [before, after].map((value) => inWords(value, plainNumber));
  return was === is ? [inWords(before, String), inWords(after, String)] : [was, is];
}

function inWords(value: unknown, numberInWords: (value: number) => string): string {
  if (value === null || value === undefined) return "none";
  return typeof value === "number" ? numberInWords(value) : String(value);
}
