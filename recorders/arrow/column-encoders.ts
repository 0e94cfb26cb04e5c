import { type Data, type DataType, type Dictionary, makeData, type Utf8, type Vector } from "apache-arrow";
import type { ColumnArray, ColumnDeclaration } from "../../engine/index.js";

/** Gathers the values of one column until a record batch is full. Its memory is reused for every batch. */
export interface ColumnEncoder {
  /** Takes `count` values of `column` from `start` on as rows `at`, `at + 1`, ... of the batch. */
  put(column: ColumnArray, start: number, count: number, at: number): void;
  /** The first `rows` values. A view of the encoder's memory: write it before the next `put`. */
  data(rows: number): Data;
}

const TWO_32 = 4_294_967_296;

/** Whole doubles below 2^53 as Int64, by two halves of 32 bits: a BigInt a value costs eight times as much. */
class WholeNumberEncoder implements ColumnEncoder {
  readonly #halves: Int32Array;
  readonly #values: BigInt64Array;

  constructor(
    readonly type: DataType,
    capacity: number,
  ) {
    this.#halves = new Int32Array(capacity * 2);
    this.#values = new BigInt64Array(this.#halves.buffer);
  }

  put(column: ColumnArray, start: number, count: number, at: number): void {
    const from = column as Float64Array;
    const to = this.#halves;
    for (let row = 0, half = at * 2; row < count; row++, half += 2) {
      const value = from[start + row];
      to[half] = value | 0;
      to[half + 1] = Math.floor(value / TWO_32);
    }
  }

  data(rows: number): Data {
    return makeData({ type: this.type, length: rows, nullCount: 0, data: this.#values.subarray(0, rows) } as never);
  }
}

/** Values that are held as they are written: Float64, Int32, Uint8 codes. */
class PlainEncoder implements ColumnEncoder {
  constructor(
    readonly type: DataType,
    readonly values: Float64Array | Int32Array | Uint8Array,
    readonly dictionary?: Vector<Utf8>,
  ) {}

  put(column: ColumnArray, start: number, count: number, at: number): void {
    const from = column as Float64Array | Int32Array | Uint8Array;
    this.values.set(start === 0 && from.length === count ? from : from.subarray(start, start + count), at);
  }

  data(rows: number): Data {
    const data = this.values.subarray(0, rows);
    if (this.dictionary === undefined) return makeData({ type: this.type, length: rows, nullCount: 0, data } as never);
    return makeData({ type: this.type as Dictionary, length: rows, nullCount: 0, data, dictionary: this.dictionary } as never);
  }
}

class FlagEncoder implements ColumnEncoder {
  readonly #flags: Uint8Array;
  readonly #bits: Uint8Array;

  constructor(
    readonly type: DataType,
    capacity: number,
  ) {
    this.#flags = new Uint8Array(capacity);
    this.#bits = new Uint8Array(Math.ceil(capacity / 64) * 8);
  }

  put(column: ColumnArray, start: number, count: number, at: number): void {
    this.#flags.set((column as Uint8Array).subarray(start, start + count), at);
  }

  data(rows: number): Data {
    const flags = this.#flags;
    const bytes = Math.ceil(rows / 64) * 8;
    const bits = this.#bits.fill(0, 0, bytes);
    for (let row = 0; row < rows; row++) if (flags[row] !== 0) bits[row >> 3] |= 1 << (row & 7);
    return makeData({ type: this.type, length: rows, nullCount: 0, data: bits.subarray(0, bytes) } as never);
  }
}

class TextColumnEncoder implements ColumnEncoder {
  readonly #texts: string[] = [];
  readonly #offsets: Int32Array;
  #bytes = Buffer.alloc(4096);

  constructor(
    readonly type: DataType,
    capacity: number,
  ) {
    this.#offsets = new Int32Array(capacity + 1);
  }

  put(column: ColumnArray, start: number, count: number, at: number): void {
    const from = column as string[];
    for (let row = 0; row < count; row++) this.#texts[at + row] = from[start + row];
  }

  data(rows: number): Data {
    let end = 0;
    for (let row = 0; row < rows; row++) {
      const text = this.#texts[row];
      // A UTF-16 unit takes at most three bytes of UTF-8.
      if (end + text.length * 3 > this.#bytes.length) {
        this.#bytes = Buffer.concat([this.#bytes], Math.max(this.#bytes.length * 2, end + text.length * 3));
      }
      end += this.#bytes.write(text, end, "utf8");
      this.#offsets[row + 1] = end;
    }
    const valueOffsets = this.#offsets.subarray(0, rows + 1);
    return makeData({ type: this.type, length: rows, nullCount: 0, valueOffsets, data: this.#bytes.subarray(0, end) } as never);
  }
}

/** An encoder for up to `capacity` rows. `values` is the dictionary of a `choice`, the same vector for the whole file. */
export function makeColumnEncoder(column: ColumnDeclaration, type: DataType, capacity: number, values?: Vector<Utf8>): ColumnEncoder {
  switch (column.type) {
    case "time":
    case "rao":
      return new WholeNumberEncoder(type, capacity);
    case "real":
      return new PlainEncoder(type, new Float64Array(capacity));
    case "int":
    case "address":
    case "name":
      return new PlainEncoder(type, new Int32Array(capacity));
    case "choice":
      return new PlainEncoder(type, new Uint8Array(capacity), values);
    case "flag":
      return new FlagEncoder(type, capacity);
    case "text":
    case "rao_sum":
      return new TextColumnEncoder(type, capacity);
  }
}
