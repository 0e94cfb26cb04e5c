import { InvariantError } from "../../../engine/index.js";
import { numberColumn, type TableSource } from "../../reading/columns.js";
import type { Epochs } from "../../reading/epochs.js";

/** What became of the miners' pot of one epoch; sums are doubles: figures, no accounts. */
export interface PotOfEpoch {
  readonly epoch: number;
  /** What nobody got that no stage keeps by statement: withheld from miners, or unallocated; of the pot, 0..1. */
  readonly lostShare: number;
  /** Was any of it paid to miners, or to who is outside the streams? */
  readonly isPaid: boolean;
}

/**
 * How much of each epoch's pot went to nobody.
 * @param statedBurn what stages that keep take of every pot, 0..1
 * @returns null where the run did not record where pots went
 */
export async function readPots(
  run: TableSource,
  netuid: number,
  epochs: Epochs,
  statedBurn: number,
  sendsElsewhere: boolean,
  /** What miners were paid in an epoch; undefined: all that was paid in it counts. */
  paidRao: (epoch: number) => number | undefined,
): Promise<readonly PotOfEpoch[] | null> {
  if (sendsElsewhere && !run.tables.includes("residuals")) return null;
  const elsewhere = sendsElsewhere ? await readElsewhere(run, netuid) : new Map<number, number>();
  return epochs.of(netuid).flatMap(({ epoch, paid_rao, unallocated_rao, outside_rao }) => {
    const residual = elsewhere.get(epoch) ?? 0;
    const given = (paidRao(epoch) ?? paid_rao) + outside_rao;
    const pot = given + unallocated_rao + residual;
    if (pot < 0) throw new InvariantError(`a pot of ${pot} rao in epoch ${epoch}`);
    if (pot === 0) return [];
    return [{ epoch, lostShare: Math.max(0, (residual + unallocated_rao) / pot - statedBurn), isPaid: given > 0 }];
  });
}

async function readElsewhere(run: TableSource, wanted: number): Promise<Map<number, number>> {
  const sums = new Map<number, number>();
  for await (const batch of run.readTable("residuals")) {
    const [netuid, epoch, amount] = ["netuid", "epoch", "amount_rao"].map((name) => numberColumn(batch, name));
    for (let row = 0; row < batch.rows; row++) {
      if (netuid[row] === wanted) sums.set(epoch[row], (sums.get(epoch[row]) ?? 0) + amount[row]);
    }
  }
  return sums;
}
