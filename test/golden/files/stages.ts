import { z } from "zod";
import { StageList } from "../../../engine/epochs/stage-list.js";
import { PotSharing } from "../../../engine/kernel/pot.js";
import type { StageFacts } from "../../../engine/rules/stages/index.js";
import { requireStages } from "../../../engine/rules/stages/stage-checks.js";
import { REST_ROWS } from "../../../engine/tables/vocabularies/rest-rows.js";
import { orderFault } from "../../../scenarios/schema/stage-contradictions.js";
import { resolveStages, type StageInput, stageConfiguration, stagesSchema } from "../../../scenarios/schema/stages.js";
import { checker, goldenCase, rao } from "../case.js";
import { GoldenDifference, near, same } from "../difference.js";

const stages = z.array(z.unknown());
const miner = z.object({
  uid: z.number().int(),
  hotkey: z.string(),
  registered_ms: z.number(),
  weight: z.number(),
  stake_rao: rao.default(0),
  collateral_rao: rao.default(0),
  volume_rao: rao.default(0),
  emission_rao: rao.default(0),
  held_share: z.number().nullable().default(null),
  held_days: z.number().default(0),
  tags: z.array(z.string()).default([]),
});
const epoch = z.object({
  end_ms: z.number(),
  pot_rao: rao.optional(),
  price_tao: z.number().nullish(),
  price_tao_age_ms: z.number().default(0),
  tao_usd: z.number().nullish(),
  tao_usd_age_ms: z.number().default(0),
  obligations: z.array(z.object({ hotkey: z.string(), amount: z.number() })).default([]),
  miners: z.array(miner),
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
      owed_after: z.record(z.string(), z.number().int()).optional(),
    }),
  ),
});

type Epoch = z.output<typeof epoch>;

/** Cases of weight stages, read as a scenario's list is, and run as it is. */
export const checkStages = checker(
  goldenCase(z.object({ stages, epochs: z.array(epoch) }), expected),
  ({ input: { stages, epochs }, expected: { epochs: answers } }) => {
    const configuration = stageConfiguration(resolveStages(readStages(stages)), false);
    requireStages(configuration.stages, configuration.residual, "stages");
    const list = new StageList(configuration);
    const keys = new Keys();
    epochs.forEach((epoch, e) => {
      const { miners, pot_rao } = epoch;
      const answer = answers[e];
      const at = `epochs[${e}]`;
      let observed = 0;
      list.run(
        keys.facts(epoch),
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
      if (answer.owed_after !== undefined) keys.sameDebts(`${at}.owed_after`, list.spending?.leftNanos ?? new Map(), answer.owed_after);
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
  },
);

/** Lists that are valid or not; why is a hint. */
export const checkStageOrder = checker(
  goldenCase(z.object({ stages }), z.object({ valid: z.boolean(), why: z.string().optional() })),
  ({ input: { stages }, expected: { valid } }) => {
    const read = listOf(stages);
    same("valid", read.success && orderFault(read.data) === null, valid);
  },
);

/** As a scenario's; one that lists no stage leaves the key out. */
function listOf(stages: readonly unknown[]) {
  return stages.length === 0 ? { success: true as const, data: [] } : stagesSchema.safeParse(stages);
}

function readStages(stages: readonly unknown[]): readonly StageInput[] {
  return stages.length === 0 ? [] : stagesSchema.parse(stages);
}

/** Relative, or both next to nothing; 0 is 0. */
function closeAll(at: string, found: Float64Array, wanted: readonly number[]): void {
  wanted.forEach((value, i) => {
    const one = found[i];
    if (value === 0 || one === 0 ? value === one || Math.max(value, one) < 1e-290 : Math.abs(one - value) <= 1e-12 * value) return;
    if (Math.max(value, one) < 1e-290) return;
    throw new GoldenDifference(`${at}[${i}]`, one, value);
  });
}

/** Hotkeys by number, and what they earned so far, over the epochs of a case. */
class Keys {
  readonly #numbers = new Map<string, number>();
  readonly #earnedRao = new Map<string, number>();

  of(hotkey: string): number {
    const known = this.#numbers.get(hotkey) ?? this.#numbers.size;
    this.#numbers.set(hotkey, known);
    return known;
  }

  facts({ miners, end_ms, pot_rao, price_tao, price_tao_age_ms, tao_usd, tao_usd_age_ms, obligations }: Epoch): StageFacts {
    for (const { hotkey, emission_rao } of miners) this.#earnedRao.set(hotkey, (this.#earnedRao.get(hotkey) ?? 0) + emission_rao);
    const column = (of: (miner: Epoch["miners"][number]) => number) => Float64Array.from(miners, of);
    return {
      count: miners.length,
      endMs: end_ms,
      uid: Int32Array.from(miners, ({ uid }) => uid),
      key: Int32Array.from(miners, ({ hotkey }) => this.of(hotkey)),
      registeredMs: column(({ registered_ms }) => registered_ms),
      stakeRao: column(({ stake_rao }) => stake_rao),
      heldShare: column(({ held_share }) => held_share ?? Number.NaN),
      heldDays: column(({ held_days }) => held_days),
      collateralRao: column(({ collateral_rao }) => collateral_rao),
      volumeRao: column(({ volume_rao }) => volume_rao),
      earnedRao: column(({ hotkey }) => this.#earnedRao.get(hotkey) ?? 0),
      movedRao: column(() => 0),
      score: column(() => Number.NaN),
      scoredMs: column(() => -1),
      scoreColumn: () => Number.NaN,
      exactly: () => null,
      isNamed: (i, name) => miners[i].hotkey === name,
      hasTag: (i, tag) => miners[i].tags.includes(tag),
      priceTaoPerAlpha: price_tao ?? 0,
      priceMs: end_ms - price_tao_age_ms,
      usdPerTao: tao_usd ?? 0,
      usdPerTaoMs: end_ms - tao_usd_age_ms,
      potRao: pot_rao ?? 0,
      obligations: obligations.map(({ hotkey, amount }) => ({ key: this.of(hotkey), nanos: Math.round(amount * 1e9) })),
    };
  }

  sameDebts(at: string, left: ReadonlyMap<number, bigint>, wanted: Readonly<Record<string, number>>): void {
    const names = new Map([...this.#numbers].map(([hotkey, number]) => [number, hotkey]));
    const found = Object.fromEntries([...left].map(([key, nanos]) => [key === -1 ? "" : (names.get(key) ?? "?"), Number(nanos)]));
    for (const of of new Set([...Object.keys(found), ...Object.keys(wanted)])) same(`${at}.${of}`, found[of] ?? 0, wanted[of] ?? 0);
  }
}
