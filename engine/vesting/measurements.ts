/** What was measured of each position of a subnet at an instant; arrays by index in `subnet.positions`. */
export class Measurements {
  count = 0;
  stakeRao = new Float64Array(256);
  receivedRao = new Float64Array(256);
  remainingRao = new Float64Array(256);
  heldShare = new Float64Array(256);
  heldDays = new Float64Array(256);
  /** What the rule answers; 1 below the minimum stake, before `vesting.start` and where nothing was received. */
  multiplier = new Float64Array(256);
  /** By what a weight is multiplied: the multiplier, or 0 where `below_minimum: zero` cuts. */
  factor = this.multiplier;
  /** 1 where the stake reaches the minimum. */
  eligible = new Uint8Array(256);
  /** 1 where the rule is asked: the stake reaches the minimum, and something was received. */
  asked = new Uint8Array(256);

  reserve(count: number): void {
    if (count <= this.stakeRao.length) return;
    const length = count * 2;
    this.stakeRao = new Float64Array(length);
    this.receivedRao = new Float64Array(length);
    this.remainingRao = new Float64Array(length);
    this.heldShare = new Float64Array(length);
    this.heldDays = new Float64Array(length);
    this.multiplier = new Float64Array(length);
    this.eligible = new Uint8Array(length);
    this.asked = new Uint8Array(length);
  }
}
