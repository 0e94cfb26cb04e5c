import { type DataType, Dictionary, Field, Float64, Int32, Int64, Schema, TimestampMillisecond, Uint8, Utf8 } from "apache-arrow";
import { type ColumnDeclaration, InvariantError, STREAMS, type StreamKind } from "../../engine/index.js";

/**
 * Dictionary ids are given, never drawn: the library's default is a counter of the process, which would change the bytes.
 * All columns of addresses and names of a file share one dictionary, so a text is written once a file; a choice has its own.
 */
export const ADDRESS_DICTIONARY_ID = 0;

/** One instance, because the library refuses one dictionary id for two type objects. */
const TEXT = new Utf8();

/** The Arrow type of a stream column. `index` is its place in the declaration. */
export function streamColumnType(column: ColumnDeclaration, index: number): DataType {
  switch (column.type) {
    case "time":
      return new TimestampMillisecond();
    case "rao":
      return new Int64();
    case "real":
      return new Float64();
    case "int":
      return new Int32();
    case "address":
    case "name":
      return new Dictionary(TEXT, new Int32(), ADDRESS_DICTIONARY_ID);
    case "choice":
      return new Dictionary(TEXT, new Uint8(), 1 + index);
    case "flag":
    case "text":
    case "rao_sum":
      throw new InvariantError(`stream column ${column.name} has the type ${column.type}, which stream files do not hold`);
  }
}

/** Is a column one of texts of the dictionary that a file has for addresses and names? */
export function isShared({ type }: ColumnDeclaration): boolean {
  return type === "address" || type === "name";
}

/** Only an address or a name may be missing in a row (null); other columns say "none" by a value. */
export function isNullable(column: ColumnDeclaration): boolean {
  return isShared(column) && column.optional === true;
}

/** The Arrow schema of a stream kind, every declared column in its order. */
export function streamSchema(kind: StreamKind): Schema {
  const fields = STREAMS[kind].columns.map((column, index) => {
    const metadata = new Map([["tenure_type", column.type as string]]);
    if (column.unit !== "") metadata.set("unit", column.unit);
    return new Field(column.name, streamColumnType(column, index), isNullable(column), metadata);
  });
  return new Schema(fields, new Map([["tenure_stream", kind]]));
}
