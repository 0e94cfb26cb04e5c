/** A text inside a query. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name of a column inside a query. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
