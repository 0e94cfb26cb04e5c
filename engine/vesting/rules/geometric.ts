import { Fraction } from "../../kernel/decimal.js";
import { min, sqrt } from "../../kernel/math.js";
import type { MultiplierRule } from "./multiplier-rule.js";

const NOTHING = Fraction.whole(0);
const ONE = Fraction.whole(1);

function atMostOne(factor: Fraction): Fraction {
  return factor.compare(ONE) > 0 ? ONE : factor;
}

/**
 * The geometric mean of how much and how long is held (mechanisms 5; from the Bettensor vesting system):
 * multiplier = 1 + sqrt(percentage_factor * duration_factor) * (max_multiplier - 1).
 */
export const geometric: MultiplierRule = {
  name: "geometric",
  bind({ retentionTarget, retentionWindowDays, maxMultiplier }) {
    const bonus = maxMultiplier - 1;
    return (heldShare, heldDays) => 1 + sqrt(min(1, heldShare / retentionTarget) * min(1, heldDays / retentionWindowDays)) * bonus;
  },
  reaches({ retentionTarget, retentionWindowDays, maxMultiplier }, limit, held) {
    const over = limit.minus(ONE);
    if (over.compare(NOTHING) <= 0) return true;
    // Both sides are 0 or more, so they are in the order of their squares, and those are fractions.
    const bonus = Fraction.decimal(maxMultiplier).minus(ONE);
    const percentageFactor = atMostOne(held.share().over(Fraction.decimal(retentionTarget)));
    if (percentageFactor.compare(NOTHING) === 0) return false;
    const durationFactor = atMostOne(held.days().over(Fraction.decimal(retentionWindowDays)));
    return percentageFactor.times(durationFactor).times(bonus).times(bonus).compare(over.times(over)) >= 0;
  },
  explain({ retentionTarget, retentionWindowDays, maxMultiplier }, heldShare, heldDays) {
    const percentageFactor = min(1, heldShare / retentionTarget);
    const durationFactor = min(1, heldDays / retentionWindowDays);
    const combinedFactor = sqrt(percentageFactor * durationFactor);
    return [
      { name: "held_share", formula: "", value: heldShare },
      { name: "retention_target", formula: "", value: retentionTarget },
      { name: "percentage_factor", formula: "min(1, held_share / retention_target)", value: percentageFactor },
      { name: "held_days", formula: "", value: heldDays },
      { name: "retention_window_days", formula: "", value: retentionWindowDays },
      { name: "duration_factor", formula: "min(1, held_days / retention_window_days)", value: durationFactor },
      { name: "combined_factor", formula: "sqrt(percentage_factor * duration_factor)", value: combinedFactor },
      { name: "max_multiplier", formula: "", value: maxMultiplier },
      { name: "multiplier", formula: "1 + combined_factor * (max_multiplier - 1)", value: 1 + combinedFactor * (maxMultiplier - 1) },
    ];
  },
};
