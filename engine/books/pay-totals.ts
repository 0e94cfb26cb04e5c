/** Unit of the high part of a total: 2^52. */
const UNIT = 4_503_599_627_370_496;

/**
 * What each position was paid in emission over the whole run, as recorded and under the rules: exact totals that may pass
 * 2^53. Emission that a run never pays (the miners' of an epoch that had not ended) counts in neither, so that the two
 * compare; under vesting schedules a reward counts as paid when it is awarded.
 */
export class PayTotals {
  /** Low parts of a position, 0 <= low < 2^52: recorded, paid. */
  private low = new Float64Array(512);
  /** How often each passed 2^52. */
  private high = new Float64Array(512);

  ensurePositions(count: number): void {
    if (count * 2 <= this.low.length) return;
    const low = new Float64Array(count * 4);
    low.set(this.low);
    this.low = low;
    const high = new Float64Array(count * 4);
    high.set(this.high);
    this.high = high;
  }

  /** Whole amounts from 0 to 2^53 - 1. */
  add(position: number, recordedRao: number, paidRao: number): void {
    const { low } = this;
    const at = position * 2;
    const recorded = low[at] + recordedRao;
    const paid = low[at + 1] + paidRao;
    if (recorded < UNIT) low[at] = recorded;
    else this.carry(at, recordedRao);
    if (paid < UNIT) low[at + 1] = paid;
    else this.carry(at + 1, paidRao);
  }

  recordedRao(position: number): bigint {
    return this.total(position * 2);
  }

  paidRao(position: number): bigint {
    return this.total(position * 2 + 1);
  }

  /** What it was paid as a double, which is exact below 2^53. */
  paidSoFarRao(position: number): number {
    const at = position * 2 + 1;
    return this.high[at] * UNIT + this.low[at];
  }

  private total(at: number): bigint {
    return BigInt(this.high[at]) * BigInt(UNIT) + BigInt(this.low[at]);
  }

  /** Adds an amount that fills the low part; the amount is split first, as their sum may be above 2^53. */
  private carry(at: number, amountRao: number): void {
    let rest = amountRao;
    if (rest >= UNIT) {
      rest -= UNIT;
      this.high[at] += 1;
    }
    this.low[at] += rest;
    if (this.low[at] >= UNIT) {
      this.low[at] -= UNIT;
      this.high[at] += 1;
    }
  }
}
