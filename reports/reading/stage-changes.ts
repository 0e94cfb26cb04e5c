import { numberColumn, type TableSource } from "./columns.js";

/** What a stage did to the share of a miner in an epoch, as the table `stage_weights` has it: below 0 it took something. */
export type TakeStageChange = (netuid: number, epoch: number, stage: number, change: number) => void;

const COLUMNS = ["netuid", "epoch", "stage", "share_before", "share_after"] as const;

/** Every change of a share by a stage, in the order of the table; none where it was not recorded. */
export async function readStageChanges(run: TableSource, take: TakeStageChange): Promise<void> {
  if (!run.tables.includes("stage_weights")) return;
  for await (const batch of run.readTable("stage_weights")) {
    const [netuid, epoch, stage, before, after] = COLUMNS.map((name) => numberColumn(batch, name));
    for (let row = 0; row < batch.rows; row++) take(netuid[row], epoch[row], stage[row], after[row] - before[row]);
  }
}
