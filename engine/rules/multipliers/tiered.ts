import { Fraction } from "../../kernel/decimal.js";
import { abs, min } from "../../kernel/math.js";
import { LARGEST_MULTIPLIER, LONGEST_DAYS } from "../../kernel/ranges.js";
import { type Tier, tiers } from "../parameter.js";
import { MAX_MULTIPLIER } from "./holding-parameters.js";
import { declareMultiplierRule, type HeldExactly } from "./multiplier-rule.js";

const NOTHING = Fraction.whole(0);
const ONE = Fraction.whole(1);

/** More than a held share or held days can be off in doubles, relative to them. */
const MEASURED_ERROR = 4e-15;

/** The value of the highest tier reached, its bound included; 1 below the first. Tiers are in ascending order. */
function tierValue(tiers: readonly Tier[], measured: number, of: keyof HeldExactly, exactly: HeldExactly | null | undefined): number {
  for (let i = tiers.length - 1; i >= 0; i--) if (reaches(measured, tiers[i].atLeast, of, exactly)) return tiers[i].value;
  return 1;
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
function largestBonus(amountTiers: readonly Tier[], timeTiers: readonly Tier[]): number {
  let amount = 1;
  let time = 1;
  for (const tier of amountTiers) if (tier.value > amount) amount = tier.value;
  for (const tier of timeTiers) if (tier.value > time) time = tier.value;
  return (amount + time) / 2 - 1;
}

const SECTION = { key: "tiers", meaning: "The steps of `rule: tiered`." };
const VALUE = { range: { atLeast: 1, atMost: LARGEST_MULTIPLIER }, meaning: "What the tier counts; below the first tier it is 1." };

const AMOUNT_TIERS = tiers({
  section: SECTION,
  key: "amount",
  bound: { range: { above: 0, atMost: 1 }, meaning: "Held share, inclusive." },
  value: VALUE,
  default: [
    { atLeast: 0.3, value: 1.1 },
    { atLeast: 0.5, value: 1.2 },
    { atLeast: 0.7, value: 1.3 },
  ],
  meaning: "Tiers of the held share.",
  code: "TEN-RULE-022",
});
const TIME_TIERS = tiers({
  section: SECTION,
  key: "time",
  bound: { range: { above: 0, atMost: LONGEST_DAYS }, meaning: "Held days, inclusive." },
  value: VALUE,
  default: [
    { atLeast: 14, value: 1.1 },
    { atLeast: 30, value: 1.2 },
    { atLeast: 60, value: 1.3 },
  ],
  meaning: "Tiers of the held days.",
  code: "TEN-RULE-022",
});

/**
 * Two step functions, of the share and of the days held, averaged and stretched so that the top of both gives
 * max_multiplier (docs/explanation/multipliers.md; from the earlier Bettensor tiers):
 * min(max_multiplier, 1 + (c - 1) * (max_multiplier - 1) / (largest attainable c - 1)), c = mean of the two.
 */
export const tiered = declareMultiplierRule({
  name: "tiered",
  meaning: "steps of the held share and of the held days, averaged, stretched to max_multiplier",
  parameters: { maxMultiplier: MAX_MULTIPLIER, amountTiers: AMOUNT_TIERS, timeTiers: TIME_TIERS },
  ceiling: ({ maxMultiplier }) => maxMultiplier,
  bind({ amountTiers, timeTiers, maxMultiplier }) {
    const largest = largestBonus(amountTiers, timeTiers);
    return (heldShare, heldDays, exactly, trace) => {
      const amount = tierValue(amountTiers, heldShare, "share", exactly);
      const time = tierValue(timeTiers, heldDays, "days", exactly);
      const combined = (amount + time) / 2;
      const multiplier = largest === 0 ? 1 : min(maxMultiplier, 1 + ((combined - 1) * (maxMultiplier - 1)) / largest);
      if (trace == null) return multiplier;
      trace.input("held_share", heldShare);
      trace.term("amount_tier", amount, "value of the highest amount tier with at_least <= held_share, else 1");
      trace.input("held_days", heldDays);
      trace.term("time_tier", time, "value of the highest time tier with at_least <= held_days, else 1");
      trace.term("combined", combined, "(amount_tier + time_tier) / 2");
      trace.term("largest_bonus", largest, "largest attainable combined - 1");
      trace.input("max_multiplier", maxMultiplier);
      trace.term("multiplier", multiplier, "min(max_multiplier, 1 + (combined - 1) * (max_multiplier - 1) / largest_bonus)");
      return multiplier;
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
});
