import duckdb, { type LogicalType, type Vector } from "@duckdb/node-bindings";

const { Type } = duckdb;

/** Bytes of a text that a vector holds itself; of a longer one it holds where it lies. */
const MOST_INLINE_BYTES = 12;
const TEXT_CELL_BYTES = 16;

/** The text in a cell of a vector of VARCHAR that is not null. */
export function textCell(vector: Vector, row: number): string {
  const cells = duckdb.vector_get_data(vector, (row + 1) * TEXT_CELL_BYTES);
  const at = cells.byteOffset + row * TEXT_CELL_BYTES;
  const length = new DataView(cells.buffer, at).getUint32(0, true);
  if (length <= MOST_INLINE_BYTES) return Buffer.from(cells.buffer as ArrayBuffer, at + 4, length).toString("utf8");
  const pointerAt = at + 8;
  return Buffer.from(duckdb.get_data_from_pointer(cells.buffer as ArrayBuffer, pointerAt, length)).toString("utf8");
}

/** Types of columns that hold numbers, as DuckDB calls them, with what a cell takes. */
const NUMBERS: ReadonlyMap<number, { readonly bytes: number; readonly read: (view: DataView) => number }> = new Map([
  [Type.TINYINT, { bytes: 1, read: (view) => view.getInt8(0) }],
  [Type.SMALLINT, { bytes: 2, read: (view) => view.getInt16(0, true) }],
  [Type.INTEGER, { bytes: 4, read: (view) => view.getInt32(0, true) }],
  [Type.BIGINT, { bytes: 8, read: (view) => Number(view.getBigInt64(0, true)) }],
  [Type.HUGEINT, { bytes: 16, read: (view) => Number(wide(view)) }],
  [Type.UTINYINT, { bytes: 1, read: (view) => view.getUint8(0) }],
  [Type.USMALLINT, { bytes: 2, read: (view) => view.getUint16(0, true) }],
  [Type.UINTEGER, { bytes: 4, read: (view) => view.getUint32(0, true) }],
  [Type.UBIGINT, { bytes: 8, read: (view) => Number(view.getBigUint64(0, true)) }],
  [Type.UHUGEINT, { bytes: 16, read: (view) => Number(BigInt.asUintN(128, wide(view))) }],
  [Type.FLOAT, { bytes: 4, read: (view) => view.getFloat32(0, true) }],
  [Type.DOUBLE, { bytes: 8, read: (view) => view.getFloat64(0, true) }],
]);

/** A whole number of 128 bits. */
function wide(view: DataView): bigint {
  return (view.getBigInt64(8, true) << 64n) | view.getBigUint64(0, true);
}

/** Does a column of the type hold numbers? */
export function isNumberType(type: number): boolean {
  return type === Type.DECIMAL || NUMBERS.has(type);
}

/** A type as SQL calls it: `VARCHAR`, `TIMESTAMP_MS`. */
export function typeName(type: number): string {
  return Type[type] ?? `type ${type}`;
}

/**
 * The number in a cell of a column of numbers as the nearest double; null where it is null. What has decimals may be NaN or infinite.
 * @param type for which `isNumberType`
 */
export function numberCell(vector: Vector, type: LogicalType, row: number): number | null {
  const validity = duckdb.vector_get_validity(vector, 8 * (Math.floor(row / 64) + 1));
  if (!duckdb.validity_row_is_valid(validity, row)) return null;
  const id = duckdb.get_type_id(type);
  if (id !== Type.DECIMAL) return read(vector, id, row);
  return Number(decimalText(wholeOf(vector, duckdb.decimal_internal_type(type), row), duckdb.decimal_scale(type)));
}

function cellOf(vector: Vector, bytes: number, row: number): DataView {
  const cells = duckdb.vector_get_data(vector, bytes * (row + 1));
  return new DataView(cells.buffer, cells.byteOffset + bytes * row, bytes);
}

function read(vector: Vector, id: number, row: number): number {
  const number = NUMBERS.get(id);
  if (number === undefined) throw new TypeError(`a column of ${typeName(id)} holds no numbers`);
  return number.read(cellOf(vector, number.bytes, row));
}

/** What a decimal is held as: a whole number of its last place. */
function wholeOf(vector: Vector, id: number, row: number): bigint {
  if (id === Type.HUGEINT) return wide(cellOf(vector, 16, row));
  if (id === Type.BIGINT) return cellOf(vector, 8, row).getBigInt64(0, true);
  return BigInt(read(vector, id, row));
}

/** Read as text a decimal is rounded once, by whoever reads it. */
function decimalText(whole: bigint, scale: number): string {
  const digits = (whole < 0n ? -whole : whole).toString().padStart(scale + 1, "0");
  const at = digits.length - scale;
  return `${whole < 0n ? "-" : ""}${digits.slice(0, at)}.${digits.slice(at)}`;
}
