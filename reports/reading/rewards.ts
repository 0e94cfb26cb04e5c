import { numberColumn, type TableSource } from "./columns.js";
import { RaoSum } from "./rao-sum.js";

/** What a position was paid over the run up to an epoch, and in that epoch. */
export interface RewardTotals {
  readonly recorded_rao: bigint;
  readonly paid_rao: bigint;
  readonly epoch_recorded_rao: bigint;
  readonly epoch_paid_rao: bigint;
}

interface Sums {
  readonly recorded: RaoSum;
  readonly paid: RaoSum;
  readonly epochRecorded: RaoSum;
  readonly epochPaid: RaoSum;
}

/** Totals by position, to the chosen epoch included; undefined where the run did not record rewards. */
export async function readRewardTotals(
  run: TableSource,
  epochOf: (position: number) => number | undefined,
): Promise<ReadonlyMap<number, RewardTotals> | undefined> {
  if (!run.tables.includes("rewards")) return undefined;
  const sums = new Map<number, Sums>();
  for await (const batch of run.readTable("rewards")) {
    const [epoch, position, recorded, paid] = ["epoch", "position", "recorded_rao", "paid_rao"].map((name) => numberColumn(batch, name));
    for (let row = 0; row < batch.rows; row++) {
      const last = epochOf(position[row]);
      if (last === undefined || epoch[row] > last) continue;
      let sum = sums.get(position[row]);
      if (sum === undefined) {
        sum = { recorded: new RaoSum(), paid: new RaoSum(), epochRecorded: new RaoSum(), epochPaid: new RaoSum() };
        sums.set(position[row], sum);
      }
      sum.recorded.add(recorded[row]);
      sum.paid.add(paid[row]);
      if (epoch[row] !== last) continue;
      sum.epochRecorded.add(recorded[row]);
      sum.epochPaid.add(paid[row]);
    }
  }
  return new Map(
    [...sums].map(([position, sum]) => [
      position,
      {
        recorded_rao: sum.recorded.total,
        paid_rao: sum.paid.total,
        epoch_recorded_rao: sum.epochRecorded.total,
        epoch_paid_rao: sum.epochPaid.total,
      },
    ]),
  );
}
