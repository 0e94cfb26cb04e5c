/** Functions that DuckDB takes for pure although they read the clock, chance, settings, the version, or how a value lies in memory. */
const TAKEN_FOR_PURE: readonly string[] = [
  "current_localtime",
  "current_localtimestamp",
  "current_setting",
  "getvariable",
  "json_serialize_plan",
  "reservoir_quantile",
  "vector_type",
  "version",
];
/** It ends a query and answers nothing: whoever calls it in case of need stays pure. */
const ANSWERS_NOTHING = "error";
/** Macros that say who asks. */
const OF_WHO_ASKS: readonly string[] = ["current_role", "current_user", "session_user", "user"];

/**
 * Names of functions and macros of DuckDB whose answers are not of their arguments alone: of the time, of chance, of settings, of the
 * catalog, of who asks. A macro is one of them that calls one, or reads a table.
 * @param texts asks DuckDB
 */
export async function unrepeatableFunctions(texts: (sql: string) => Promise<(string | null)[][]>): Promise<ReadonlySet<string>> {
  const functions = await texts("SELECT DISTINCT function_name FROM duckdb_functions() WHERE stability <> 'CONSISTENT'");
  const names = new Set([...functions.map(([name]) => String(name)), ...TAKEN_FOR_PURE, ...OF_WHO_ASKS]);
  const macros = await texts("SELECT function_name, macro_definition FROM duckdb_functions() WHERE function_type = 'macro'");
  for (let known = -1; known < names.size; ) {
    known = names.size;
    for (const [name, definition] of macros) if (isUnrepeatable(String(definition), names)) names.add(String(name));
  }
  return names;
}

function isUnrepeatable(definition: string, names: ReadonlySet<string>): boolean {
  if (/\b(FROM|current_timestamp|current_date|localtime)\b/i.test(definition)) return true;
  const called = [...definition.matchAll(/(\w+)"?\(/g)].map(([, name]) => name.toLowerCase());
  return called.some((name) => name !== ANSWERS_NOTHING && names.has(name));
}
