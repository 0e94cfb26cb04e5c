import * as z from "zod";
import {
  keysOf,
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
import { type PoolInput, poolConfigurations, poolsSchema, resolvePools } from "./pools.js";
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
  Partial<Record<Exclude<StageName, "pools">, Values>> & {
    pools?: readonly PoolInput<StageInput>[];
    plug_in?: PlugInStageInput;
    residual?: (typeof RESIDUALS)[number];
  }
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
      for (const [key, schema] of Object.entries(parameterShape(rule.parameters, "left_open"))) {
        const other = shape[key];
        shape[key] = other === undefined || isSameKey(rules, key) ? schema : eitherOf(other, schema, key);
      }
    }
  }
  return section({ ...shape, ...parameterShape(parameters) })
    .superRefine((stated, context) => variantFaults(name, stated as Values, context))
    .describe(`${meaning[0].toUpperCase()}${meaning.slice(1)}.`);
}

type Rules = readonly (readonly [string, { readonly parameters: ParameterDeclarations }])[];

/** Do all rules that have a key declare it alike? */
function isSameKey(rules: Rules, key: string): boolean {
  const kinds = rules.flatMap(([, { parameters }]) =>
    Object.entries(parameters).flatMap(([name, parameter]) => (keysOf(name, parameter)[0] === key ? [parameter.kind] : [])),
  );
  return new Set(kinds).size <= 1;
}

/** A key that two rules take in two forms; `variantFaults` sees to it that it has that of the rule which is stated. */
function eitherOf(one: z.ZodType, other: z.ZodType, key: string): z.ZodType {
  const error = `${key} as the rule takes them`;
  return z.union([one, other], { error }).describe(`${one.description ?? ""} Or: ${other.description ?? ""}`);
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
      if (stated[key] !== undefined) {
        // What no rule takes was refused already.
        const isRefused = context.issues.some(({ path = [] }) => path[0] === key);
        if (isRefused || isSameKey(Object.entries(variants.rules), key)) continue;
        const [fault] = own[key].safeParse(stated[key]).error?.issues ?? [];
        if (fault !== undefined) context.addIssue({ code: "custom", path: [key, ...fault.path], message: fault.message });
      } else if (!own[key].safeParse(undefined).success) {
        context.addIssue({ code: "custom", path: [key], message: `a value: ${variants.key}: ${variant} needs one` });
      }
    } else if (stated[key] !== undefined) {
      const keys = Object.keys(own);
      const allowed = isFile ? "its parameters under `with`" : keys.length === 0 ? "nothing" : keys.join(", ");
      context.addIssue({ code: "custom", path: [key], message: `left out: ${variants.key}: ${variant} takes ${allowed}` });
    }
  }
}

const plugIn = section({
  rule: ruleFile.describe("The file, such as `./my-stage.ts`; its path starts where the scenario lies."),
  with: ruleWith,
})
  .optional()
  .describe("A stage of a file of one's own (docs/how-to/write-a-rule.md).");

/** An entry that is one of some stages, each a section of its own. */
function entryOf(stages: Readonly<Record<string, z.ZodType>>): z.ZodType {
  const allowed = `one of ${Object.keys(stages).join(", ")}, each an entry of its own`;
  return section(stages).check(({ value, issues }) => {
    // A name that is not known is refused as such.
    if (issues.length > 0 || Object.keys(value).length === 1) return;
    issues.push({ code: "custom", message: allowed, input: value });
  });
}

/** What a pool's own list may hold. */
const IN_POOL = NAMES.filter((name) => name !== "pools" && name !== "budget" && name !== "burn");
const inPool = Object.fromEntries(IN_POOL.map((name) => [name, stageSection(name).optional()]));
const pools = poolsSchema(entryOf({ ...inPool, plug_in: plugIn }))
  .optional()
  .describe(`${STAGES.pools.meaning[0].toUpperCase()}${STAGES.pools.meaning.slice(1)}.`);

const entry = entryOf({
  ...Object.fromEntries(NAMES.map((name) => [name, name === "pools" ? pools : stageSection(name).optional()])),
  plug_in: plugIn,
  residual: choice(RESIDUALS)
    .optional()
    .describe("Where goes what no miner gets; stands last. `normalise`: nowhere, miners share all that `burn` leaves."),
});

export const stagesSchema = listOf(entry, "stages") as unknown as z.ZodType<readonly StageInput[]>;

/** A stage and what it states, defaults filled in. */
function statedOf(name: StageName, stated: Values): Values {
  const { variants } = STAGES[name];
  if (variants === undefined || isRuleFile(stated[variants.key])) return stated;
  const shape = parameterShape(variants.rules[String(stated[variants.key])].parameters);
  const given = Object.fromEntries(Object.keys(shape).flatMap((key) => (stated[key] === undefined ? [] : [[key, stated[key]]])));
  const filled: Values = { ...stated, ...section(shape).parse(given) };
  // In the order of the section, so that resolving it again changes nothing.
  const keys = [variants.key, ...Object.values(variants.rules).flatMap((rule) => Object.keys(parameterShape(rule.parameters)))];
  return Object.fromEntries([...new Set([...keys, ...Object.keys(stated)])].flatMap((key) => (key in filled ? [[key, filled[key]]] : [])));
}

/** The list with every default filled in. */
export function resolveStages(stages: readonly StageInput[]): readonly StageInput[] {
  return stages.map((one) => {
    if (one.pools !== undefined) return { pools: resolvePools(one.pools, resolveStages) };
    const named = namedStage(one);
    return named === null ? one : { [named[0]]: statedOf(...named) };
  });
}

/** The stage of the registry that an entry is; null for the residual and a stage of a file. */
function namedStage(one: StageInput): Named | null {
  const [[name, stated]] = Object.entries(one);
  return name === "residual" || name === "plug_in" || name === "pools" ? null : [name as StageName, stated as Values];
}

/**
 * The list in the engine's terms.
 * @param rules of the files that were read
 */
export function stageConfiguration(
  stages: readonly StageInput[],
  recordsEveryEpoch: boolean,
  rules: PlugInRules = new Map(),
  tags?: StageListConfiguration["tags"],
): StageListConfiguration {
  const residual = stages.find((one) => one.residual !== undefined)?.residual ?? "normalise";
  return {
    stages: stages.flatMap((one, at) => (one.residual === undefined ? [configured(one, rules, ["stages", at])] : [])),
    residual: residual === "normalise" ? null : (residual as ResidualRow),
    recordsEveryEpoch,
    ...(tags === undefined ? {} : { tags }),
  };
}

/** @param path of the entry */
function configured(one: StageInput, rules: PlugInRules, path: readonly (string | number)[]): StageConfiguration {
  const { plug_in: own, pools } = one;
  if (own !== undefined) return { stage: plugInAt(rules, [...path, "plug_in"], own) as PlugIn<Stage>, parameters: {} };
  if (pools !== undefined) {
    const inner = (stage: StageInput, pool: number, at: number) => configured(stage, rules, [...path, "pools", pool, "stages", at]);
    return { stage: "pools", parameters: { pools: poolConfigurations(pools, inner) } };
  }
  const [name, stated] = Object.entries(one)[0] as unknown as Named;
  return stageOf(name, statedOf(name, stated), rules, path);
}

function stageOf(stage: StageName, stated: Values, rules: PlugInRules, path: readonly (string | number)[]): StageConfiguration {
  const { parameters, variants } = STAGES[stage];
  const own = { stage, parameters: parameterValues(parameters, stated) };
  if (variants === undefined) return own;
  const variant = String(stated[variants.key]);
  if (isRuleFile(variant)) {
    const { with: parameters } = stated as { readonly with?: Values | null };
    const plugIn = plugInAt(rules, [...path, stage], { rule: variant, with: parameters });
    return { ...own, variant: plugIn as PlugIn<MultiplierRule>, of: {} };
  }
  const declarations: ParameterDeclarations = variants.rules[variant].parameters;
  return { ...own, variant, of: parameterValues(declarations, stated) };
}
