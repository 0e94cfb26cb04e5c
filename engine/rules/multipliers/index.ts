import { defaultsOf, type ParameterDeclarations, type ValuesOfAll } from "../parameter.js";
import { fitTerms, numbersOf, type PlugIn, ruleOf } from "../plug-in.js";
import type { NamedTerm } from "../trace.js";
import { Trace } from "../trace.js";
import { geometric } from "./geometric.js";
import { linearRetention } from "./linear-retention.js";
import type { BoundMultiplierRule, HeldExactly, MultiplierRule } from "./multiplier-rule.js";
import { bindPlugInMultiplier, plugInCeiling, plugInReaches } from "./plug-in-multiplier.js";
import { tiered } from "./tiered.js";

export type { BoundMultiplierRule, HeldExactly, MultiplierRule } from "./multiplier-rule.js";

/** The rules a scenario can name: a line each. */
export const MULTIPLIER_RULE_REGISTRY = {
  geometric,
  tiered,
  linear_retention: linearRetention,
};

type Registry = typeof MULTIPLIER_RULE_REGISTRY;
export type MultiplierRuleName = keyof Registry;
export const MULTIPLIER_RULES = Object.keys(MULTIPLIER_RULE_REGISTRY) as [MultiplierRuleName, ...MultiplierRuleName[]];

/** Values for the parameters of all rules. */
export type MultiplierParameters = ValuesOfAll<Registry[MultiplierRuleName]["parameters"]>;

/** Every parameter that any of the rules has, by name; rules that share one share its declaration. */
export const MULTIPLIER_PARAMETERS: ParameterDeclarations = Object.assign(
  {},
  ...Object.values(MULTIPLIER_RULE_REGISTRY).map(({ parameters }) => parameters),
);

/** The defaults of the parameters of all rules. */
export const DEFAULT_MULTIPLIER_PARAMETERS = defaultsOf(MULTIPLIER_PARAMETERS) as MultiplierParameters;

/** A rule by its name, or one of a user's own file, which brings its own values. */
export type MultiplierRuleChoice = MultiplierRuleName | PlugIn<MultiplierRule>;

/** What a rule declares: the one look-up, over those that are built in and the plug-ins of a run. */
export function multiplierRuleOf(choice: MultiplierRuleChoice): MultiplierRule {
  // Values of the parameters of all rules are values of those of each.
  return typeof choice === "string" ? (MULTIPLIER_RULE_REGISTRY[choice] as unknown as MultiplierRule) : ruleOf(choice);
}

/** A rule with its parameters bound. */
export function bindMultiplierRule(choice: MultiplierRuleChoice, parameters: MultiplierParameters): BoundMultiplierRule {
  return typeof choice === "string" ? multiplierRuleOf(choice).bind(parameters) : bindPlugInMultiplier(choice);
}

/** The largest multiplier that a rule can give. */
export function multiplierCeiling(choice: MultiplierRuleChoice, parameters: MultiplierParameters): number {
  return typeof choice === "string" ? multiplierRuleOf(choice).ceiling(parameters) : plugInCeiling(choice);
}

/** Is the multiplier at least a limit? Null: the rule leaves that to its double. */
export function multiplierReaches(
  choice: MultiplierRuleChoice,
  parameters: MultiplierParameters,
  limit: Parameters<NonNullable<MultiplierRule["reaches"]>>[1],
  held: HeldExactly,
): boolean | null {
  if (typeof choice !== "string") return plugInReaches(choice, limit, held);
  return multiplierRuleOf(choice).reaches?.(parameters, limit, held) ?? null;
}

/** Every term of a rule's formula, inputs first, the multiplier last: the formula itself, run once more. */
export function explainMultiplier(
  choice: MultiplierRuleChoice,
  parameters: MultiplierParameters,
  heldShare: number,
  heldDays: number,
  exactly: HeldExactly | null = null,
): readonly NamedTerm[] {
  const trace = new Trace();
  const value = bindMultiplierRule(choice, parameters)(heldShare, heldDays, exactly, trace);
  if (typeof choice === "string") return trace.terms;
  const inputs = { held_share: heldShare, held_days: heldDays, ...numbersOf(choice) };
  return fitTerms(trace, inputs, { name: "multiplier", value, formula: ruleOf(choice).meaning });
}
