/** Mean and spread of values as they come, by Welford's recurrence: no cancellation where the spread is small beside the mean. */
export class RunningMean {
  #n = 0;
  #mean = 0;
  #squares = 0;

  add(value: number): void {
    this.#n += 1;
    const from = value - this.#mean;
    this.#mean += from / this.#n;
    this.#squares += from * (value - this.#mean);
  }

  get n(): number {
    return this.#n;
  }

  /** 0 where there is no value. */
  get mean(): number {
    return this.#mean;
  }

  /** Of a sample (n - 1); null for less than two values. */
  get standardDeviation(): number | null {
    return this.#n < 2 ? null : Math.sqrt(this.#squares / (this.#n - 1));
  }
}
