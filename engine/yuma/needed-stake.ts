import { Fraction } from "../kernel/decimal.js";
import { MAX_RAO } from "../kernel/money.js";

/**
 * How much stake is a part `kappa` of all. Of whole rao, at most 2^53 - 1 together, it is what the decimal that somebody wrote says,
 * exactly; of other stakes what doubles say.
 */
export class NeededStake {
  #total = -1;
  #whole = false;
  #needed = 0;

  /** @param kappa above 0, at most 1 */
  constructor(private readonly kappa: number) {}

  of(stakes: ArrayLike<number>, total: number): number {
    let whole = total <= MAX_RAO;
    for (let i = 0; i < stakes.length && whole; i++) whole = Number.isInteger(stakes[i]);
    if (total !== this.#total || whole !== this.#whole) {
      this.#total = total;
      this.#whole = whole;
      this.#needed = whole ? Number(Fraction.decimal(this.kappa).times(Fraction.whole(total)).ceil()) : this.kappa * total;
    }
    return this.#needed;
  }
}
