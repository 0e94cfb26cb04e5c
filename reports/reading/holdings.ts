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
 * @param lastEpoch The run's last epoch, where that is the one wanted of everyone and there is one subnet: then the table
 *   is read from its end, and no further than needed.
 */
export async function readHoldings(
  run: TableSource,
  epochOf: (position: number) => number | undefined,
  lastEpoch?: number,
): Promise<ReadonlyMap<number, HoldingRow>> {
  const holdings = new Map<number, HoldingRow>();
  if (!run.tables.includes("holdings")) return holdings;
  const names = ["epoch", "position", "stake_rao", "received_rao", "remaining_rao", "held_share", "held_days", "multiplier"];
  for await (const batch of run.readTable("holdings", lastEpoch === undefined ? "oldest_first" : "newest_first")) {
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
    if (lastEpoch !== undefined && epoch[0] < lastEpoch) break;
  }
  return holdings;
}
