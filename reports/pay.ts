import type { PositionRow } from "./reading/positions.js";
import type { RewardSums } from "./reading/rewards.js";

/** What a position was paid, as the recording says and under the rules. */
export interface Pay {
  /** From the beginning of the run to the end of the epoch; null where the run did not record every epoch up to it. */
  readonly recorded_rao: bigint | null;
  readonly paid_rao: bigint | null;
  /** In the epoch; null where rewards were not recorded. */
  readonly epoch_recorded_rao: bigint | null;
  readonly epoch_paid_rao: bigint | null;
}

/** What totals are known of an epoch: those of the whole run, sums of the table `rewards`, or none. */
export type PayTotals = "run" | "summed" | "unknown";

/**
 * The pay of a position.
 * @param rewards undefined where the run did not record rewards or the position has none
 */
export function payOf({ at_end }: PositionRow, totals: PayTotals, recorded: boolean, rewards: RewardSums | undefined): Pay {
  const known = totals === "run" ? at_end : null;
  const summed = totals === "summed";
  return {
    recorded_rao: known?.recorded_rao ?? (summed ? (rewards?.recorded.total ?? 0n) : null),
    paid_rao: known?.paid_rao ?? (summed ? (rewards?.paid.total ?? 0n) : null),
    epoch_recorded_rao: recorded ? (rewards?.epochRecorded.total ?? 0n) : null,
    epoch_paid_rao: recorded ? (rewards?.epochPaid.total ?? 0n) : null,
  };
}

/** The same of what a miner was paid as one. */
export function minerPayOf({ at_end }: PositionRow, totals: PayTotals, recorded: boolean, rewards: RewardSums | undefined): Pay {
  const known = totals === "run" ? at_end : null;
  const summed = totals === "summed";
  return {
    recorded_rao: known?.recorded_as_miner_rao ?? (summed ? (rewards?.recordedAsMiner.total ?? 0n) : null),
    paid_rao: known?.paid_as_miner_rao ?? (summed ? (rewards?.paidAsMiner.total ?? 0n) : null),
    epoch_recorded_rao: recorded ? (rewards?.epochRecordedAsMiner.total ?? 0n) : null,
    epoch_paid_rao: recorded ? (rewards?.epochPaidAsMiner.total ?? 0n) : null,
  };
}
