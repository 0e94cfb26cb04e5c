import { InvariantError, TenureError } from "../kernel/errors.js";
import { ceil, floor } from "../kernel/math.js";
import { isRao, MAX_RAO } from "../kernel/money.js";
import { HOUR_MS } from "../kernel/time.js";
import type { ActivityConfiguration } from "./configuration.js";
import { HourlyVolumes } from "./hourly-volumes.js";
import type { MinerActivity } from "./miner-activity.js";
import { SlidingCounts } from "./sliding-counts.js";

/** What a miner does with the index token. */
export type OperationSide = "mint" | "redeem";

/**
 * Records what miners mint and redeem, and answers what scores are made of (docs/explanation/rewards.md). Recording is O(1) amortised.
 * An hour is a window (start, end]: what happens at 10:00:00 belongs to the hour before.
 */
export class VolumeTracker {
  /** Volumes of the epoch, or of all time, rao. */
  readonly mintRao: Float64Array;
  readonly redeemRao: Float64Array;
  /** Transactions since the tracker began. */
  readonly transactions: Float64Array;
  private readonly hourly: HourlyVolumes;
  private readonly lastHour: SlidingCounts;
  /** Transactions in the hour before a miner's own last one. */
  private readonly ownFrequency: Float64Array;

  constructor(
    readonly minerCount: number,
    private readonly rules: ActivityConfiguration,
  ) {
    this.mintRao = new Float64Array(minerCount);
    this.redeemRao = new Float64Array(minerCount);
    this.transactions = new Float64Array(minerCount);
    this.hourly = new HourlyVolumes(minerCount);
    this.lastHour = new SlidingCounts(minerCount, HOUR_MS);
    this.ownFrequency = new Float64Array(minerCount);
  }

  /**
   * Records a transaction.
   *
   * @param timeMs not before the miner's last one
   * @param amountRao TAO value, whole rao
   * @param clockMs the clock at which it is seen, `timeMs` or later; `own_last_transaction` goes by it
   * @throws TenureError TEN-REWARD-114 where a volume passes 2^53 - 1 rao
   */
  record(miner: number, timeMs: number, side: OperationSide, amountRao: number, clockMs = timeMs): void {
    if (!(miner >= 0 && miner < this.minerCount)) throw new InvariantError(`there is no miner ${miner} to record`);
    if (!isRao(amountRao)) throw new InvariantError(`miner ${miner} is recorded with ${amountRao} rao`);
    const volumes = side === "mint" ? this.mintRao : this.redeemRao;
    if (this.mintRao[miner] + this.redeemRao[miner] + amountRao > MAX_RAO) throw volumeTooLarge(miner, timeMs, amountRao);
    volumes[miner] += amountRao;
    this.transactions[miner] += 1;
    this.lastHour.add(miner, timeMs);
    if (this.rules.frequencyAt === "own_last_transaction") this.ownFrequency[miner] = this.lastHour.count(miner, clockMs);
    // The original files by the hour that begins with a full hour, not by the one that ends with it.
    const hour = this.rules.hours === "active" ? floor(timeMs / HOUR_MS) : hourOf(timeMs);
    this.hourly.add(miner, hour, amountRao);
  }

  /** Hours in which a miner did anything, of the last 24 such. */
  activeHours(miner: number): number {
    return this.hourly.activeHours(miner);
  }

  /** What the miners did, as seen at `nowMs`, not before anything recorded. */
  read(nowMs: number, activity: MinerActivity): void {
    const { rules, hourly, lastHour } = this;
    const clock = rules.hours === "clock";
    const atEnd = rules.frequencyAt === "epoch_end";
    const hour = hourOf(nowMs);
    activity.mintRao.set(this.mintRao);
    activity.redeemRao.set(this.redeemRao);
    for (let miner = 0; miner < this.minerCount; miner++) {
      activity.transactionsPerHour[miner] = atEnd ? lastHour.count(miner, nowMs) : this.ownFrequency[miner];
      activity.consistency[miner] = clock ? hourly.clockConsistency(miner, hour) : hourly.activeConsistency(miner);
    }
  }

  /** A new epoch begins; volumes of all time stay. */
  closeEpoch(): void {
    if (this.rules.volumes === "all_time") return;
    this.mintRao.fill(0);
    this.redeemRao.fill(0);
  }
}

/** The hour (start, end] that holds an instant, in hours since 1970. */
function hourOf(timeMs: number): number {
  return ceil(timeMs / HOUR_MS) - 1;
}

function volumeTooLarge(miner: number, timeMs: number, found: number): TenureError {
  return new TenureError({
    code: "TEN-REWARD-114",
    what: `Miner ${miner} moves more than can be counted exactly.`,
    place: { timeMs },
    found,
    allowed: `volumes of at most ${MAX_RAO} rao a miner`,
    hint: "Check the amounts: they are rao, not tokens. Volumes of the epoch start anew each epoch.",
  });
}
