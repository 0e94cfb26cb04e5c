import { TenureError } from "../../engine/index.js";
import { nearestName } from "../../scenarios/index.js";
import { duckdbWords, lineWords } from "../../studies/index.js";

const PLACE = { path: "query" };
const HINT = "`tenure sql <folder> --tables` lists tables and columns; `--list` has queries to begin with.";

export function failedQuery(message: string): TenureError {
  return new TenureError({
    code: "TEN-SQL-001",
    what: `The query does not go through${lineWords(message)}.`,
    place: PLACE,
    found: duckdbWords(message),
    allowed: "a query over the tables of the folder, in DuckDB's SQL",
    hint: HINT,
  });
}

export function notOneSelect(found: string): TenureError {
  return new TenureError({
    code: "TEN-SQL-002",
    what: "The query is not one that only reads.",
    place: PLACE,
    found,
    allowed: "one SELECT, also WITH ... SELECT, and FROM ... alone",
    hint: HINT,
  });
}

export function unknownTable(found: string, known: readonly string[]): TenureError {
  const nearest = nearestName(found, known);
  return new TenureError({
    code: "TEN-SQL-003",
    what: "The query names a table that is not in the folder.",
    place: PLACE,
    found,
    allowed: tablesInWords(known),
    hint:
      nearest === undefined
        ? "Files and other databases cannot be read. `--tables` says what the tables hold."
        : `Did you mean ${nearest}?`,
  });
}

/** Names of tables; views that go by the name of a table are not listed one by one. */
export function tablesInWords(known: readonly string[]): string {
  const own = known.filter((name) => !name.endsWith("_view"));
  return `${own.join(", ")}${own.length === known.length ? "" : "; with _view behind it those that have one"}`;
}

export function notOfTables(found: string): TenureError {
  return new TenureError({
    code: "TEN-SQL-004",
    what: "The query has something in it whose answer does not follow from the tables alone.",
    place: PLACE,
    found,
    allowed: "tables and views of the folder, and functions that answer the same whenever they are asked",
    hint: "Files, settings, chance and the time of day are out of reach. `--tables` describes the tables.",
  });
}

export function outOfMemory(message: string): TenureError {
  return new TenureError({
    code: "TEN-SQL-005",
    what: "The query needs more memory than it may have.",
    place: PLACE,
    found: duckdbWords(message),
    allowed: "2 GB for the query and its answer",
    hint: "Ask for fewer rows or columns; sum before joining.",
  });
}
