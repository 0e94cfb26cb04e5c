import { shellWord } from "../text/shell-word.js";

/** The command that answers the rows behind a chart from a DuckDB file of a folder. */
export function duckdbCommand(folder: string, file: string, query: string): string {
  return `duckdb -readonly ${shellWord(`${folder}/${file}`)} ${shellWord(query)}`;
}

/** A text inside a query. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name of a column inside a query. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
