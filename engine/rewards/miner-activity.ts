/** What scores are made of, a column each, by miner; miners are in uid order. */
export class MinerActivity {
  /** Rao minted and redeemed in the epoch (or of all time). */
  readonly mintRao: Float64Array;
  readonly redeemRao: Float64Array;
  /** Transactions in an hour. */
  readonly transactionsPerHour: Float64Array;
  /** Evenness of hourly volumes, 0..1. */
  readonly consistency: Float64Array;

  constructor(readonly count: number) {
    this.mintRao = new Float64Array(count);
    this.redeemRao = new Float64Array(count);
    this.transactionsPerHour = new Float64Array(count);
    this.consistency = new Float64Array(count);
  }
}
