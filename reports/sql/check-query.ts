import type { TablesDatabase } from "../../recorders/index.js";
import { firstWord, isSaidByDuckdb, type QuerySyntax, querySyntax } from "../../studies/index.js";
import { failedQuery, notOfTables, notOneSelect, outOfMemory, unknownTable } from "./refusals.js";

/**
 * Refuses a query that is not one SELECT over the tables of a database.
 * @param known names of its tables and views
 * @returns those that it reads
 * @throws TenureError `TEN-SQL-001` to `-004`
 */
export async function checkQuery(database: TablesDatabase, sql: string, known: readonly string[]): Promise<readonly string[]> {
  const { statements, tables, own, refused } = await syntaxOf(database, sql);
  if (statements !== 1) throw notOneSelect(`${statements} statements`);
  const stranger = tables.find((name) => !known.includes(name) && !own.has(name));
  if (stranger !== undefined) throw unknownTable(stranger, known);
  if (refused.length > 0) throw notOfTables(refused[0]);
  return tables.filter((name) => known.includes(name));
}

async function syntaxOf(database: TablesDatabase, sql: string): Promise<QuerySyntax> {
  const tree = (await saidOfQuery(() => database.syntax(sql))) as {
    error: boolean;
    error_type?: string;
    error_message?: string;
    statements?: readonly unknown[];
  };
  if (!tree.error) return querySyntax(tree.statements ?? [], await database.unrepeatableFunctions(), database.name);
  if (tree.error_type === "not implemented") throw notOneSelect(firstWord(sql));
  throw failedQuery(tree.error_message ?? String(tree.error_type));
}

/**
 * Asks DuckDB; what it says is about the query, or about memory.
 * @throws TenureError `TEN-SQL-001`, `-005`; what else it throws
 */
export async function saidOfQuery<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    if (!isSaidByDuckdb(words)) throw error;
    throw words.startsWith("Out of Memory Error") ? outOfMemory(words) : failedQuery(words);
  }
}
