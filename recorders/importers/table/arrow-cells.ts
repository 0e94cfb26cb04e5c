import { isUtf8 } from "node:buffer";
import { type Data, DataType, Vector } from "apache-arrow";
import type { Place } from "../../../engine/index.js";
import type { Cell } from "./table-source.js";
import { malformed } from "./unreadable.js";

const ALLOWED = "an Arrow file or stream";
/** Bytes that go on with a character in UTF-8 are 10xxxxxx. */
const goesOn = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;

type PlaceOf = (row: number) => Place;

function isText(type: DataType): boolean {
  return DataType.isUtf8(type) || DataType.isLargeUtf8(type);
}

function isReadable(type: DataType): boolean {
  return isText(type) || DataType.isInt(type) || DataType.isFloat(type) || DataType.isTimestamp(type) || DataType.isDate(type);
}

/**
 * The cells of a column, from row 0 of its batch on; undefined where its type holds neither numbers, times nor text. What the
 * library would read as nothing, or read again and again, is refused: values that are not there, texts that run into each
 * other, words that a dictionary does not have.
 * @throws TenureError `TEN-IMPORT-016`
 */
export function arrowCells(data: Data, place: PlaceOf): Cell[] | undefined {
  const isDictionary = DataType.isDictionary(data.type);
  const valueType = isDictionary ? data.type.dictionary : data.type;
  if (!isReadable(valueType)) return undefined;
  if (isDictionary) checkDictionary(data, place);
  else checkValues(data, place);
  const isWhole = DataType.isTimestamp(valueType) || DataType.isDate(valueType);
  const vector = new Vector([data]);
  return Array.from({ length: data.length }, (_, row) => {
    const value = valueAt(vector, row, place);
    if (value === null || value === undefined) return null;
    if (value instanceof Date) return value.getTime();
    // Finer than ms is cut off.
    return isWhole && typeof value === "number" ? Math.floor(value) : value;
  });
}

function valueAt(vector: Vector, row: number, place: PlaceOf): Cell | Date | undefined {
  try {
    return vector.get(row);
  } catch {
    // Of all types that are read, times alone have values that the library cannot give.
    throw malformed(
      place(row),
      "a time that is too large to be told",
      "times from 1970 to 2109",
      "Was it written in another unit than its field names?",
    );
  }
}

function damaged(place: Place, what: string) {
  return malformed(place, `a damaged Arrow file: ${what}`, ALLOWED);
}

function checkValues(data: Data, place: PlaceOf): void {
  const { length, nullCount, nullBitmap, values, stride, type } = data;
  if (nullCount > 0 && nullBitmap.byteLength * 8 < length) throw damaged(place(nullBitmap.byteLength * 8), "a value is not there");
  if (isText(type)) checkTexts(data, place);
  else if (values.length < length * stride) throw damaged(place(Math.floor(values.length / stride)), "a value is not there");
}

/** Each text begins where the one before ends, and is UTF-8: the library replaces what is none, which makes two texts one. */
function checkTexts(data: Data, place: PlaceOf): void {
  const offsets = data.valueOffsets as unknown as ArrayLike<number | bigint>;
  const bytes = data.values as Uint8Array;
  if (data.length === 0) return;
  if (offsets.length <= data.length) throw damaged(place(Math.max(0, offsets.length - 1)), "a text is not there");
  let end = offsets[0];
  for (let row = 0; row < data.length; row++) {
    const next = offsets[row + 1];
    if (end < 0 || next < end || next > bytes.length) throw damaged(place(row), "a text lies outside of the others");
    end = next;
  }
  const isWhole = isUtf8(bytes.subarray(Number(offsets[0]), Number(end)));
  for (let row = 0; row < data.length; row++) {
    if (isWhole && !goesOn(bytes[Number(offsets[row])])) continue;
    const text = bytes.subarray(Number(offsets[row]), Number(offsets[row + 1]));
    if (data.getValid(row) && !isUtf8(text)) throw malformed(place(row), "a text that is not UTF-8", "UTF-8");
  }
}

const checkedDictionaries = new WeakSet<Data>();

function checkDictionary(data: Data, place: PlaceOf): void {
  const { dictionary } = data;
  const indexes = data.values as unknown as ArrayLike<number | bigint>;
  if (indexes.length < data.length) throw damaged(place(indexes.length), "a value is not there");
  if (data.nullCount > 0 && data.nullBitmap.byteLength * 8 < data.length) throw damaged(place(0), "a value is not there");
  for (const words of dictionary?.data ?? []) {
    if (checkedDictionaries.has(words)) continue;
    checkValues(words, () => place(0));
    checkedDictionaries.add(words);
  }
  const words = dictionary?.length ?? 0;
  for (let row = 0; row < data.length; row++) {
    if ((indexes[row] < 0 || indexes[row] >= words) && data.getValid(row)) throw damaged(place(row), "a dictionary does not have a word");
  }
}
