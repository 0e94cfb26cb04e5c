import {
  boundFactor,
  type ColumnBatch,
  columnsByName,
  isRead,
  RESIDUAL_ROWS,
  RESULT_TABLES,
  type ResultTableName,
} from "../../../engine/index.js";
import type { OpenRun } from "../../../recorders/index.js";
import { emissionPools } from "../../explain/index-subnet/emission-pools.js";
import { numberColumn } from "../../reading/columns.js";
import { hasFactor, keeps, keptBy } from "../../stage-step.js";
import { EpochColumns } from "./epoch-columns.js";
import type { EpochTerms } from "./epoch-terms.js";
import { type RunPeople, readPeople } from "./run-people.js";
import { statedTerms } from "./stated-terms.js";
import { type EpochRows, TableCursor } from "./table-cursor.js";
import { CAP, OUTSIDE_POT, type RuledConfiguration, stageNames, termLayout } from "./term-layout.js";

/** The tables that terms are read from. */
export const TERM_TABLES = [
  "rewards",
  "holdings",
  "weights",
  "stage_weights",
  "residuals",
  "participants",
  "scores",
  "payouts",
  "submissions",
  "slashes",
  "validators",
] as const satisfies readonly ResultTableName[];

const PAYOUTS = RESULT_TABLES.payouts;

type CursorTable = "rewards" | "holdings" | "weights" | "stage_weights" | "residuals" | "scores" | "payouts" | "submissions" | "validators";

/**
 * The terms of a run, epoch by epoch in the order in which they closed; no more than an epoch is held.
 * @param run that recorded `TERM_TABLES` of every epoch
 * @param configuration of its scenario, its rules bound
 */
export async function* runEpochs(run: OpenRun, configuration: RuledConfiguration): AsyncGenerator<EpochTerms> {
  const people = await readPeople(run);
  const layout = termLayout(configuration).map(({ id }) => id);
  const indexNetuid = configuration.index?.netuid ?? -1;
  const byPosition = (batch: ColumnBatch, row: number) => people.keys[numberColumn(batch, "position")[row]]?.netuid ?? -1;
  const byNetuid = (batch: ColumnBatch, row: number) => numberColumn(batch, "netuid")[row];
  const ofIndex = () => indexNetuid;
  const hasOutside = configuration.emission !== undefined && configuration.emission.outside !== null;
  const cursors: Readonly<Record<CursorTable, TableCursor>> = {
    rewards: new TableCursor(run, "rewards", byPosition),
    holdings: new TableCursor(run, "holdings", byPosition),
    weights: new TableCursor(run, "weights", byPosition),
    stage_weights: new TableCursor(run, "stage_weights", byNetuid),
    residuals: new TableCursor(run, "residuals", byNetuid),
    scores: new TableCursor(run, "scores", ofIndex),
    payouts: new TableCursor(run, "payouts", ofIndex),
    submissions: new TableCursor(run, "submissions", ofIndex),
    validators: new TableCursor(run, "validators", ofIndex),
  };
  const constants = constantTerms(configuration);
  for await (const batch of run.readTable("epochs")) {
    const { netuid, epoch, endMs, recordedRao, paidRao, unallocatedRao, outsideRao } = columnsByName(RESULT_TABLES.epochs, batch.columns);
    for (let row = 0; row < batch.rows; row++) {
      const rows = new Map<CursorTable, readonly EpochRows[]>();
      for (const table of Object.keys(cursors) as CursorTable[]) rows.set(table, await cursors[table].take(netuid[row], epoch[row]));
      const columns = new EpochColumns(layout, people.keys);
      const weighsRecorded = fill(columns, rows, people, configuration, { epoch: epoch[row], emissionRao: recordedRao[row] });
      columns.setAll("pot", recordedRao[row]);
      if (hasOutside) {
        const sharedRao = paidRao[row] + unallocatedRao[row] + outsideRao[row] + sumOf(rows.get("residuals"), "amount_rao");
        columns.setAll(OUTSIDE_POT, sharedRao - recordedRao[row]);
      }
      // On an index subnet a list is of participants alone: validators have a pool of their own.
      const isOfIndex = netuid[row] === indexNetuid;
      for (const [id, value] of constants) columns.setAll(id, value, isOfIndex ? "pot.base_pool" : undefined);
      yield { netuid: netuid[row], epoch: epoch[row], endMs: endMs[row], weighsRecorded: weighsRecorded && !isOfIndex, ...columns.taken() };
    }
  }
  for (const cursor of Object.values(cursors)) await cursor.end();
}

/** What a list of stages states for everybody. */
function constantTerms({ stages }: RuledConfiguration): readonly (readonly [string, number])[] {
  if (stages === null) return [];
  const names = stageNames(stages.stages);
  const kept = stages.stages.flatMap((stage, at): (readonly [string, number])[] =>
    keeps(stage) ? [[`${names[at]}.share`, 1 - (keptBy(stage) ?? Number.NaN)]] : [],
  );
  const ceilings = stages.stages.flatMap((stage, at): (readonly [string, number])[] =>
    hasFactor(stage) && isRead(stage.stage) && isRead(stage.variant) ? [[`${names[at]}.ceiling`, boundFactor(stage)?.ceiling ?? 1]] : [],
  );
  const goesTo = stages.residual === null ? 0 : 1 + (RESIDUAL_ROWS as readonly string[]).indexOf(stages.residual);
  return [["stage.residual.goes_to", goesTo], ...kept, ...ceilings];
}

function sumOf(rows: readonly EpochRows[] = [], name: string): number {
  let sum = 0;
  for (const { batch, from, to } of rows) for (const value of numberColumn(batch, name).subarray(from, to)) sum += value;
  return sum;
}

type Take = (of: (name: string) => Float64Array | Int32Array | Uint8Array, row: number) => void;

/** @returns whether all base weights are what was recorded to be paid */
function fill(
  columns: EpochColumns,
  rows: ReadonlyMap<CursorTable, readonly EpochRows[]>,
  people: RunPeople,
  { stages, index }: RuledConfiguration,
  { epoch, emissionRao }: { readonly epoch: number; readonly emissionRao: number },
): boolean {
  const each = (table: CursorTable, take: Take) => {
    for (const { batch, from, to } of rows.get(table) ?? []) {
      const known = new Map<string, Float64Array | Int32Array | Uint8Array>();
      const of = (name: string) => {
        const values = known.get(name) ?? numberColumn(batch, name);
        known.set(name, values);
        return values;
      };
      for (let row = from; row < to; row++) take(of, row);
    }
  };
  const recordedRao = new Map<number, number>();
  each("rewards", (of, row) => {
    const position = of("position")[row];
    columns.add("pay.paid", position, of("paid_rao")[row]);
    recordedRao.set(position, (recordedRao.get(position) ?? 0) + of("recorded_rao")[row]);
  });
  let weighsRecorded = true;
  each("weights", (of, row) => {
    const position = of("position")[row];
    if (of("base_weight")[row] !== (recordedRao.get(position) ?? 0)) weighsRecorded = false;
    const [base, multiplier, final] = [of("base_weight")[row], of("multiplier")[row], of("final_weight")[row]];
    columns.set("base_weight", position, base);
    columns.set("multiplier.applied", position, multiplier);
    // A rule that answers 0 parts by its answer, which comes before: what is left is who the minimum stake cuts.
    columns.set("multiplier.below_minimum", position, Number(multiplier === 0));
    // A weight that counts and is cut all the same.
    if (base * multiplier > 0) columns.set("redistribution.threshold", position, Number(final > 0));
    columns.set("weight.final", position, final);
  });
  each("holdings", (of, row) => {
    const position = of("position")[row];
    if (!columns.has(position)) return;
    for (const name of ["stake_rao", "received_rao", "remaining_rao", "held_share", "held_days"]) {
      columns.set(`holdings.${name.replace(/_rao$/, "")}`, position, of(name)[row]);
    }
    columns.set("multiplier.answer", position, of("multiplier")[row]);
  });
  const names = stages === null ? [] : stageNames(stages.stages);
  const isFactor = (stages?.stages ?? []).map(hasFactor);
  each("stage_weights", (of, row) => {
    const at = of("stage")[row] - 1;
    const position = of("position")[row];
    if (isFactor[at]) columns.set(`${names[at]}.factor`, position, of("factor")[row]);
    else columns.set(`${names[at]}.share`, position, of("share_after")[row]);
  });
  each("scores", (of, row) => {
    const position = people.positionOf(of("participant")[row]);
    if (position === undefined) return;
    const values = { "activity.minted": "minted_rao", "activity.redeemed": "redeemed_rao", "activity.transactions": "transactions" };
    for (const [id, name] of Object.entries(values)) columns.set(id, position, of(name)[row]);
    const { mintMultiplier = 1, redeemMultiplier = 1 } = index?.rewards.score ?? {};
    const weighted = mintMultiplier * of("minted_rao")[row] + redeemMultiplier * of("redeemed_rao")[row];
    columns.set("score.weighted_volume", position, weighted);
    for (const name of ["volume", "frequency", "consistency", "standing", "rank"]) columns.set(`score.${name}`, position, of(name)[row]);
    columns.set("score.final", position, of("score")[row]);
    columns.set("score.ranked", position, Number(of("rank")[row] > 0));
  });
  const pools = index === null ? null : emissionPools(BigInt(emissionRao), index.rewards.pools);
  const stated = index === null ? [] : statedTerms(index);
  const state = (of: (typeof stated)[number]["of"], position: number) => {
    for (const term of stated) if (term.of === of) columns.set(term.id, position, term.value);
  };
  each("payouts", (of, row) => {
    const position = people.positionOf(of("participant")[row]);
    if (position === undefined) return;
    if (PAYOUTS.columns[2].values[of("kind")[row]] === "validator") {
      columns.set("pot.validators", position, Number(pools?.validatorPoolRao));
    } else {
      columns.set("pot.base_pool", position, Number(pools?.basePoolRao));
      columns.set("pot.tier_pool", position, Number(pools?.tierPoolRao));
      columns.set(CAP, position, index?.rewards.maxTop10Share ?? 1);
      state("participant", position);
    }
    columns.set("tiers.base", position, of("base_rao")[row]);
    columns.set("tiers.bonus", position, of("tier_bonus_rao")[row]);
    columns.set("validator.pool", position, of("validator_rao")[row]);
    columns.set("tiers.multiplier", position, of("multiplier")[row]);
  });
  each("submissions", (of, row) => {
    const position = people.positionOf(of("validator")[row]);
    if (position === undefined) return;
    columns.set("validator.deviation", position, of("deviation")[row]);
    state("validator", position);
  });
  each("validators", (of, row) => {
    const validator = of("validator")[row];
    const position = people.positionOf(validator);
    if (position === undefined) return;
    columns.set("slashing.rate", position, people.slashRate(validator, epoch));
    columns.set("slashing.taken", position, of("slashed_rao")[row]);
    columns.set("validator.stake", position, of("stake_rao")[row]);
  });
  return weighsRecorded;
}
