import { Bool, type DataType, Dictionary, Field, Float64, Int32, Int64, Schema, TimestampMillisecond, Uint8, Utf8 } from "apache-arrow";
import { type ColumnDeclaration, InvariantError, type TableDeclaration } from "../../engine/index.js";

/**
 * The Arrow type of a column. `dictionaryId` is given, never drawn: the library's default is a counter of the process,
 * which would make the bytes depend on what ran before.
 */
export function arrowType(column: ColumnDeclaration, dictionaryId: number): DataType {
  switch (column.type) {
    case "time":
      return new TimestampMillisecond();
    case "rao":
      return new Int64();
    case "real":
      return new Float64();
    case "int":
      return new Int32();
    case "choice":
      return new Dictionary(new Utf8(), new Uint8(), dictionaryId);
    case "flag":
      return new Bool();
    case "text":
    case "rao_sum":
      return new Utf8();
    case "address":
    case "name":
      throw new InvariantError(`result column ${column.name} is an id of an address or a name; results name positions by id`);
  }
}

/** The Arrow schema of a result table. Fields carry the logical type and the unit; meanings may be reworded, so they stay out. */
export function arrowSchema(declaration: TableDeclaration): Schema {
  const fields = declaration.columns.map((column, index) => {
    const metadata = new Map([["tenure_type", column.type as string]]);
    if (column.unit !== "") metadata.set("unit", column.unit);
    return new Field(column.name, arrowType(column, index), false, metadata);
  });
  return new Schema(fields, new Map([["tenure_table", declaration.name]]));
}
