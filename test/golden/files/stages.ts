import { z } from "zod";
import { StageList } from "../../../engine/epochs/stage-list.js";
import type { StageConfiguration, StageListConfiguration } from "../../../engine/index.js";
import { camelCase } from "../../../engine/kernel/names.js";
import { PotSharing } from "../../../engine/kernel/pot.js";
import { defaultsOf, type ParameterDeclarations } from "../../../engine/rules/parameter.js";
import { STAGES, type StageFacts, type StageName } from "../../../engine/rules/stages/index.js";
import { requireStages } from "../../../engine/rules/stages/stage-checks.js";
import { REST_ROWS, type ResidualRow } from "../../../engine/tables/vocabularies/rest-rows.js";
import { checker, goldenCase, rao } from "../case.js";
import { GoldenDifference, near, same } from "../difference.js";

const stated = z.record(z.string(), z.unknown());
const miner = z.object({
  uid: z.number().int(),
  hotkey: z.string(),
  registered_ms: z.number(),
  weight: z.number(),
  stake_rao: rao.default(0),
  held_share: z.number().nullable().default(null),
  held_days: z.number().default(0),
});
const input = z.object({
  stages: z.array(z.record(z.string(), z.union([stated, z.string()]))),
  epochs: z.array(z.object({ end_ms: z.number(), pot_rao: rao.optional(), price_tao: z.number().nullish(), miners: z.array(miner) })),
});
const rest = z.partialRecord(z.enum(REST_ROWS), z.number());
const expected = z.object({
  epochs: z.array(
    z.object({
      stages: z.array(z.object({ stage: z.string(), factor: z.array(z.number()).optional(), after: z.array(z.number()) })),
      shares: z.array(z.number()),
      rest,
      paid_rao: z.array(rao).optional(),
      rest_rao: rest.optional(),
    }),
  ),
});

type Miner = z.output<typeof miner>;

/** Cases of weight stages: curve, burn and residual, with the gates and multipliers they need. */
export const checkStages = checker(goldenCase(input, expected), ({ input: { stages, epochs }, expected: { epochs: answers } }) => {
  const configuration = listOf(stages);
  requireStages(configuration.stages, "stages");
  const list = new StageList(configuration);
  epochs.forEach(({ miners, pot_rao, price_tao }, e) => {
    const answer = answers[e];
    const at = `epochs[${e}]`;
    let observed = 0;
    list.run(
      factsOf(miners, price_tao ?? 0),
      Float64Array.from(miners, ({ weight }) => weight),
      -1,
      (_index, _before, factor, after) => {
        const one = answer.stages[observed];
        const where = `${at}.stages[${observed++}]`;
        if (one.factor !== undefined) closeAll(`${where}.factor`, factor ?? new Float64Array(), one.factor);
        closeAll(`${where}.after`, after, one.after);
      },
    );
    same(`${at}.stages.length`, observed, answer.stages.length);
    closeAll(`${at}.shares`, list.shares, answer.shares);
    for (const [r, row] of REST_ROWS.entries()) near(`${at}.rest.${row}`, list.rest[r], answer.rest[row] ?? 0, 1e-12);
    if (pot_rao === undefined || answer.paid_rao === undefined) return;
    const count = miners.length;
    const weights = new Float64Array(count + REST_ROWS.length);
    weights.set(list.shares.subarray(0, count));
    weights.set(list.rest, count);
    const parts = new Float64Array(weights.length);
    new PotSharing().share(pot_rao, weights, weights.length, parts);
    for (const [i, paid] of answer.paid_rao.entries()) same(`${at}.paid_rao[${i}]`, parts[i], paid);
    for (const [r, row] of REST_ROWS.entries()) same(`${at}.rest_rao.${row}`, parts[count + r], answer.rest_rao?.[row] ?? 0);
  });
});

/** Relative, or both next to nothing; 0 is 0. */
function closeAll(at: string, found: Float64Array, wanted: readonly number[]): void {
  wanted.forEach((value, i) => {
    const one = found[i];
    if (value === 0 || one === 0 ? value === one || Math.max(value, one) < 1e-290 : Math.abs(one - value) <= 1e-12 * value) return;
    if (Math.max(value, one) < 1e-290) return;
    throw new GoldenDifference(`${at}[${i}]`, one, value);
  });
}

function listOf(stages: z.output<typeof input>["stages"]): StageListConfiguration {
  let residual: ResidualRow | null = null;
  const list: StageConfiguration[] = [];
  for (const one of stages) {
    const [[name, parameters]] = Object.entries(one);
    if (name === "residual") residual = parameters === "normalise" ? null : (parameters as ResidualRow);
    else list.push(stageOf(name as StageName, parameters as Readonly<Record<string, unknown>>));
  }
  return { stages: list, residual, recordsEveryEpoch: false };
}

function stageOf(stage: StageName, given: Readonly<Record<string, unknown>>): StageConfiguration {
  const declared = STAGES[stage];
  const parameters = valuesOf(declared.parameters, given);
  const variants = "variants" in declared ? declared.variants : undefined;
  if (variants === undefined) return { stage, parameters };
  const variant = String(given[variants.key]);
  return { stage, parameters, variant, of: valuesOf(variants.rules[variant].parameters, given) };
}

function valuesOf(declarations: ParameterDeclarations, given: Readonly<Record<string, unknown>>): object {
  const named = Object.entries(given).map(([key, value]) => [camelCase(key), value]);
  return { ...defaultsOf(declarations), ...Object.fromEntries(named.filter(([name]) => String(name) in declarations)) };
}

function factsOf(miners: readonly Miner[], priceTaoPerAlpha: number): StageFacts {
  return {
    count: miners.length,
    uid: Int32Array.from(miners, ({ uid }) => uid),
    registeredMs: Float64Array.from(miners, ({ registered_ms }) => registered_ms),
    stakeRao: Float64Array.from(miners, ({ stake_rao }) => stake_rao),
    heldShare: Float64Array.from(miners, ({ held_share }) => held_share ?? Number.NaN),
    heldDays: Float64Array.from(miners, ({ held_days }) => held_days),
    exactly: () => null,
    priceTaoPerAlpha,
  };
}
