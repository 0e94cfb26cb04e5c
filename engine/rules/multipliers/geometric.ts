import { Fraction } from "../../kernel/decimal.js";
import { min, sqrt } from "../../kernel/math.js";
import { MAX_MULTIPLIER, RETENTION_TARGET, RETENTION_WINDOW_DAYS } from "./holding-parameters.js";
import { declareMultiplierRule } from "./multiplier-rule.js";

const NOTHING = Fraction.whole(0);
const ONE = Fraction.whole(1);

function atMostOne(factor: Fraction): Fraction {
  return factor.compare(ONE) > 0 ? ONE : factor;
}

/**
 * The geometric mean of how much and how long is held (docs/explanation/multipliers.md; from the Bettensor vesting system):
 * multiplier = 1 + sqrt(percentage_factor * duration_factor) * (max_multiplier - 1).
 */
export const geometric = declareMultiplierRule({
  name: "geometric",
  meaning: "1 + sqrt(amount factor * time factor) * (max_multiplier - 1)",
  parameters: { retentionTarget: RETENTION_TARGET, retentionWindowDays: RETENTION_WINDOW_DAYS, maxMultiplier: MAX_MULTIPLIER },
  ceiling: ({ maxMultiplier }) => maxMultiplier,
  bind({ retentionTarget, retentionWindowDays, maxMultiplier }) {
    const bonus = maxMultiplier - 1;
    return (heldShare, heldDays, _exactly, trace) => {
      const percentageFactor = min(1, heldShare / retentionTarget);
      const durationFactor = min(1, heldDays / retentionWindowDays);
      const combinedFactor = sqrt(percentageFactor * durationFactor);
      const multiplier = 1 + combinedFactor * bonus;
      if (trace == null) return multiplier;
      trace.input("held_share", heldShare);
      trace.input("retention_target", retentionTarget);
      trace.term("percentage_factor", percentageFactor, "min(1, held_share / retention_target)");
      trace.input("held_days", heldDays);
      trace.input("retention_window_days", retentionWindowDays);
      trace.term("duration_factor", durationFactor, "min(1, held_days / retention_window_days)");
      trace.term("combined_factor", combinedFactor, "sqrt(percentage_factor * duration_factor)");
      trace.input("max_multiplier", maxMultiplier);
      trace.term("multiplier", multiplier, "1 + combined_factor * (max_multiplier - 1)");
      return multiplier;
    };
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
});
