import type { MultiplierRuleConfiguration } from "../configuration/rule-configuration.js";
import type { VestingConfiguration } from "../configuration/vesting-configuration.js";
import { Fraction } from "../kernel/decimal.js";
import { multiplierReaches } from "../rules/multipliers/index.js";
import type { HeldMultipliers } from "./held-multipliers.js";
import type { Measurements } from "./measurements.js";

/** Decides who is below the minimum, and so whether the rule is asked about it. Arrays are handed in for the sake of the hot loop. */
export function isAsked(eligible: Uint8Array, asked: Uint8Array, index: number, reaches: boolean, received: boolean): boolean {
  const asks = reaches && received;
  eligible[index] = reaches ? 1 : 0;
  asked[index] = asks ? 1 : 0;
  return asks;
}

/** What becomes of who is below the minimum stake. */
export function decideFactors(measured: Measurements, belowMinimum: VestingConfiguration["belowMinimum"]): void {
  const { multiplier, eligible, count } = measured;
  if (belowMinimum === "no_bonus") {
    measured.factor = multiplier;
    return;
  }
  if (measured.factor === multiplier || measured.factor.length < count) measured.factor = new Float64Array(multiplier.length);
  for (let i = 0; i < count; i++) measured.factor[i] = eligible[i] === 0 ? 0 : multiplier[i];
}

/** `HeldMultipliers.reaches`; `rule` is null where every multiplier is 1. */
export function reachesLimit(of: HeldMultipliers, rule: MultiplierRuleConfiguration | null, index: number, limit: Fraction): boolean {
  const held = of.heldExactly(index);
  const decided = held === null || rule === null ? null : multiplierReaches(rule.rule, rule, limit, held);
  return decided ?? Fraction.decimal(of.measured.multiplier[index]).compare(limit) >= 0;
}
