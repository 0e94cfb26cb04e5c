import type { MultiplierRuleName } from "../../configuration/rule-configuration.js";
import { geometric } from "./geometric.js";
import { linearRetention } from "./linear-retention.js";
import type { MultiplierRule } from "./multiplier-rule.js";
import { tiered } from "./tiered.js";

export type { BoundMultiplierRule, HeldExactly, MultiplierRule, NamedTerm } from "./multiplier-rule.js";

/** The rules a scenario can name. */
export const MULTIPLIER_RULE_REGISTRY: Readonly<Record<MultiplierRuleName, MultiplierRule>> = {
  geometric,
  tiered,
  linear_retention: linearRetention,
};
