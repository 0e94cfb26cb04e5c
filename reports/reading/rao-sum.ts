/** An exact sum of rao that may pass 2^53. */
export class RaoSum {
  #high = 0n;
  #low = 0;

  add(amountRao: number): void {
    const sum = this.#low + amountRao;
    if (Number.isSafeInteger(sum)) {
      this.#low = sum;
      return;
    }
    this.#high += BigInt(this.#low);
    this.#low = amountRao;
  }

  get total(): bigint {
    return this.#high + BigInt(this.#low);
  }
}
