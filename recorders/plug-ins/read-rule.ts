import { type MultiplierRule, PLUG_IN_KINDS, type PlugInKind, type Stage } from "../../engine/index.js";
import type { PlugInRule } from "../../scenarios/index.js";
import { Declaration } from "./declaration.js";
import { readParameters } from "./read-parameters.js";

/**
 * The rule that a file declares, checked and taken over; only its formulas stay those of the file.
 * @param kind that the scenario asks for
 * @throws TenureError `TEN-PLUGIN-009`
 */
export function readRule(declared: unknown, kind: PlugInKind, named: string): PlugInRule {
  const rule = new Declaration(declared, named);
  rule.keys();
  const isKind = rule.child("kind").word(PLUG_IN_KINDS);
  if (isKind !== kind) throw rule.child("kind").refused(isKind, `${kind}, where the scenario names it`);
  const name = rule.child("name").text();
  if (!/^[a-z][a-z0-9_]{0,63}$/.test(name)) throw rule.child("name").refused(name, "a name such as my_rule");
  const parameters = rule.child("parameters");
  const common = {
    name,
    meaning: rule.child("meaning").text(),
    parameters: parameters.value === undefined ? {} : readParameters(parameters),
  };
  return kind === "multiplier_rule" ? multiplierRule(rule, common) : weightStage(rule, common);
}

type Common = Pick<PlugInRule, "name" | "meaning" | "parameters">;

function multiplierRule(rule: Declaration, common: Common): MultiplierRule {
  const reaches = rule.child("reaches").value === undefined ? {} : { reaches: rule.method("reaches") };
  return { ...common, ceiling: rule.method("ceiling"), bind: rule.method("bind"), ...reaches } as MultiplierRule;
}

function weightStage(rule: Declaration, common: Common): Stage {
  const effect = rule.child("effect").word(["factor", "share", "keep"]);
  return { ...common, effect, bind: rule.method("bind") } as Stage;
}
