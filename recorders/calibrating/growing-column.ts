/** Numbers that are added one by one, in an array that grows. */
export class GrowingColumn {
  #values = new Float64Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const wider = new Float64Array(2 * this.#length);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.#length++] = value;
  }

  /** What was added, without a copy; another value may change what it shows. */
  get values(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }
}
