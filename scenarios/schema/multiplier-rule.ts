import type { z } from "zod";
import { MULTIPLIER_RULES, RULE_RANGES } from "../../engine/index.js";
import { real } from "./numbers.js";
import { choice, listOf, section } from "./section.js";

const AMOUNT_TIERS = [
  { at_least: 0.3, value: 1.1 },
  { at_least: 0.5, value: 1.2 },
  { at_least: 0.7, value: 1.3 },
];
const TIME_TIERS = [
  { at_least: 14, value: 1.1 },
  { at_least: 30, value: 1.2 },
  { at_least: 60, value: 1.3 },
];

const ASCENDING = "tiers in ascending order of at_least, none twice";

function tiers(bound: ReturnType<typeof real>, boundMeaning: string) {
  const tier = section({
    at_least: bound.describe(boundMeaning),
    value: real(RULE_RANGES.tierValue).describe("What the tier counts; below the first tier it is 1."),
  });
  return listOf(tier, "tiers").superRefine((list, context) => {
    list.forEach(({ at_least }, index) => {
      if (index === 0 || at_least > list[index - 1].at_least) return;
      context.addIssue({ code: "custom", path: [index, "at_least"], message: ASCENDING });
    });
  });
}

/** The parameters of a multiplier rule, for `vesting` and for `emission.recorded_rule`. */
export const ruleShape = {
  rule: choice(MULTIPLIER_RULES).default("geometric").describe("How held share and held days become a multiplier."),
  retention_target: real(RULE_RANGES.retentionTarget)
    .default(0.9)
    .describe("Held share from which on the whole bonus for the amount is given."),
  retention_window_days: real(RULE_RANGES.retentionWindowDays)
    .default(30)
    .describe("Mean age, in days, from which on the whole bonus for time is given; also the window of `retention_scope: window`."),
  max_multiplier: real(RULE_RANGES.maxMultiplier).default(1.5).describe("The largest multiplier; 1 gives no bonus."),
  tiers: section({
    amount: tiers(real(RULE_RANGES.amountTier), "Held share, inclusive.").default(AMOUNT_TIERS).describe("Tiers of the held share."),
    time: tiers(real(RULE_RANGES.timeTier), "Held days, inclusive.").default(TIME_TIERS).describe("Tiers of the held days."),
  })
    .prefault({})
    .describe("The steps of `rule: tiered`."),
};

const ruleSchema = section(ruleShape);
export type RuleInput = z.output<typeof ruleSchema>;
