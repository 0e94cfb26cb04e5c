import { Fraction, type HeldExactly } from "../engine/index.js";
import type { HoldingRow } from "./reading/holdings.js";

/** Digits to which the share and the days of a table are sure: a last bit or two may be rounding. */
const SURE_DIGITS = 14;

/** What was held as far as a table says it, for limits that are decided exactly: a row that says 29.999999999999996 days is of 30. */
export function heldExactly({ held_share, held_days }: Pick<HoldingRow, "held_share" | "held_days">): HeldExactly {
  return { share: () => sure(held_share), days: () => sure(held_days) };
}

function sure(value: number): Fraction {
  return Fraction.decimal(Number(value.toPrecision(SURE_DIGITS)));
}
