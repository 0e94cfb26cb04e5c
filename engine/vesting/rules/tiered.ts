import type { MultiplierRuleConfiguration, Tier } from "../../configuration.js";
import { min } from "../../kernel/math.js";
import type { MultiplierRule } from "./multiplier-rule.js";

/** The value of the highest tier reached; 1 below the first. Tiers are in ascending order. */
function tierValue(tiers: readonly Tier[], reached: number): number {
  let value = 1;
  for (const tier of tiers) if (reached >= tier.atLeast) value = tier.value;
  return value;
}

/** The largest c - 1 that the tiers can give. */
function largestBonus({ amountTiers, timeTiers }: MultiplierRuleConfiguration): number {
  let amount = 1;
  let time = 1;
  for (const tier of amountTiers) if (tier.value > amount) amount = tier.value;
  for (const tier of timeTiers) if (tier.value > time) time = tier.value;
  return (amount + time) / 2 - 1;
}

/**
 * Two step functions, of the share and of the days held, averaged and stretched so that the top of both gives
 * max_multiplier (mechanisms 5; from the earlier Bettensor tiers):
 * min(max_multiplier, 1 + (c - 1) * (max_multiplier - 1) / (largest attainable c - 1)), c = mean of the two.
 */
export const tiered: MultiplierRule = {
  name: "tiered",
  bind(parameters) {
    const largest = largestBonus(parameters);
    const { amountTiers, timeTiers, maxMultiplier } = parameters;
    if (largest === 0) return () => 1;
    return (heldShare, heldDays) => {
      const combined = (tierValue(amountTiers, heldShare) + tierValue(timeTiers, heldDays)) / 2;
      return min(maxMultiplier, 1 + ((combined - 1) * (maxMultiplier - 1)) / largest);
    };
  },
  explain(parameters, heldShare, heldDays) {
    const { amountTiers, timeTiers, maxMultiplier } = parameters;
    const amount = tierValue(amountTiers, heldShare);
    const time = tierValue(timeTiers, heldDays);
    return [
      { name: "held_share", formula: "", value: heldShare },
      { name: "amount_tier", formula: "value of the highest amount tier with at_least <= held_share, else 1", value: amount },
      { name: "held_days", formula: "", value: heldDays },
      { name: "time_tier", formula: "value of the highest time tier with at_least <= held_days, else 1", value: time },
      { name: "combined", formula: "(amount_tier + time_tier) / 2", value: (amount + time) / 2 },
      { name: "largest_bonus", formula: "largest attainable combined - 1", value: largestBonus(parameters) },
      { name: "max_multiplier", formula: "", value: maxMultiplier },
      {
        name: "multiplier",
        formula: "min(max_multiplier, 1 + (combined - 1) * (max_multiplier - 1) / largest_bonus)",
        value: tiered.bind(parameters)(heldShare, heldDays),
      },
    ];
  },
};
