import type { QueryLimits, TableAnswer } from "../../recorders/index.js";
import { checkQuery, saidOfQuery } from "./check-query.js";
import type { OpenTables } from "./open-tables.js";

/** How long a query may compute where nothing else is said, ms. */
export const QUERY_TIMEOUT_MS = 60_000;

/**
 * What one SELECT gives of the tables of a folder. It reaches nothing else: no file, no network, no setting, no clock, no chance.
 * @param limits how long it may take, 60 s where nothing else is said
 * @throws TenureError `TEN-SQL-001` to `-006`; the reason of the signal
 */
export async function askTables({ database }: OpenTables, sql: string, limits: Partial<QueryLimits> = {}): Promise<TableAnswer> {
  await checkQuery(database, sql, await database.names());
  return saidOfQuery(() => database.ask(sql, { timeoutMs: QUERY_TIMEOUT_MS, ...limits }));
}
