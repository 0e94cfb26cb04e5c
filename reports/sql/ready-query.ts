import { TenureError } from "../../engine/index.js";
import { nearestNameOrPart } from "../../scenarios/index.js";
import type { FolderKind } from "../../studies/index.js";
import { READY_QUERIES, type ReadyQuery } from "../queries/index.js";
import { checkQuery } from "./check-query.js";
import type { OpenTables } from "./open-tables.js";
import { tablesInWords } from "./refusals.js";

const KIND_WORDS: Readonly<Record<FolderKind, string>> = {
  run: "a run",
  replicates: "many replicates",
  comparison: "a comparison",
  tuning: "a tuning",
};

/** A ready-made query by its name. @throws TenureError `TEN-SQL-007` there is none */
export function readyQuery(name: string): ReadyQuery {
  const query = READY_QUERIES.find((one) => one.name === name);
  if (query !== undefined) return query;
  const names = READY_QUERIES.map((one) => one.name);
  const nearest = nearestNameOrPart(name, names);
  throw new TenureError({
    code: "TEN-SQL-007",
    what: "There is no ready-made query of this name.",
    place: { path: "--query" },
    found: name,
    allowed: names.join(", "),
    hint: nearest === undefined ? "`tenure sql --list` says what each of them answers." : `Did you mean ${nearest}?`,
  });
}

/**
 * Refuses a ready-made query whose tables a folder does not have.
 * @throws TenureError `TEN-SQL-008`
 */
export async function checkReady({ name, of, sql }: ReadyQuery, { kind, dir, database }: OpenTables): Promise<void> {
  if (kind !== of) {
    throw new TenureError({
      code: "TEN-SQL-008",
      what: `The query ${name} is for the folder of ${KIND_WORDS[of]}.`,
      place: { file: dir },
      found: `the folder of ${KIND_WORDS[kind]}`,
      allowed: READY_QUERIES.flatMap((one) => (one.of === kind ? [one.name] : [])).join(", "),
      hint:
        of === "run" && kind !== "tuning"
          ? "Ask a single run, such as one under replicates/."
          : "`tenure sql --list` says what each is for.",
    });
  }
  const missing = await missingTable(sql, database);
  if (missing === null) return;
  throw new TenureError({
    code: "TEN-SQL-008",
    what: `The query ${name} needs a table that this run did not record.`,
    place: { file: dir },
    found: `no ${missing}`,
    allowed: tablesInWords(await database.names()),
    hint: "Where its rules fill it, name the table in record.tables of the scenario and run it again.",
  });
}

/** The ready-made queries for a folder all of whose tables have rows there. */
export async function readyQueriesOf({ kind, database }: OpenTables): Promise<readonly ReadyQuery[]> {
  const filled = new Set((await database.catalog()).flatMap(({ name, rows }) => (rows > 0 ? [name] : [])));
  const names = await database.names();
  const queries: ReadyQuery[] = [];
  for (const query of READY_QUERIES) {
    if (query.of !== kind || (await missingTable(query.sql, database)) !== null) continue;
    if ((await checkQuery(database, query.sql, names)).every((name) => filled.has(name))) queries.push(query);
  }
  return queries;
}

/** The first table or view of a query that is not there; null: all are. */
async function missingTable(sql: string, database: OpenTables["database"]): Promise<string | null> {
  try {
    await checkQuery(database, sql, await database.names());
    return null;
  } catch (error) {
    if (error instanceof TenureError && error.code === "TEN-SQL-003") return String(error.found);
    throw error;
  }
}
