import { type Data, type DataType, makeData, Utf8, type Vector, vectorFromArray } from "apache-arrow";
import type { ColumnArray, ColumnDeclaration } from "../../engine/index.js";
import { makeColumnEncoder } from "../arrow/column-encoders.js";
import type { AddressDictionary } from "./address-dictionary.js";
import { isShared } from "./stream-schema.js";

/** Gathers the values of one column until a record batch is full. Its memory is used again for the next batch. */
export interface StreamColumnEncoder {
  put(column: ColumnArray, start: number, count: number, at: number): void;
  /** Called for all columns before any `data`: names what the batch adds to the file's dictionary. */
  settle?(rows: number): void;
  /** The first `rows` values; a view of the encoder's memory. `addresses` is the file's dictionary at this moment. */
  data(rows: number, addresses: Vector<Utf8>): Data;
}

/**
 * Address ids as indexes of the file's dictionary; -1 as null. Indexes are given when a batch is full, never as rows
 * arrive: else the order of the dictionary, and with it the bytes, would depend on the pieces rows are handed over in.
 */
class AddressEncoder implements StreamColumnEncoder {
  readonly #values: Int32Array;
  readonly #valid: Uint8Array;
  #nullCount = 0;

  constructor(
    readonly type: DataType,
    readonly dictionary: AddressDictionary,
    capacity: number,
  ) {
    this.#values = new Int32Array(capacity);
    this.#valid = new Uint8Array(Math.ceil(capacity / 64) * 8);
  }

  put(column: ColumnArray, start: number, count: number, at: number): void {
    this.#values.set((column as Int32Array).subarray(start, start + count), at);
  }

  settle(rows: number): void {
    const values = this.#values;
    const valid = this.#valid.fill(0);
    this.#nullCount = 0;
    for (let row = 0; row < rows; row++) {
      if (values[row] >= 0) {
        values[row] = this.dictionary.indexOf(values[row]);
        valid[row >> 3] |= 1 << (row & 7);
      } else {
        // A null still has a value in the buffer; one that every reader can look up.
        values[row] = 0;
        this.#nullCount++;
      }
    }
  }

  data(rows: number, addresses: Vector<Utf8>): Data {
    const nullCount = this.#nullCount;
    const validity = nullCount === 0 ? {} : { nullBitmap: this.#valid.subarray(0, Math.ceil(rows / 64) * 8) };
    return makeData({
      type: this.type,
      length: rows,
      nullCount,
      data: this.#values.subarray(0, rows),
      dictionary: addresses,
      ...validity,
    } as never);
  }
}

/** An encoder for up to `capacity` rows of a stream column. */
export function makeStreamColumnEncoder(
  column: ColumnDeclaration,
  type: DataType,
  capacity: number,
  addresses: AddressDictionary,
): StreamColumnEncoder {
  if (isShared(column)) return new AddressEncoder(type, addresses, capacity);
  const values = column.type === "choice" ? vectorFromArray<Utf8>([...(column.values ?? [])], new Utf8()) : undefined;
  return makeColumnEncoder(column, type, capacity, values);
}
