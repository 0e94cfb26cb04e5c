import type { MultiplierRuleConfiguration, Tier } from "../../configuration/rule-configuration.js";
import { Fraction } from "../../kernel/decimal.js";
import { abs, min } from "../../kernel/math.js";
import type { HeldExactly, MultiplierRule } from "./multiplier-rule.js";

const NOTHING = Fraction.whole(0);
const ONE = Fraction.whole(1);

/** More than a held share or held days can be off in doubles, relative to them. */
const MEASURED_ERROR = 4e-15;

/** The value of the highest tier reached, its bound included; 1 below the first. Tiers are in ascending order. */
function tierValue(tiers: readonly Tier[], measured: number, of: keyof HeldExactly, exactly: HeldExactly | null | undefined): number {
  let value = 1;
  for (const tier of tiers) if (reaches(measured, tier.atLeast, of, exactly)) value = tier.value;
  return value;
}

/** Thirty days of holding are thirty days, although their double may come out as 29.999999999999996. */
function reaches(measured: number, limit: number, of: keyof HeldExactly, exactly: HeldExactly | null | undefined): boolean {
  if (exactly == null || abs(measured - limit) > MEASURED_ERROR * limit) return measured >= limit;
  return exactly[of]().compare(Fraction.decimal(limit)) >= 0;
}

/** What the highest tier reached is worth above 1. */
function bonusReached(tiers: readonly Tier[], measured: Fraction): Fraction {
  let bonus = NOTHING;
  for (const { atLeast, value } of tiers) if (measured.compare(Fraction.decimal(atLeast)) >= 0) bonus = Fraction.decimal(value).minus(ONE);
  return bonus;
}

function largestTier(tiers: readonly Tier[]): Fraction {
  let largest = NOTHING;
  for (const { value } of tiers) {
    const bonus = Fraction.decimal(value).minus(ONE);
    if (bonus.compare(largest) > 0) largest = bonus;
  }
  return largest;
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
    return (heldShare, heldDays, exactly) => {
      const combined = (tierValue(amountTiers, heldShare, "share", exactly) + tierValue(timeTiers, heldDays, "days", exactly)) / 2;
      return min(maxMultiplier, 1 + ((combined - 1) * (maxMultiplier - 1)) / largest);
    };
  },
  reaches({ amountTiers, timeTiers, maxMultiplier }, limit, held) {
    const over = limit.minus(ONE);
    if (over.compare(NOTHING) <= 0) return true;
    const amount = bonusReached(amountTiers, held.share());
    // Where nothing remains there are no days to ask for.
    const time = bonusReached(timeTiers, held.share().compare(NOTHING) === 0 ? NOTHING : held.days());
    const largest = largestTier(amountTiers).plus(largestTier(timeTiers));
    if (largest.compare(NOTHING) === 0) return false;
    // The halves of both means cancel.
    return amount.plus(time).times(Fraction.decimal(maxMultiplier).minus(ONE)).compare(over.times(largest)) >= 0;
  },
  explain(parameters, heldShare, heldDays, exactly) {
    const { amountTiers, timeTiers, maxMultiplier } = parameters;
    const amount = tierValue(amountTiers, heldShare, "share", exactly);
    const time = tierValue(timeTiers, heldDays, "days", exactly);
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
        value: tiered.bind(parameters)(heldShare, heldDays, exactly),
      },
    ];
  },
};
