/** More digits than any number in range has; keeps bigint away from long garbage. */
const MOST_DIGITS = 40;
const LARGEST = 9_007_199_254_740_991n;
/** Digits alone, and so few that a double holds them exactly: what most texts are. */
const PLAIN = /^\d{1,15}$/;

/** A whole number with its sign; 0 has none. */
export interface SignedWhole {
  /** 0 to 2^53 - 1. */
  readonly whole: number;
  readonly negative: boolean;
}

/** Why a text is no whole number: it is no decimal number at all, has a fraction that is not 0, or is over 2^53 - 1. */
export type WholeFault = "none" | "fraction" | "over";

/** `12.500` as the digits 12500 and the power -3; undefined when it is no decimal number. */
function decimalOf(text: string): { negative: boolean; digits: string; power: number } | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, sign, whole, fraction = "", exponent = "0"] = match;
  if (whole === "" && fraction === "") return undefined;
  return { negative: sign === "-", digits: whole + fraction, power: Number(exponent) - fraction.length };
}

/**
 * A whole number from decimal text, exactly: no floating point on the way. `12.000` is 12, `1.5e3` 1500.
 * @param decimals by how many powers of ten it is multiplied
 */
export function exactWhole(text: string, decimals = 0): SignedWhole | WholeFault {
  if (decimals === 0 && PLAIN.test(text)) return { whole: Number(text), negative: false };
  const decimal = decimalOf(text);
  if (decimal === undefined) return "none";
  const digits = decimal.digits.replace(/^0+/, "");
  if (digits === "") return { whole: 0, negative: false };
  const shift = decimal.power + decimals;
  const kept = shift < 0 ? digits.slice(0, shift) : digits;
  if (/[1-9]/.test(digits.slice(kept.length))) return "fraction";
  if (kept.length + Math.max(shift, 0) > MOST_DIGITS) return "over";
  const whole = BigInt(kept) * 10n ** BigInt(Math.max(shift, 0));
  return whole > LARGEST ? "over" : { whole: Number(whole), negative: decimal.negative };
}
