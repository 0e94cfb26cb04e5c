import type { Data, RecordBatch } from "apache-arrow";
import {
  allocateColumn,
  type ColumnArray,
  type ColumnBatch,
  type ColumnDeclaration,
  STREAMS,
  type StreamKind,
  TenureError,
} from "../../engine/index.js";
import type { RowCheck } from "./row-check.js";
import { isNullable } from "./stream-schema.js";

const TWO_32 = 4_294_967_296;
/** Upper halves below this are those of 0 to 2^53 - 1; a negative number has an upper half above it when read unsigned. */
const HIGH_LIMIT = 0x20_0000;

/** Which column of the file holds which declared column; -1 where the file leaves an optional one out. */
export type ColumnPlaces = readonly number[];

/** Int64 values as doubles. Both halves are looked at first, so no value is rounded on its way into a double. */
function wholeNumbers(column: ColumnDeclaration, values: BigInt64Array, rows: number, check: RowCheck): Float64Array {
  const halves = new Uint32Array(values.buffer, values.byteOffset, rows * 2);
  const numbers = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const high = halves[row * 2 + 1];
    if (high >= HIGH_LIMIT) {
      throw new TenureError({
        code: column.type === "rao" ? "TEN-STREAM-010" : "TEN-STREAM-012",
        what: column.type === "rao" ? "An amount is not whole rao below 2^53." : "A time is out of range.",
        place: check.place(row, column.name),
        found: values[row],
        allowed: "0 to 9007199254740991",
      });
    }
    numbers[row] = high * TWO_32 + halves[row * 2];
  }
  return numbers;
}

/** Dictionary indexes as ids of the world's address book; nulls as -1. */
function addressIds(column: ColumnDeclaration, data: Data, rows: number, ids: Int32Array, check: RowCheck): Int32Array {
  const indexes = data.values as Int32Array;
  const valid = data.nullCount > 0 ? data.nullBitmap : undefined;
  const found = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    if (valid !== undefined && ((valid[row >> 3] >> (row & 7)) & 1) === 0) {
      found[row] = -1;
      continue;
    }
    const index = indexes[row];
    if (!(index >= 0 && index < ids.length)) {
      throw new TenureError({
        code: "TEN-STREAM-012",
        what: "An address is not in the dictionary of its file.",
        place: check.place(row, column.name),
        found: index,
        allowed: `0 to ${ids.length - 1}`,
      });
    }
    found[row] = ids[index];
  }
  return found;
}

/** The first row of a batch without a value. */
function firstNull(data: Data, rows: number): number {
  const valid = data.nullBitmap;
  for (let row = 0; row < rows; row++) if (((valid[row >> 3] >> (row & 7)) & 1) === 0) return row;
  return 0;
}

function decode(column: ColumnDeclaration, data: Data, rows: number, ids: Int32Array, check: RowCheck): ColumnArray {
  if (data.nullCount > 0 && !isNullable(column)) {
    throw new TenureError({
      code: "TEN-STREAM-012",
      what: "A column that must be filled has rows without a value.",
      place: check.place(firstNull(data, rows), column.name),
      found: `no value in ${data.nullCount} of these ${rows} rows`,
      allowed: "a value in every row",
    });
  }
  switch (column.type) {
    case "time":
    case "rao":
      return wholeNumbers(column, data.values as BigInt64Array, rows, check);
    case "address":
    case "name":
      return addressIds(column, data, rows, ids, check);
    default:
      return (data.values as Float64Array | Int32Array | Uint8Array).subarray(0, rows);
  }
}

/** The rows of a record batch as the engine holds them. Not yet checked by `RowCheck`. The arrays are the caller's to keep. */
export function decodeStreamBatch(
  kind: StreamKind,
  batch: RecordBatch,
  places: ColumnPlaces,
  ids: Int32Array,
  check: RowCheck,
): ColumnBatch {
  const declaration = STREAMS[kind];
  const rows = batch.numRows;
  const columns = declaration.columns.map((column, index) => {
    const place = places[index];
    if (place !== -1) return decode(column, batch.data.children[place], rows, ids, check);
    const absent = allocateColumn(column.type, rows) as Float64Array | Int32Array | Uint8Array;
    return absent.fill(column.missing ?? 0);
  });
  return { declaration, rows, columns };
}
