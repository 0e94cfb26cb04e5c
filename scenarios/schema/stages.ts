import type { z } from "zod";
import {
  type MultiplierRule,
  type ParameterDeclarations,
  type PlugIn,
  RESIDUAL_ROWS,
  type ResidualRow,
  STAGES,
  type Stage,
  type StageConfiguration,
  type StageListConfiguration,
  type StageName,
} from "../../engine/index.js";
import { parameterShape, parameterValues } from "./parameters.js";
import { type PlugInRules, plugInAt } from "./plug-in-rules.js";
import { choiceOrRuleFile, isRuleFile, ruleFile, ruleWith } from "./rule-file.js";
import { choice, listOf, section } from "./section.js";

const NAMES = Object.keys(STAGES) as StageName[];
/** Ends a list; `normalise` is what there is without one. */
const RESIDUALS = ["normalise", ...RESIDUAL_ROWS] as const;

type Values = Readonly<Record<string, unknown>>;
/** A stage of a file of one's own. */
export interface PlugInStageInput {
  readonly rule: string;
  readonly with?: Values | null | undefined;
}
/** One entry of the list: a stage by its name, one of a file, or the residual. */
export type StageInput = Readonly<
  Partial<Record<StageName, Values>> & { plug_in?: PlugInStageInput; residual?: (typeof RESIDUALS)[number] }
>;
/** Entries that are stages of the registry. */
type Named = readonly [StageName, Values];

/** A stage's section: its own parameters, and of a stage with variants which, and the parameters that any of them has. */
function stageSection(name: StageName): z.ZodType {
  const { parameters, variants, meaning } = STAGES[name];
  const shape: Record<string, z.ZodType> = {};
  if (variants !== undefined) {
    const rules = Object.entries(variants.rules);
    const meanings = rules.map(([rule, { meaning: does }]) => `\`${rule}\`: ${does}`).join("; ");
    const names = rules.map(([rule]) => rule) as [string, ...string[]];
    if (variants.takesPlugIn === true) {
      const own = "Or a file with a rule of one's own, such as `./my-rule.ts`.";
      shape[variants.key] = choiceOrRuleFile(names).describe(`${variants.meaning} ${meanings}. ${own}`);
      shape.with = ruleWith;
    } else shape[variants.key] = choice(names).describe(`${variants.meaning} ${meanings}.`);
    for (const [, rule] of rules) {
      for (const [key, schema] of Object.entries(parameterShape(rule.parameters, "left_open"))) shape[key] = schema;
    }
  }
  return section({ ...shape, ...parameterShape(parameters) })
    .superRefine((stated, context) => variantFaults(name, stated as Values, context))
    .describe(`${meaning[0].toUpperCase()}${meaning.slice(1)}.`);
}

/** A variant has all of its parameters, and none of another's. */
function variantFaults(name: StageName, stated: Values, context: z.RefinementCtx): void {
  const { variants } = STAGES[name];
  const variant = variants === undefined ? undefined : stated[variants.key];
  if (variants === undefined || typeof variant !== "string") return;
  const isFile = isRuleFile(variant);
  const own = isFile ? {} : parameterShape(variants.rules[variant].parameters);
  if (!isFile && stated.with != null) {
    const message = `left out: ${variants.key}: ${variant} takes its parameters beside it; \`with\` is for a rule of your own file`;
    context.addIssue({ code: "custom", path: ["with"], message });
  }
  const all = new Set(Object.values(variants.rules).flatMap((rule) => Object.keys(parameterShape(rule.parameters))));
  for (const key of all) {
    if (key in own) {
      if (stated[key] !== undefined || own[key].safeParse(undefined).success) continue;
      context.addIssue({ code: "custom", path: [key], message: `a value: ${variants.key}: ${variant} needs one` });
    } else if (stated[key] !== undefined) {
      const keys = Object.keys(own);
      const allowed = isFile ? "its parameters under `with`" : keys.length === 0 ? "nothing" : keys.join(", ");
      context.addIssue({ code: "custom", path: [key], message: `left out: ${variants.key}: ${variant} takes ${allowed}` });
    }
  }
}

const ONE_EACH = `one of ${[...NAMES, "plug_in", "residual"].join(", ")}, each an entry of its own`;

const entry = section({
  ...Object.fromEntries(NAMES.map((name) => [name, stageSection(name).optional()])),
  plug_in: section({
    rule: ruleFile.describe("The file, such as `./my-stage.ts`; its path starts where the scenario lies."),
    with: ruleWith,
  })
    .optional()
    .describe("A stage of a file of one's own (docs/how-to/write-a-rule.md)."),
  residual: choice(RESIDUALS)
    .optional()
    .describe("Where goes what no miner gets; stands last. `normalise`: nowhere, miners share all that `burn` leaves."),
}).check(({ value, issues }) => {
  // A name that is not known is refused as such.
  if (issues.length > 0 || Object.keys(value).length === 1) return;
  issues.push({ code: "custom", message: ONE_EACH, input: value });
});

export const stagesSchema = listOf(entry, "stages") as unknown as z.ZodType<readonly StageInput[]>;

/** A stage and what it states, defaults filled in. */
function statedOf(name: StageName, stated: Values): Values {
  const { variants } = STAGES[name];
  if (variants === undefined || isRuleFile(stated[variants.key])) return stated;
  const shape = parameterShape(variants.rules[String(stated[variants.key])].parameters);
  const given = Object.fromEntries(Object.keys(shape).flatMap((key) => (stated[key] === undefined ? [] : [[key, stated[key]]])));
  return { ...stated, ...section(shape).parse(given) };
}

/** The list with every default filled in. */
export function resolveStages(stages: readonly StageInput[]): readonly StageInput[] {
  return stages.map((one) => {
    const named = namedStage(one);
    return named === null ? one : { [named[0]]: statedOf(...named) };
  });
}

/** The stage of the registry that an entry is; null for the residual and a stage of a file. */
function namedStage(one: StageInput): Named | null {
  const [[name, stated]] = Object.entries(one);
  return name === "residual" || name === "plug_in" ? null : [name as StageName, stated as Values];
}

/**
 * The list in the engine's terms.
 * @param rules of the files that were read
 */
export function stageConfiguration(
  stages: readonly StageInput[],
  recordsEveryEpoch: boolean,
  rules: PlugInRules = new Map(),
): StageListConfiguration {
  const residual = stages.find((one) => one.residual !== undefined)?.residual ?? "normalise";
  return {
    stages: stages.flatMap((one, at): StageConfiguration[] => {
      const named = namedStage(one);
      if (named !== null) return [stageOf(named[0], statedOf(...named), rules, at)];
      const { plug_in: own } = one;
      return own === undefined ? [] : [{ stage: plugInAt(rules, ["stages", at, "plug_in"], own) as PlugIn<Stage>, parameters: {} }];
    }),
    residual: residual === "normalise" ? null : (residual as ResidualRow),
    recordsEveryEpoch,
  };
}

function stageOf(stage: StageName, stated: Values, rules: PlugInRules, at: number): StageConfiguration {
  const { parameters, variants } = STAGES[stage];
  const own = { stage, parameters: parameterValues(parameters, stated) };
  if (variants === undefined) return own;
  const variant = String(stated[variants.key]);
  if (isRuleFile(variant)) {
    const { with: parameters } = stated as { readonly with?: Values | null };
    const plugIn = plugInAt(rules, ["stages", at, stage], { rule: variant, with: parameters });
    return { ...own, variant: plugIn as PlugIn<MultiplierRule>, of: {} };
  }
  const declarations: ParameterDeclarations = variants.rules[variant].parameters;
  return { ...own, variant, of: parameterValues(declarations, stated) };
}
