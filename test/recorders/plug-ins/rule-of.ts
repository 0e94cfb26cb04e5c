import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PlugInKind } from "../../../engine/index.js";
import { bundleRule } from "../../../recorders/plug-ins/bundle-rule.js";
import { evaluateRule } from "../../../recorders/plug-ins/evaluate-rule.js";
import { readRule } from "../../../recorders/plug-ins/read-rule.js";
import type { PlugInRule } from "../../../scenarios/index.js";

/** The rule that a text declares, read as from a file that a scenario names. */
export async function ruleOf<Rule extends PlugInRule>(folder: string, text: string, kind: PlugInKind, name = "rule.ts"): Promise<Rule> {
  const file = join(folder, name);
  await writeFile(file, text);
  return readRule(evaluateRule(await bundleRule(file, `./${name}`), `./${name}`), kind, `./${name}`) as Rule;
}

/** A multiplier rule without parameters and with a ceiling of 1, whose formula answers an expression. */
export const answering = (expression: string) =>
  `export default ({ multiplierRule, ...helpers }) => multiplierRule({
    name: "mine", meaning: "m", parameters: {}, ceiling: () => 1, bind: () => (heldShare, heldDays) => ${expression} });`;
