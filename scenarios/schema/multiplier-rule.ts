import { MULTIPLIER_PARAMETERS, MULTIPLIER_RULE_REGISTRY, MULTIPLIER_RULES, type MultiplierRuleName } from "../../engine/index.js";
import { parameterShape } from "./parameters.js";
import { choice } from "./section.js";

const meanings = Object.values(MULTIPLIER_RULE_REGISTRY).map(({ name, meaning }) => `\`${name}\`: ${meaning}`);
const rule = choice(MULTIPLIER_RULES)
  .default("geometric")
  .describe(`How held share and held days become a multiplier. ${meanings.join("; ")}.`);

/** A multiplier rule and the parameters of all rules, for `vesting` and for `emission.recorded_rule`. */
export const ruleShape = { rule, ...parameterShape(MULTIPLIER_PARAMETERS) } as { readonly rule: typeof rule };

/** What is stated of a rule; its parameters are read by their declarations (`parameterValues`). */
export interface RuleInput {
  readonly rule: MultiplierRuleName;
}
