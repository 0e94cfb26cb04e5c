import { type PlugIn, ruleOf } from "../plug-in.js";
import { asked, boundNothing, ceilingOf, gaveImpossible, threw, unsigned } from "../rule-fault.js";
import type { BoundMultiplierRule, MultiplierRule } from "./multiplier-rule.js";

type Own = PlugIn<MultiplierRule>;
type Reaches = Parameters<NonNullable<MultiplierRule["reaches"]>>;

/**
 * The largest multiplier of a plug-in.
 * @throws RuleFault where it is none
 */
export function plugInCeiling(own: Own): number {
  const rule = ruleOf(own);
  const given = asked(own, "its ceiling", () => rule.ceiling(own.values as never));
  return ceilingOf(own, given, "multiplier");
}

/**
 * The formula of a plug-in: what no rule may answer it does not answer.
 * @throws RuleFault, also from the formula
 */
export function bindPlugInMultiplier(own: Own): BoundMultiplierRule {
  const rule = ruleOf(own);
  const ceiling = plugInCeiling(own);
  const formula: unknown = asked(own, "its formula", () => rule.bind(own.values as never));
  if (typeof formula !== "function") throw boundNothing(own, formula, "a function of (heldShare, heldDays, exactly, trace)");
  return (heldShare, heldDays, exactly, trace) => {
    let multiplier: unknown;
    try {
      multiplier = formula(heldShare, heldDays, exactly ?? null, trace ?? null);
    } catch (error) {
      throw threw(own, "a multiplier", error);
    }
    if (typeof multiplier === "number" && multiplier >= 0 && multiplier <= ceiling) return unsigned(multiplier);
    throw gaveImpossible(own, "a multiplier", multiplier, ceiling, "Keep it between 0 and the rule's own ceiling, with min and max.");
  };
}

/** Is the multiplier at least a limit? Null: the plug-in leaves that to its double. */
export function plugInReaches(own: Own, limit: Reaches[1], held: Reaches[2]): boolean | null {
  const rule = ruleOf(own);
  if (rule.reaches === undefined) return null;
  const reaches: unknown = asked(own, "whether it reaches a limit", () => rule.reaches?.(own.values as never, limit, held));
  if (typeof reaches === "boolean") return reaches;
  throw boundNothing(own, reaches, "true or false from reaches");
}
