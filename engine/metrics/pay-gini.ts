import { gini } from "./fairness/gini.js";
import { topShare } from "./fairness/top-share.js";

/**
 * How unequally the miners of a subnet are paid over a run, before a rule (by base shares) and under it: the Gini coefficient
 * of what each was paid in all, over everybody who ever had a part in a pot. The sums are doubles: a figure, no account.
 */
export class PayGini {
  /** By member: what it was paid, and whether it ever had a part. */
  #before = new Float64Array(64);
  #after = new Float64Array(64);
  #took = new Uint8Array(64);

  /**
   * Takes how a pot is shared: `base[i] * baseRao` before the rule, `final[i] * finalRao` under it.
   * @param members how many numbers the subnet has given out
   * @param member number of each on its subnet, from 0; below 0: no miner
   */
  take(
    members: number,
    member: Int32Array,
    base: Float64Array,
    baseRao: number,
    final: Float64Array,
    finalRao: number,
    count: number,
  ): void {
    if (members > this.#took.length) this.#widen(members);
    const before = this.#before;
    const after = this.#after;
    const took = this.#took;
    for (let i = 0; i < count; i++) {
      const one = member[i];
      if (one < 0) continue;
      took[one] = 1;
      before[one] += base[i] * baseRao;
      after[one] += final[i] * finalRao;
    }
  }

  /** How many ever had a part in a pot. */
  miners(): number {
    return this.#took.reduce((sum, one) => sum + one, 0);
  }

  before(): number {
    return this.#gini(this.#before);
  }

  after(): number {
    return this.#gini(this.#after);
  }

  /** Share of who gets most under the rule, 0..1; 0 where nobody gets anything. */
  top(): number {
    return topShare(Float64Array.from(this.#after).sort(), 1);
  }

  #gini(amounts: Float64Array): number {
    return gini(amounts.filter((_, member) => this.#took[member] === 1).sort());
  }

  #widen(members: number): void {
    const length = members * 2;
    const before = new Float64Array(length);
    before.set(this.#before);
    this.#before = before;
    const after = new Float64Array(length);
    after.set(this.#after);
    this.#after = after;
    const took = new Uint8Array(length);
    took.set(this.#took);
    this.#took = took;
  }
}
