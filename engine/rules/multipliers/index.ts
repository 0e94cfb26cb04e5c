import { defaultsOf, type ParameterDeclarations, type ValuesOf } from "../parameter.js";
import type { NamedTerm } from "../trace.js";
import { Trace } from "../trace.js";
import { geometric } from "./geometric.js";
import { linearRetention } from "./linear-retention.js";
import type { BoundMultiplierRule, HeldExactly, MultiplierRule } from "./multiplier-rule.js";
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

type Intersection<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void ? All : never;
type AllParameters = Intersection<Registry[MultiplierRuleName]["parameters"]>;
/** Values for the parameters of all rules. */
export type MultiplierParameters = { readonly [K in keyof AllParameters]: ValuesOf<Pick<AllParameters, K> & ParameterDeclarations>[K] };

/** Every parameter that any of the rules has, by name; rules that share one share its declaration. */
export const MULTIPLIER_PARAMETERS: ParameterDeclarations = Object.assign(
  {},
  ...Object.values(MULTIPLIER_RULE_REGISTRY).map(({ parameters }) => parameters),
);

/** The defaults of the parameters of all rules. */
export const DEFAULT_MULTIPLIER_PARAMETERS = defaultsOf(MULTIPLIER_PARAMETERS) as MultiplierParameters;

/** A rule with its parameters bound. */
export function bindMultiplierRule(name: MultiplierRuleName, parameters: MultiplierParameters): BoundMultiplierRule {
  return ruleOf(name).bind(parameters);
}

/** The largest multiplier that a rule can give. */
export function multiplierCeiling(name: MultiplierRuleName, parameters: MultiplierParameters): number {
  return ruleOf(name).ceiling(parameters);
}

/** Is the multiplier at least a limit? Null: the rule leaves that to its double. */
export function multiplierReaches(
  name: MultiplierRuleName,
  parameters: MultiplierParameters,
  limit: Parameters<NonNullable<MultiplierRule["reaches"]>>[1],
  held: HeldExactly,
): boolean | null {
  return ruleOf(name).reaches?.(parameters, limit, held) ?? null;
}

/** Every term of a rule's formula, inputs first, the multiplier last: the formula itself, run once more. */
export function explainMultiplier(
  name: MultiplierRuleName,
  parameters: MultiplierParameters,
  heldShare: number,
  heldDays: number,
  exactly: HeldExactly | null = null,
): readonly NamedTerm[] {
  const trace = new Trace();
  bindMultiplierRule(name, parameters)(heldShare, heldDays, exactly, trace);
  return trace.terms;
}

function ruleOf(name: MultiplierRuleName): MultiplierRule {
  // Values of the parameters of all rules are values of those of each.
  return MULTIPLIER_RULE_REGISTRY[name] as unknown as MultiplierRule;
}
