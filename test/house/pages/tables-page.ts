import { type ColumnDeclaration, RESULT_TABLES, STREAMS, type TableDeclaration } from "../../../engine/index.js";

const NOTE = "<!-- Made by `npm run docs:reference` from engine/tables. Do not edit. -->";

const escapeCell = (text: string) => text.replaceAll("|", "\\|");

function meaningOf({ meaning, values, optional }: ColumnDeclaration): string {
  const choices = values === undefined ? "" : ` One of ${values.map((value) => `\`${value}\``).join(", ")}.`;
  return escapeCell(`${meaning}${choices}${optional === true ? " Optional." : ""}`);
}

function tableSection(table: TableDeclaration): string {
  const rows = table.columns.map((column) => `| \`${column.name}\` | ${column.type} | ${escapeCell(column.unit)} | ${meaningOf(column)} |`);
  return [`### ${table.name}`, "", table.meaning, "", "| column | type | unit | meaning |", "|---|---|---|---|", ...rows].join("\n");
}

const TYPES = `## Types

| type | meaning | Arrow | DuckDB |
|---|---|---|---|
| time | an instant, ms since 1970 UTC | Timestamp(ms) | TIMESTAMP_MS |
| rao | a whole number of rao (10^-9 alpha or TAO), below 2^53 | Int64 | BIGINT |
| rao_sum | a whole number of rao that may pass 2^53, exact | Utf8 (decimal digits) | HUGEINT |
| real | a float64 | Float64 | DOUBLE |
| int | a whole number of 32 bits; -1 where the meaning says "none" | Int32 | INTEGER |
| address | an SS58 address | Dictionary of Utf8 | VARCHAR |
| choice | one of a fixed list of names | Dictionary of Utf8 | ENUM |
| flag | true or false | Bool | BOOLEAN |
| text | text | Utf8 | VARCHAR |`;

/** The reference of every table and stream, as Markdown. */
export function tablesPage(): string {
  return `${[
    NOTE,
    "# Tables and streams",
    "A run writes result tables; it reads streams. Both are declared once, in `engine/tables`. A scenario chooses the tables to record (`record.tables`); `positions` and `epochs` are always written.",
    "In `results.duckdb` a table also has a view `<table>_view` that adds the keys of its position, and its amounts as decimals of alpha, TAO or index tokens (`paid_rao` as `paid_alpha`, exact); `miners` has one row a miner. Where participants, validators or agents are named by a number, the view adds `name` and `group_name`. [Ask with SQL](../how-to/sql.md)",
    TYPES,
    "## Result tables",
    ...Object.values<TableDeclaration>(RESULT_TABLES).map(tableSection),
    "## Streams",
    ...Object.values(STREAMS).map(tableSection),
  ].join("\n\n")}\n`;
}
