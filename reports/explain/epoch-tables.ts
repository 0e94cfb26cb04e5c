import { ROLES } from "../../engine/index.js";
import type { OpenRun } from "../../recorders/index.js";
import { type EpochRow, readEpochs } from "../reading/epochs.js";
import type { HoldingRow } from "../reading/holdings.js";
import { type PositionRow, readPositions } from "../reading/positions.js";
import type { WeightRow } from "../reading/weights.js";
import { requireRecorded } from "../recorded-epochs.js";
import { kindOf, type RunRules, rulesToExplain } from "../rules.js";
import { readStageTables, type StageTables } from "../stage-chain.js";
import { type EpochRowsOf, readEpochRows } from "./epoch-rows.js";
import { type ToldRows, toldRowsOf } from "./told/told-rows-of.js";
import { readYumaEpoch, type YumaEpoch } from "./yuma/yuma-epoch.js";

/** What a position was paid in an epoch, in rao. */
export interface EpochPay {
  /** As a miner. */
  readonly recorded_rao: number;
  readonly paid_rao: number;
  /** In other roles, which no rule changes. */
  readonly other_rao: number;
}

/** What a run recorded of one epoch of one subnet. */
export interface EpochTables {
  readonly run: OpenRun;
  readonly rules: RunRules;
  readonly positions: ReadonlyMap<number, PositionRow>;
  readonly epoch: EpochRow;
  readonly isLast: boolean;
  /** By position, as `weights` and `pay`; null: not recorded. */
  readonly holdings: ReadonlyMap<number, HoldingRow> | null;
  /** In the order of uids. */
  readonly weights: ReadonlyMap<number, WeightRow> | null;
  readonly pay: ReadonlyMap<number, EpochPay> | null;
  readonly stages: StageTables;
  /** What Yuma made base weights of; null: they are made of something else. */
  readonly yuma: YumaEpoch | null;
  /** Rows of streams that stages, or base weights, go by; null: they go by none, or the streams are not there any more. */
  readonly told: ToldRows | null;
}

const HOLDING = ["epoch", "stake_rao", "received_rao", "remaining_rao", "held_share", "held_days", "multiplier"] as const;
const WEIGHT = ["epoch", "base_weight", "multiplier", "shadow_multiplier", "final_weight", "weight_gain"] as const;
const PAY = ["role", "recorded_rao", "paid_rao"] as const;
const MINER = ROLES.indexOf("miner");

/**
 * Reads them, each table once; null where the subnet has no epoch.
 * @throws TenureError `TEN-REPORT-003` no such epoch, `-005` not recorded
 */
export async function readEpochTables(run: OpenRun, netuid: number, wanted: number | undefined): Promise<EpochTables | null> {
  const rules = await rulesToExplain(run, kindOf(run, netuid));
  const epochs = await readEpochs(run);
  const epoch = epochs.choose(netuid, wanted);
  if (epoch === undefined) return null;
  requireRecorded(run, epochs, epoch, rules);
  const positions = await readPositions(run);
  const isLast = epochs.isLast(epoch);
  const of: EpochRowsOf = {
    epoch: epoch.epoch,
    isOfSubnet: (position) => positions.get(position)?.netuid === netuid,
    alone: epochs.netuids.length === 1,
  };
  const holdings = await readEpochRows(run, "holdings", HOLDING, of);
  const weights = await readEpochRows(run, "weights", WEIGHT, of);
  const rewards = await readEpochRows(run, "rewards", PAY, of);
  return {
    run,
    rules,
    positions,
    epoch,
    isLast,
    holdings: holdings === null ? null : byPosition(holdings),
    weights: weights === null ? null : byPosition(weights),
    pay: rewards === null ? null : payOf(rewards),
    stages: await readStageTables(run, rules, epoch),
    yuma: rules.yuma == null ? null : await readYumaEpoch(run, rules.yuma, epoch),
    told: await toldRowsOf(run, rules),
  };
}

function byPosition<Row extends { readonly position: number }>(rows: readonly Row[]): ReadonlyMap<number, Row> {
  return new Map(rows.map((row) => [row.position, row]));
}

function payOf(
  rows: readonly { readonly position: number; readonly role: number; readonly recorded_rao: number; readonly paid_rao: number }[],
): ReadonlyMap<number, EpochPay> {
  const pay = new Map<number, EpochPay>();
  for (const { position, role, recorded_rao, paid_rao } of rows) {
    const sum = pay.get(position) ?? { recorded_rao: 0, paid_rao: 0, other_rao: 0 };
    const asMiner = role === MINER ? { recorded_rao, paid_rao } : { recorded_rao: 0, paid_rao: 0 };
    pay.set(position, {
      recorded_rao: sum.recorded_rao + asMiner.recorded_rao,
      paid_rao: sum.paid_rao + asMiner.paid_rao,
      other_rao: sum.other_rao + (role === MINER ? 0 : paid_rao),
    });
  }
  return pay;
}
