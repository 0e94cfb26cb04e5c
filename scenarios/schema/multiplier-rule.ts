import { MULTIPLIER_PARAMETERS, MULTIPLIER_RULE_REGISTRY, MULTIPLIER_RULES } from "../../engine/index.js";
import { parameterShape } from "./parameters.js";
import { choiceOrRuleFile, ruleWith } from "./rule-file.js";

const meanings = Object.values(MULTIPLIER_RULE_REGISTRY).map(({ name, meaning }) => `\`${name}\`: ${meaning}`);
const rule = choiceOrRuleFile(MULTIPLIER_RULES)
  .default("geometric")
  .describe(
    `How held share and held days become a multiplier. ${meanings.join("; ")}. Or a file with a rule of one's own, such as \`./my-rule.ts\`.`,
  );

/** A multiplier rule and the parameters of all rules, for `vesting` and for `emission.recorded_rule`. */
export const ruleShape = { rule, with: ruleWith, ...parameterShape(MULTIPLIER_PARAMETERS) } as {
  readonly rule: typeof rule;
  readonly with: typeof ruleWith;
};

/** What is stated of a rule; its parameters are read by their declarations (`parameterValues`). */
export interface RuleInput {
  /** A `MultiplierRuleName`, or the path of a file. */
  readonly rule: string;
  readonly with?: Readonly<Record<string, unknown>> | null | undefined;
}
