import { type Place, TenureError } from "../../engine/index.js";
import { exactWhole, type WholeFault } from "./exact-whole.js";
import { namedField } from "./named-field.js";
import { numberHint } from "./number-forms.js";

/** In what an input writes amounts. 1 alpha is 10^9 rao of its subnet, 1 TAO is 10^9 rao. */
export const AMOUNT_UNITS = ["rao", "alpha", "tao"] as const;
export type AmountUnit = (typeof AMOUNT_UNITS)[number];

/** Digits after the point that a unit has. */
const DECIMALS: Readonly<Record<AmountUnit, number>> = { rao: 0, alpha: 9, tao: 9 };
const FAULTS: Readonly<Record<WholeFault, string>> = {
  none: "is no number",
  fraction: "is a fraction of a rao",
  over: "is over 2^53 - 1 rao",
};

/** An amount with its sign; 0 has none. */
export interface Amount {
  /** 0 to 2^53 - 1. */
  readonly rao: number;
  readonly negative: boolean;
}

/**
 * An amount from decimal text, exactly: no floating point on the way. Otherwise what is wrong with it.
 * `12.000` is 12 rao and `1e9` 10^9; `0.000000001` and `1e-9` are 1 rao where the unit is alpha or TAO.
 */
export function parseAmount(text: string, unit: AmountUnit): Amount | string {
  const exact = exactWhole(text, DECIMALS[unit]);
  return typeof exact === "string" ? FAULTS[exact] : { rao: exact.whole, negative: exact.negative };
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
  const at = place();
  const hint =
    unit === "rao"
      ? "1 TAO or 1 alpha is 1000000000 rao; `--unit alpha` or `--unit tao` takes whole tokens."
      : "Amounts are never rounded; round them in the file if that is meant.";
  throw new TenureError({
    code: "TEN-IMPORT-005",
    what: `An amount ${amount}.`,
    place: at,
    found: text,
    allowed: allowedOf(unit),
    ...(amount === FAULTS.fraction ? { hint } : numberHint(text, namedField(at))),
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
