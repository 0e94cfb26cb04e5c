import type { ResultTableName } from "../../engine/index.js";
import type { AroundNative } from "./query-answer.js";
import { viewStatements } from "./result-views.js";
import type { RunDatabase } from "./run-database.js";

/** As `RunDatabase.open`, whose library is loaded only here: who asks no query does without it. */
export async function openRunDatabase(tables: readonly ResultTableName[], around?: AroundNative): Promise<RunDatabase> {
  const { RunDatabase } = await import("./run-database.js");
  return RunDatabase.open(tables, around);
}

/** The views over some tables by their names, each with the query that it stands for. */
export function viewQueries(tables: readonly ResultTableName[]): ReadonlyMap<string, string> {
  return new Map(
    viewStatements(tables).map((statement) => {
      const [, name = "", query = ""] = /^CREATE VIEW (\S+) AS (.*)$/s.exec(statement) ?? [];
      return [name, query];
    }),
  );
}
