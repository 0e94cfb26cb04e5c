import { numberColumn, type TableSource } from "./columns.js";

/** A row of the table `holdings`. */
export interface HoldingRow {
  readonly epoch: number;
  readonly position: number;
  readonly stake_rao: number;
  readonly received_rao: number;
  readonly remaining_rao: number;
  readonly held_share: number;
  readonly held_days: number;
  readonly multiplier: number;
}

/**
 * The holdings of the chosen epochs, by position. Empty where the run did not record them.
 * @param epochOf The epoch wanted of a position; undefined for none.
 * @param loneEpoch The epoch that is wanted of everyone, where the run has epochs of one subnet alone: then only what holds it
 *   is read.
 */
export async function readHoldings(
  run: TableSource,
  epochOf: (position: number) => number | undefined,
  loneEpoch?: number,
): Promise<ReadonlyMap<number, HoldingRow>> {
  const holdings = new Map<number, HoldingRow>();
  if (!run.tables.includes("holdings")) return holdings;
  const names = ["epoch", "position", "stake_rao", "received_rao", "remaining_rao", "held_share", "held_days", "multiplier"];
  for await (const batch of run.readTable("holdings", loneEpoch === undefined ? "oldest_first" : { epoch: loneEpoch })) {
    const [epoch, position, stake, received, remaining, share, days, multiplier] = names.map((name) => numberColumn(batch, name));
    for (let row = 0; row < batch.rows; row++) {
      if (epoch[row] !== epochOf(position[row])) continue;
      holdings.set(position[row], {
        epoch: epoch[row],
        position: position[row],
        stake_rao: stake[row],
        received_rao: received[row],
        remaining_rao: remaining[row],
        held_share: share[row],
        held_days: days[row],
        multiplier: multiplier[row],
      });
    }
  }
  return holdings;
}
