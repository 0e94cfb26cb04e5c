import type { ColumnDeclaration, TableDeclaration } from "../../engine/index.js";

/** A text inside a query. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as SQL takes any. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function columnType(column: ColumnDeclaration): string {
  switch (column.type) {
    case "time":
      return "TIMESTAMP_MS";
    case "rao":
      return "BIGINT";
    case "rao_sum":
      return "HUGEINT";
    case "real":
      return "DOUBLE";
    case "int":
      return "INTEGER";
    case "choice":
      return `ENUM(${(column.values ?? []).map(quoteText).join(", ")})`;
    case "flag":
      return "BOOLEAN";
    case "text":
    case "address":
    case "name":
      return "VARCHAR";
  }
}

/** Bytes a row of the column takes in a DuckDB vector; 0 for what is put there value by value. */
export function vectorWidth(column: ColumnDeclaration): number {
  switch (column.type) {
    case "time":
    case "rao":
    case "real":
      return 8;
    case "int":
      return 4;
    case "choice":
    case "flag":
      return 1;
    case "text":
    case "address":
    case "name":
    case "rao_sum":
      return 0;
  }
}

/** The statements that make a table, with meaning and unit as comments. */
export function tableStatements(declaration: TableDeclaration): string[] {
  const columns = declaration.columns.map((column) => `${column.name} ${columnType(column)} NOT NULL`);
  return [
    `CREATE TABLE ${declaration.name} (${columns.join(", ")})`,
    `COMMENT ON TABLE ${declaration.name} IS ${quoteText(declaration.meaning)}`,
    ...declaration.columns.map((column) => {
      const unit = column.unit === "" ? "" : ` [${column.unit}]`;
      return `COMMENT ON COLUMN ${declaration.name}.${column.name} IS ${quoteText(column.meaning + unit)}`;
    }),
  ];
}
