import type { ColumnBatch } from "../../../engine/index.js";
import { numberColumn, type TableSource } from "../../reading/columns.js";

/** What one stage of a list did to all miners of an epoch, arrays by miner. */
export interface StageShares {
  /** Place in the scenario's list, from 1. */
  readonly stage: number;
  readonly before: Float64Array;
  readonly factor: Float64Array;
  readonly after: Float64Array;
}

const NAMES = ["netuid", "epoch", "stage", "share_before", "factor", "share_after"] as const;

/** The stages of the last epoch of a subnet, which is always recorded where any is; empty where the run did not record them. */
export async function readLastStages(run: TableSource, netuid: number, epoch: number): Promise<readonly StageShares[]> {
  if (!run.tables.includes("stage_weights")) return [];
  const byStage = new Map<number, { before: number[]; factor: number[]; after: number[] }>();
  for await (const batch of run.readTable("stage_weights", "newest_first")) {
    if (!takeRows(batch, netuid, epoch, byStage) && byStage.size > 0) break;
  }
  return [...byStage]
    .sort(([a], [b]) => a - b)
    .map(([stage, { before, factor, after }]) => ({
      stage,
      before: Float64Array.from(before),
      factor: Float64Array.from(factor),
      after: Float64Array.from(after),
    }));
}

/** Does the batch begin with rows of the epoch, so that the one before may have more? */
function takeRows(
  batch: ColumnBatch,
  wantedNetuid: number,
  wantedEpoch: number,
  into: Map<number, { before: number[]; factor: number[]; after: number[] }>,
): boolean {
  const [netuid, epoch, stage, before, factor, after] = NAMES.map((name) => numberColumn(batch, name));
  for (let row = 0; row < batch.rows; row++) {
    if (netuid[row] !== wantedNetuid || epoch[row] !== wantedEpoch) continue;
    const own = into.get(stage[row]) ?? { before: [], factor: [], after: [] };
    into.set(stage[row], own);
    own.before.push(before[row]);
    own.factor.push(factor[row]);
    own.after.push(after[row]);
  }
  return batch.rows > 0 && netuid[0] === wantedNetuid && epoch[0] === wantedEpoch;
}
