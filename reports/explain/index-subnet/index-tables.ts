import type { RewardsConfiguration } from "../../../engine/index.js";
import { InvariantError } from "../../../engine/index.js";
import type { ParticipantRow, PayoutRow, ScoreRow } from "../../index-subnet/index-rows.js";
import { readTableRows } from "../../reading/table-rows.js";
import type { EpochTables } from "../epoch-tables.js";

/** What a run recorded of one epoch of its index subnet. */
export interface IndexTables {
  readonly tables: EpochTables;
  readonly rewards: RewardsConfiguration;
  /** Participants, then validators, in the order of their numbers. */
  readonly members: readonly ParticipantRow[];
  /** By participant; null: not recorded. */
  readonly scores: ReadonlyMap<number, ScoreRow> | null;
  /** Null: not recorded. */
  readonly payouts: readonly PayoutRow[] | null;
}

export async function readIndexTables(tables: EpochTables): Promise<IndexTables> {
  const { run, rules } = tables;
  if (rules.index == null) throw new InvariantError("the run has no index subnet");
  const { epoch } = tables.epoch;
  const members = await readTableRows<ParticipantRow>(run, "participants");
  const scores = run.tables.includes("scores") ? await readTableRows<ScoreRow>(run, "scores", { epoch }) : null;
  return {
    tables,
    rewards: rules.index.rewards,
    members: members.filter(({ kind }) => kind !== "noise_trader"),
    scores: scores === null ? null : new Map(scores.map((row) => [row.participant, row])),
    payouts: run.tables.includes("payouts") ? await readTableRows<PayoutRow>(run, "payouts", { epoch }) : null,
  };
}

/** All that the epoch emitted, rao; null where it was not recorded. */
export function emissionOf({ payouts, tables }: IndexTables): bigint | null {
  if (payouts === null) return null;
  const elsewhere = (tables.stages.residuals ?? []).reduce((sum, { amount_rao }) => sum + BigInt(amount_rao), 0n);
  return payouts.reduce((sum, { paid_rao }) => sum + BigInt(paid_rao), elsewhere);
}
