import { type Schema, Utf8, vectorFromArray } from "apache-arrow";
import type { TableDeclaration } from "../../engine/index.js";
import { type ColumnEncoder, makeColumnEncoder } from "../arrow/column-encoders.js";

/** An encoder for each column of a table, for up to `capacity` rows. */
export function tableEncoders(declaration: TableDeclaration, schema: Schema, capacity: number): readonly ColumnEncoder[] {
  return declaration.columns.map((column, index) => {
    const values = column.type === "choice" ? vectorFromArray<Utf8>([...(column.values ?? [])], new Utf8()) : undefined;
    return makeColumnEncoder(column, schema.fields[index].type, capacity, values);
  });
}
