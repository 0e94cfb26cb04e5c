import type { MinerStrategyDeclaration, MultiplierRule, ParameterDeclarations, PlugIn, ScoreRule, Stage } from "../../engine/index.js";
import { parameterShape, parameterValues } from "./parameters.js";
import { section } from "./section.js";

export type PlugInRule = MultiplierRule | Stage | ScoreRule | MinerStrategyDeclaration;

/** Rules whose files were read, by the dotted path of the section that names the file: `vesting`, `stages.0.plug_in`, `index.rewards.score`. */
export type PlugInRules = ReadonlyMap<string, PlugInRule>;

/** The schema of what is stated under `with`, as the file declares it. */
export function withSchema(parameters: ParameterDeclarations) {
  return section(parameterShape(parameters));
}

/** The rule of a section in the engine's terms, its values those of `with`, which was checked; a rule cannot write into them. */
export function plugInAt(
  rules: PlugInRules,
  path: readonly (string | number)[],
  { rule: file, with: stated }: { readonly rule: string; readonly with?: Readonly<Record<string, unknown>> | null | undefined },
): PlugIn<PlugInRule> {
  const rule = rules.get(path.join(".")) ?? null;
  if (rule === null) return { file, rule, values: {} };
  const { parameters }: { readonly parameters: ParameterDeclarations } = rule;
  return { file, rule, values: Object.freeze(parameterValues(parameters, withSchema(parameters).parse(stated ?? {}))) };
}
