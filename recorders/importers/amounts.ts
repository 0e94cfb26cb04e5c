import { type Place, TenureError } from "../../engine/index.js";

/** In what an input writes amounts. 1 alpha is 10^9 rao of its subnet, 1 TAO is 10^9 rao. */
export const AMOUNT_UNITS = ["rao", "alpha", "tao"] as const;
export type AmountUnit = (typeof AMOUNT_UNITS)[number];

/** Digits after the point that a unit has. */
const DECIMALS: Readonly<Record<AmountUnit, number>> = { rao: 0, alpha: 9, tao: 9 };
const LARGEST_RAO = 9_007_199_254_740_991n;
/** More digits than any amount in range has; keeps bigint away from long garbage. */
const MOST_DIGITS = 40;

/** An amount with its sign; 0 has none. */
export interface Amount {
  /** 0 to 2^53 - 1. */
  readonly rao: number;
  readonly negative: boolean;
}

/** `12.500` as the digits 12500 and the power -3; undefined when it is no decimal number. */
function decimalOf(text: string): { negative: boolean; digits: string; power: number } | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, sign, whole, fraction = "", exponent = "0"] = match;
  if (whole === "" && fraction === "") return undefined;
  return { negative: sign === "-", digits: whole + fraction, power: Number(exponent) - fraction.length };
}

/**
 * An amount from decimal text, exactly: no floating point on the way. Otherwise what is wrong with it.
 * `12.000` is 12 rao and `1e9` 10^9; `0.000000001` and `1e-9` are 1 rao where the unit is alpha or TAO.
 */
export function parseAmount(text: string, unit: AmountUnit): Amount | string {
  const decimal = decimalOf(text);
  if (decimal === undefined) return "is no number";
  const digits = decimal.digits.replace(/^0+/, "");
  if (digits === "") return { rao: 0, negative: false };
  const shift = decimal.power + DECIMALS[unit];
  const kept = shift < 0 ? digits.slice(0, shift) : digits;
  if (/[1-9]/.test(digits.slice(kept.length))) return "is a fraction of a rao";
  if (kept.length + Math.max(shift, 0) > MOST_DIGITS) return "is over 2^53 - 1 rao";
  const rao = BigInt(kept) * 10n ** BigInt(Math.max(shift, 0));
  return rao > LARGEST_RAO ? "is over 2^53 - 1 rao" : { rao: Number(rao), negative: decimal.negative };
}

function allowedOf(unit: AmountUnit): string {
  return unit === "rao" ? "whole rao, 0 to 9007199254740991" : `0 to 9007199.254740991 ${unit}, at most 9 digits after the point`;
}

/**
 * Whole rao of an amount with its sign.
 * @throws TenureError `TEN-IMPORT-005`
 */
export function takeSignedAmount(text: string, unit: AmountUnit, place: () => Place): Amount {
  const amount = parseAmount(text, unit);
  if (typeof amount !== "string") return amount;
  const isFraction = amount === "is a fraction of a rao";
  const hint =
    unit === "rao"
      ? "1 TAO or 1 alpha is 1000000000 rao; `--unit alpha` or `--unit tao` takes whole tokens."
      : "Amounts are never rounded; round them in the file if that is meant.";
  throw new TenureError({
    code: "TEN-IMPORT-005",
    what: `An amount ${amount}.`,
    place: place(),
    found: text,
    allowed: allowedOf(unit),
    ...(isFraction ? { hint } : {}),
  });
}

/**
 * Whole rao of an amount that is not negative.
 * @throws TenureError `TEN-IMPORT-005`
 */
export function takeRao(text: string, place: () => Place, unit: AmountUnit = "rao"): number {
  const { rao, negative } = takeSignedAmount(text, unit, place);
  if (!negative) return rao;
  throw new TenureError({ code: "TEN-IMPORT-005", what: "An amount is negative.", place: place(), found: text, allowed: allowedOf(unit) });
}
