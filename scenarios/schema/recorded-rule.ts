import type { z } from "zod";
import { amount } from "./amount.js";
import { instant } from "./instant.js";
import { ruleShape } from "./multiplier-rule.js";
import { choice, section } from "./section.js";
import { MEASURES, type VestingInput } from "./vesting.js";

/**
 * The rule a recording was made under (docs/explanation/redistribution.md). Its parameters have defaults of their own; its minimum and how
 * holdings were measured are those of `vesting` where they are left out, since most often only parameters are varied.
 */
export const recordedRuleSchema = section({
  ...ruleShape,
  start: instant().nullable().default(null).describe("As `vesting.start`, of the recorded rule; left out: the same. 1970-01-01: none."),
  minimum_stake: amount()
    .nullable()
    .default(null)
    .describe("Stake below which the recorded rule gave no bonus; left out: `vesting.minimum_stake`. State it where that is varied."),
  minimum_stake_unit: choice(MEASURES.minimum_stake_unit)
    .nullable()
    .default(null)
    .describe("What its `minimum_stake` counts; left out: as in `vesting`."),
  retention_basis: choice(MEASURES.retention_basis)
    .nullable()
    .default(null)
    .describe("Which tranches it looked at; left out: as in `vesting`."),
  retention_scope: choice(MEASURES.retention_scope)
    .nullable()
    .default(null)
    .describe("All of them, or those of its own `retention_window_days`; left out: as in `vesting`."),
  rounding: choice(MEASURES.rounding).nullable().default(null).describe("How it counted ages; left out: as in `vesting`."),
  key_scope: choice(MEASURES.key_scope).nullable().default(null).describe("Whose holdings it looked at; left out: as in `vesting`."),
});

export type RecordedRuleInput = z.output<typeof recordedRuleSchema>;
type Measured = Pick<VestingInput, keyof RecordedRuleInput>;

/** The recorded rule with what it leaves to `vesting`. */
export function wholeRecordedRule(rule: RecordedRuleInput, vesting: Measured): Measured {
  return {
    ...rule,
    start: rule.start ?? vesting.start,
    minimum_stake: rule.minimum_stake ?? vesting.minimum_stake,
    minimum_stake_unit: rule.minimum_stake_unit ?? vesting.minimum_stake_unit,
    retention_basis: rule.retention_basis ?? vesting.retention_basis,
    retention_scope: rule.retention_scope ?? vesting.retention_scope,
    rounding: rule.rounding ?? vesting.rounding,
    key_scope: rule.key_scope ?? vesting.key_scope,
  };
}
