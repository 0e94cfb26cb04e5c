/** Is it what DuckDB says of a query, and no failure of another kind? */
export function isSaidByDuckdb(message: string): boolean {
  return /^[A-Z][\w ]* Error: /.test(message);
}

/** The lines in which DuckDB says what is wrong; its excerpt of the query is left out. */
export function duckdbWords(message: string): string {
  const [said] = message.split(/\n\s*LINE \d+:/);
  return said.split("\n").join(" ").trim();
}

/** ` (line 3 of it)`, or nothing where DuckDB names no line. */
export function lineWords(message: string): string {
  const line = /LINE (\d+):/.exec(message)?.[1];
  return line === undefined ? "" : ` (line ${line} of it)`;
}

/** What a statement begins with: `DELETE`. */
export function firstWord(sql: string): string {
  return /[A-Za-z]+/.exec(sql.replaceAll(/--.*$/gm, " ").replaceAll(/\/\*[\s\S]*?\*\//g, " "))?.[0].toUpperCase() ?? "no statement";
}
