import type { z } from "zod";
import {
  type ParameterDeclarations,
  RESIDUAL_ROWS,
  type ResidualRow,
  STAGES,
  type StageConfiguration,
  type StageListConfiguration,
  type StageName,
} from "../../engine/index.js";
import { parameterShape, parameterValues } from "./parameters.js";
import { choice, listOf, section } from "./section.js";

const NAMES = Object.keys(STAGES) as StageName[];
/** Ends a list; `normalise` is what there is without one. */
const RESIDUALS = ["normalise", ...RESIDUAL_ROWS] as const;

type Values = Readonly<Record<string, unknown>>;
/** One entry of the list: a stage by its name, or the residual. */
export type StageInput = Readonly<Partial<Record<StageName, Values>> & { residual?: (typeof RESIDUALS)[number] }>;

/** A stage's section: its own parameters, and of a stage with variants which, and the parameters that any of them has. */
function stageSection(name: StageName): z.ZodType {
  const { parameters, variants, meaning } = STAGES[name];
  const shape: Record<string, z.ZodType> = {};
  if (variants !== undefined) {
    const rules = Object.entries(variants.rules);
    const meanings = rules.map(([rule, { meaning: does }]) => `\`${rule}\`: ${does}`).join("; ");
    shape[variants.key] = choice(rules.map(([rule]) => rule) as [string, ...string[]]).describe(`${variants.meaning} ${meanings}.`);
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
  const own = parameterShape(variants.rules[variant].parameters);
  const all = new Set(Object.values(variants.rules).flatMap((rule) => Object.keys(parameterShape(rule.parameters))));
  for (const key of all) {
    if (key in own) {
      if (stated[key] !== undefined || own[key].safeParse(undefined).success) continue;
      context.addIssue({ code: "custom", path: [key], message: `a value: ${variants.key}: ${variant} needs one` });
    } else if (stated[key] !== undefined) {
      const keys = Object.keys(own);
      const allowed = keys.length === 0 ? "nothing" : keys.join(", ");
      context.addIssue({ code: "custom", path: [key], message: `left out: ${variants.key}: ${variant} takes ${allowed}` });
    }
  }
}

const ONE_EACH = `one of ${[...NAMES, "residual"].join(", ")}, each an entry of its own`;

const entry = section({
  ...Object.fromEntries(NAMES.map((name) => [name, stageSection(name).optional()])),
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
  if (variants === undefined) return stated;
  const shape = parameterShape(variants.rules[String(stated[variants.key])].parameters);
  const given = Object.fromEntries(Object.keys(shape).flatMap((key) => (stated[key] === undefined ? [] : [[key, stated[key]]])));
  return { ...stated, ...section(shape).parse(given) };
}

/** The list with every default filled in. */
export function resolveStages(stages: readonly StageInput[]): readonly StageInput[] {
  return stages.map((one) => {
    const [[name, stated]] = Object.entries(one);
    return name === "residual" ? one : { [name]: statedOf(name as StageName, stated as Values) };
  });
}

/** The list in the engine's terms. */
export function stageConfiguration(stages: readonly StageInput[], recordsEveryEpoch: boolean): StageListConfiguration {
  const residual = stages.find((one) => one.residual !== undefined)?.residual ?? "normalise";
  return {
    stages: stages.flatMap((one): StageConfiguration[] => {
      const [[name, stated]] = Object.entries(one);
      return name === "residual" ? [] : [stageOf(name as StageName, statedOf(name as StageName, stated as Values))];
    }),
    residual: residual === "normalise" ? null : (residual as ResidualRow),
    recordsEveryEpoch,
  };
}

function stageOf(stage: StageName, stated: Values): StageConfiguration {
  const { parameters, variants } = STAGES[stage];
  const own = { stage, parameters: parameterValues(parameters, stated) };
  if (variants === undefined) return own;
  const variant = String(stated[variants.key]);
  const declarations: ParameterDeclarations = variants.rules[variant].parameters;
  return { ...own, variant, of: parameterValues(declarations, stated) };
}
