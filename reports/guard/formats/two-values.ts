/** Digits of a number that is not whole: those that a person states, without what binary fractions add. */
const DIGITS = 12;

/** A value then and now, in words; all digits where they differ in the last ones alone. */
export function twoValues(before: unknown, after: unknown): readonly [string, string] {
  const [was, is] = [before, after].map((value) => inWords(value, DIGITS));
  return was === is ? [inWords(before, null), inWords(after, null)] : [was, is];
}

function inWords(value: unknown, digits: number | null): string {
  if (value === null || value === undefined) return "none";
  if (typeof value !== "number" || Number.isInteger(value) || digits === null) return String(value);
  return String(Number(value.toPrecision(digits)));
}
