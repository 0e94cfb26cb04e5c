import { choiceNames, numberColumn, type TableSource } from "./columns.js";
import { RaoSum } from "./rao-sum.js";

/** Sums of the table `rewards` for one position. */
export interface RewardSums {
  /** Over the recorded epochs up to the chosen one, as far as they were read. */
  readonly recorded: RaoSum;
  readonly paid: RaoSum;
  /** In the chosen epoch. */
  readonly epochRecorded: RaoSum;
  readonly epochPaid: RaoSum;
  /** The parts of these that it was paid as a miner. */
  readonly recordedAsMiner: RaoSum;
  readonly paidAsMiner: RaoSum;
  readonly epochRecordedAsMiner: RaoSum;
  readonly epochPaidAsMiner: RaoSum;
}

function emptySums(): RewardSums {
  return {
    recorded: new RaoSum(),
    paid: new RaoSum(),
    epochRecorded: new RaoSum(),
    epochPaid: new RaoSum(),
    recordedAsMiner: new RaoSum(),
    paidAsMiner: new RaoSum(),
    epochRecordedAsMiner: new RaoSum(),
    epochPaidAsMiner: new RaoSum(),
  };
}

/**
 * Sums by position, to the chosen epoch included; undefined where the run did not record rewards. Parameters as
 * `readHoldings`; with `lastEpoch`, which is as `loneEpoch` and the run's last, only the sums of that epoch are whole.
 * @param upTo of a run with epochs of one subnet alone: no later one is read
 * @param earlierOf of a run with `upTo`: the position whose earlier epochs count; those of others are passed over. Left out: of all
 */
export async function readRewards(
  run: TableSource,
  epochOf: (position: number) => number | undefined,
  lastEpoch?: number,
  upTo = Number.POSITIVE_INFINITY,
  earlierOf?: number,
): Promise<ReadonlyMap<number, RewardSums> | undefined> {
  if (!run.tables.includes("rewards")) return undefined;
  const sums = new Map<number, RewardSums>();
  const names = ["epoch", "position", "role", "recorded_rao", "paid_rao"];
  for await (const batch of run.readTable("rewards", lastEpoch === undefined ? "oldest_first" : { epoch: lastEpoch })) {
    const [epoch, position, role, recorded, paid] = names.map((name) => numberColumn(batch, name));
    if (epoch[0] > upTo) break;
    const miner = choiceNames(batch, "role").indexOf("miner");
    const passesOver = earlierOf !== undefined && upTo !== Number.POSITIVE_INFINITY;
    for (let row = 0; row < batch.rows; row++) {
      if (passesOver && epoch[row] !== upTo && position[row] !== earlierOf) continue;
      const last = epochOf(position[row]);
      if (last === undefined || epoch[row] > last) continue;
      const sum = sums.get(position[row]) ?? emptySums();
      sums.set(position[row], sum);
      sum.recorded.add(recorded[row]);
      sum.paid.add(paid[row]);
      const asMiner = role[row] === miner;
      if (asMiner) {
        sum.recordedAsMiner.add(recorded[row]);
        sum.paidAsMiner.add(paid[row]);
      }
      if (epoch[row] !== last) continue;
      sum.epochRecorded.add(recorded[row]);
      sum.epochPaid.add(paid[row]);
      if (asMiner) {
        sum.epochRecordedAsMiner.add(recorded[row]);
        sum.epochPaidAsMiner.add(paid[row]);
      }
    }
  }
  return sums;
}
