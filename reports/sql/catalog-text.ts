import type { CatalogColumn, CatalogEntry } from "../../recorders/index.js";
import { formatCount } from "../format/numbers.js";
import type { ReportStyle } from "../style.js";
import { renderTable } from "../table.js";
import { paragraph } from "../text/paragraph.js";

/**
 * Tables with their rows and columns and what these mean; of a view that adds to a table what it adds. Those without rows are named
 * at the end.
 */
export function catalogText(entries: readonly CatalogEntry[], style: ReportStyle): string {
  const parts: string[] = [];
  for (const entry of entries.filter(({ rows }) => rows > 0)) {
    const table = entry.kind === "view" ? entries.find(({ name }) => `${name}_view` === entry.name) : undefined;
    parts.push(entryText(entry, table, style));
  }
  const empty = entries.filter(({ rows, kind }) => rows === 0 && kind === "table").map(({ name }) => name);
  if (empty.length > 0) parts.push(`${paragraph(`Without rows: ${empty.join(", ")}`, style)}\n`);
  return parts.join("\n");
}

function entryText(entry: CatalogEntry, table: CatalogEntry | undefined, style: ReportStyle): string {
  const known = new Set(table?.columns.map(({ name, type }) => `${name} ${type}`));
  const columns = entry.columns.filter(({ name, type }) => !known.has(`${name} ${type}`));
  const rows = entry.rows === 1 ? "1 row" : `${formatCount(entry.rows)} rows`;
  const head = `${style.bold(style.legible(entry.name))}  ${entry.kind === "view" ? "view, " : ""}${rows}`;
  const meaning = paragraph(table === undefined ? entry.meaning : `All columns of ${table.name}, and:`, style);
  return `${head}\n${meaning === "" ? "" : `${meaning}\n`}${renderTable(COLUMNS, columns, style)}\n`;
}

const COLUMNS = [
  { head: "column", cell: ({ name }: CatalogColumn) => name },
  { head: "type", cell: ({ type }: CatalogColumn) => (type.startsWith("ENUM(") ? "ENUM" : type) },
  { head: "meaning", cell: meaningOf, wraps: true },
];

function meaningOf({ meaning, type }: CatalogColumn): string {
  const values = /^ENUM\('(.*)'\)$/.exec(type)?.[1].split("', '");
  return values === undefined ? meaning : `${meaning} One of ${values.join(", ")}.`;
}
