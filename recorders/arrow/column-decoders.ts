import type { Data } from "apache-arrow";
import { allocateColumn, type ColumnArray, type ColumnDeclaration } from "../../engine/index.js";

const TWO_32 = 4_294_967_296;

/** Int64 values as doubles; whole numbers below 2^53 come back as they were. */
function wholeNumbers(values: BigInt64Array, rows: number): Float64Array {
  const halves = new Int32Array(values.buffer, values.byteOffset, rows * 2);
  const numbers = new Float64Array(rows);
  for (let row = 0; row < rows; row++) numbers[row] = halves[row * 2 + 1] * TWO_32 + (halves[row * 2] >>> 0);
  return numbers;
}

/** Where the text of a row lies: bytes `offsets[row]` to `offsets[row + 1]` of `bytes`. */
export function textBytes(data: Data): { readonly bytes: Uint8Array; readonly offsets: Int32Array } {
  return { bytes: data.values as Uint8Array, offsets: data.valueOffsets as Int32Array };
}

/** Bits `from`, `from + 1`, ... as bytes of 0 and 1. */
export function unpackFlags(bits: Uint8Array, from: number, count: number, flags: Uint8Array): void {
  for (let row = 0; row < count; row++) flags[row] = (bits[(from + row) >> 3] >> ((from + row) & 7)) & 1;
}

/** One column of a record batch as the engine holds it. */
export function decodeColumn(column: ColumnDeclaration, data: Data, rows: number): ColumnArray {
  switch (column.type) {
    case "time":
    case "rao":
      return wholeNumbers(data.values as BigInt64Array, rows);
    case "real":
    case "int":
    case "address":
    case "name":
    case "choice":
      return (data.values as Float64Array | Int32Array | Uint8Array).subarray(0, rows);
    case "flag": {
      const flags = allocateColumn("flag", rows) as Uint8Array;
      unpackFlags(data.values as Uint8Array, data.offset, rows, flags);
      return flags;
    }
    case "text":
    case "rao_sum": {
      const { bytes, offsets } = textBytes(data);
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const texts: string[] = [];
      for (let row = 0; row < rows; row++) texts.push(buffer.toString("utf8", offsets[row], offsets[row + 1]));
      return texts;
    }
  }
}
