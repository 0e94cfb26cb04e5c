import type { VestingConfiguration } from "../engine/index.js";
import type { HoldingRow } from "./reading/holdings.js";
import type { WeightRow } from "./reading/weights.js";

/** Whether a stake reaches the minimum; null where it is in TAO, since the price of the epoch is not in the results. */
export function meetsMinimum(vesting: VestingConfiguration, { stake_rao }: HoldingRow): boolean | null {
  return vesting.minimumStakeUnit === "alpha" ? stake_rao >= vesting.minimumStakeRao : null;
}

/**
 * The multiplier that is applied, or would be: what the rule answers, 1 or 0 (`below_minimum`) below the minimum stake.
 * Null where nothing was measured.
 */
export function measuredMultiplier(vesting: VestingConfiguration, holding: HoldingRow | null, weight: WeightRow | null): number | null {
  if (holding === null) return null;
  if (vesting.mode === "off") return holding.multiplier;
  if (weight !== null) return weight.shadow_multiplier;
  return vesting.belowMinimum === "zero" && meetsMinimum(vesting, holding) === false ? 0 : holding.multiplier;
}
