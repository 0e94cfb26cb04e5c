/** Numbers in a row that grows, eight bytes each. */
export class NumbersList {
  #values = new Float64Array(1_024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(...values: readonly number[]): void {
    if (this.#length + values.length > this.#values.length) {
      const grown = new Float64Array(this.#values.length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    for (const value of values) this.#values[this.#length++] = value;
  }

  at(index: number): number {
    return this.#values[index];
  }
}
