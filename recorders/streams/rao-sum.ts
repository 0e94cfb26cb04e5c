/** A sum of doubles can take this many amounts of under 2^53 rao only when it is emptied in between. */
const SAFE = 9_007_199_254_740_992;

/** An exact sum of whole amounts: a double while that is exact, the rest in a bigint. */
export class RaoSum {
  #low = 0;
  #high = 0n;
  rows = 0;

  /** @param rao whole, 0 to 2^53 - 1 */
  add(rao: number): void {
    this.rows++;
    const sum = this.#low + rao;
    if (sum < SAFE) {
      this.#low = sum;
      return;
    }
    this.#high += BigInt(this.#low);
    this.#low = rao;
  }

  get value(): bigint {
    return this.#high + BigInt(this.#low);
  }

  get text(): string {
    return this.value.toString();
  }
}
