/** What anti-gaming does to a miner's score in an epoch, by miner. */
export class MinerStanding {
  /** 1: not ranked, and not part of what others are measured against. */
  readonly excluded: Uint8Array;
  /** What score and base weight are multiplied by, 0..1. */
  readonly factor: Float64Array;

  constructor(readonly count: number) {
    this.excluded = new Uint8Array(count);
    this.factor = new Float64Array(count).fill(1);
  }

  /** Everybody in good standing. */
  clear(): void {
    this.excluded.fill(0);
    this.factor.fill(1);
  }
}
