type Column = Float64Array | Int32Array | Uint8Array;

/** A column that grows as rows come, and then lies in memory that threads share. */
export class GrowingColumn<C extends Column> {
  values: C;

  constructor(private readonly make: (memory: SharedArrayBuffer | number) => C) {
    this.values = make(4096);
  }

  /** Makes room for so many values. */
  reserve(length: number): C {
    if (length <= this.values.length) return this.values;
    const values = this.make(length * 2);
    values.set(this.values);
    this.values = values;
    return values;
  }

  /** The first of its values. */
  shared(length: number): C {
    const values = this.make(new SharedArrayBuffer(length * this.values.BYTES_PER_ELEMENT));
    values.set(this.values.subarray(0, length));
    return values;
  }
}

export const reals = (): GrowingColumn<Float64Array> =>
  new GrowingColumn((memory) => (typeof memory === "number" ? new Float64Array(memory) : new Float64Array(memory)));
export const integers = (): GrowingColumn<Int32Array> =>
  new GrowingColumn((memory) => (typeof memory === "number" ? new Int32Array(memory) : new Int32Array(memory)));
export const flags = (): GrowingColumn<Uint8Array> =>
  new GrowingColumn((memory) => (typeof memory === "number" ? new Uint8Array(memory) : new Uint8Array(memory)));
