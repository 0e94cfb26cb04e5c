import { ALWAYS_TABLES, RESULT_TABLE_NAMES, type ResultTableName, TenureError, WHERE_FILLED_TABLES } from "../../engine/index.js";
import { openRunDatabase, type RunDatabase, viewQueries } from "../../recorders/index.js";
import { nearestName, type Scenario, scenarioFromResolved } from "../../scenarios/index.js";
import { duckdbWords, firstWord, isSaidByDuckdb, lineWords } from "./duckdb-words.js";
import { querySyntax } from "./query-syntax.js";

/** A query over the result tables of one run that gives one number. */
export interface SqlObjective {
  /** As it is called among the figures. */
  readonly name: string;
  /** One SELECT of DuckDB's SQL, over the tables and views of `results.duckdb` but for `runs`. */
  readonly sql: string;
}

/** A query that was found to be one, with the result tables that have to be recorded for it. */
export interface CheckedSqlObjective extends SqlObjective {
  /** In the order of their declarations. */
  readonly tables: readonly ResultTableName[];
}

const HINT = "docs/how-to/objectives.md has examples; the tables are in docs/reference/tables.md.";

/**
 * Checks queries before any run, on the tables of one without rows, and finds out which tables they need. What only data show is found by
 * `askSqlObjective`: how many rows it gives, and whether the number is one.
 * @param scenario whose runs they are to be asked of
 * @throws TenureError `TEN-TUNE-120` to `-125`
 */
export async function checkSqlObjectives(
  objectives: readonly SqlObjective[],
  scenario: Pick<Scenario, "resolved">,
): Promise<readonly CheckedSqlObjective[]> {
  if (objectives.length === 0) return [];
  const filled = fillableTables(scenario);
  const database = await openRunDatabase(filled);
  try {
    const check = new QueryCheck(database, filled, await database.unrepeatableFunctions());
    const checked: CheckedSqlObjective[] = [];
    for (const objective of objectives) checked.push({ ...objective, tables: await check.tablesOf(objective) });
    return checked;
  } finally {
    database.close();
  }
}

/**
 * The number that a query gives of a run.
 * @param database with the tables of the run
 * @throws TenureError `TEN-TUNE-120`, `-121`, `-125`, `-126`
 */
export async function askSqlObjective(objective: CheckedSqlObjective, database: RunDatabase): Promise<number> {
  const { rows, value } = await answerOf(objective, () => database.ask(objective.sql));
  if (rows !== 1) throw notOneNumber(objective, `${rows} rows`);
  if (value !== null && Number.isFinite(value)) return value === 0 ? 0 : value;
  throw notFinite(objective, value === null ? "NULL" : String(value));
}

/** All that runs of a scenario can fill, whatever it records. */
function fillableTables({ resolved }: Pick<Scenario, "resolved">): readonly ResultTableName[] {
  const all = scenarioFromResolved({ ...resolved, record: { ...resolved.record, tables: "all" } }).resolved.record.tables;
  return [...all, ...WHERE_FILLED_TABLES.filter((name) => !all.includes(name))];
}

class QueryCheck {
  readonly #views: ReadonlyMap<string, string>;

  constructor(
    private readonly database: RunDatabase,
    private readonly filled: readonly ResultTableName[],
    private readonly unrepeatable: ReadonlySet<string>,
  ) {
    this.#views = viewQueries(filled);
  }

  async tablesOf(objective: SqlObjective): Promise<readonly ResultTableName[]> {
    const { sql } = objective;
    const { statements, tables, own, refused } = await this.#syntaxOf(objective, sql);
    if (statements !== 1) throw notOneSelect(objective, `${statements} statements`);
    if (refused.length > 0) throw notOfTables(objective, refused[0]);
    const known = [...this.filled, ...this.#views.keys()];
    const stranger = tables.find((name) => !known.includes(name) && !own.has(name));
    if (stranger !== undefined) throw unknownTable(objective, stranger, this.filled, known);
    const { types, numeric } = await answerOf(objective, () => this.database.shape(sql));
    if (types.length !== 1) throw notOneNumber(objective, `${types.length} columns`);
    if (!numeric[0]) throw notFinite(objective, types[0]);
    const needed = new Set<string>(ALWAYS_TABLES);
    await this.#addNeeded(tables, needed);
    return RESULT_TABLE_NAMES.filter((name) => needed.has(name));
  }

  /** Tables that are named, and those behind the views that are. */
  async #addNeeded(names: readonly string[], needed: Set<string>): Promise<void> {
    for (const name of names) {
      if (needed.has(name)) continue;
      needed.add(name);
      const query = this.#views.get(name);
      if (query !== undefined) await this.#addNeeded((await this.#syntaxOf({ name, sql: query }, query)).tables, needed);
    }
  }

  async #syntaxOf(objective: SqlObjective, sql: string) {
    const tree = await answerOf(objective, () => this.database.syntax(sql));
    const { error, error_type, error_message, statements } = tree as {
      error: boolean;
      error_type?: string;
      error_message?: string;
      statements?: readonly unknown[];
    };
    if (!error) return querySyntax(statements ?? [], this.unrepeatable);
    if (error_type === "not implemented") throw notOneSelect(objective, firstWord(sql));
    throw failedQuery(objective, error_message ?? String(error_type));
  }
}

/** Asks DuckDB; what it says is about the query, or about memory. */
async function answerOf<Answer>(objective: SqlObjective, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    if (!isSaidByDuckdb(words)) throw error;
    if (words.startsWith("Out of Memory Error")) throw outOfMemory(objective, words);
    throw failedQuery(objective, words);
  }
}

const placeOf = ({ name }: SqlObjective) => ({ path: name });

function failedQuery(objective: SqlObjective, message: string): TenureError {
  return new TenureError({
    code: "TEN-TUNE-120",
    what: `The query of the objective ${objective.name} does not go through${lineWords(message)}.`,
    place: placeOf(objective),
    found: duckdbWords(message),
    allowed: "a query over the result tables of one run, in DuckDB's SQL",
    hint: HINT,
  });
}

function notOneNumber(objective: SqlObjective, found: string): TenureError {
  return new TenureError({
    code: "TEN-TUNE-121",
    what: `The query of the objective ${objective.name} does not give one number.`,
    place: placeOf(objective),
    found,
    allowed: "one row with one column",
    hint: "Sum or average what there is more than one of: SELECT avg(...) FROM ...",
  });
}

function notOneSelect(objective: SqlObjective, found: string): TenureError {
  return new TenureError({
    code: "TEN-TUNE-122",
    what: `The query of the objective ${objective.name} is not one that only reads.`,
    place: placeOf(objective),
    found,
    allowed: "one SELECT, also WITH ... SELECT",
    hint: HINT,
  });
}

function unknownTable(objective: SqlObjective, found: string, tables: readonly string[], known: readonly string[]): TenureError {
  const isOfOthers = (RESULT_TABLE_NAMES as readonly string[]).includes(found.replace(/_view$/, ""));
  const nearest = isOfOthers ? undefined : nearestName(found, known);
  return new TenureError({
    code: "TEN-TUNE-123",
    what: isOfOthers
      ? `The query of the objective ${objective.name} names a table that runs of this scenario do not fill.`
      : `The query of the objective ${objective.name} names a table that a run does not have.`,
    place: placeOf(objective),
    found,
    allowed: `${tables.join(", ")}; with _view behind it those that have one, and miners`,
    hint: nearest === undefined ? HINT : `Did you mean ${nearest}?`,
  });
}

function notOfTables(objective: SqlObjective, found: string): TenureError {
  return new TenureError({
    code: "TEN-TUNE-124",
    what: `The query of the objective ${objective.name} has something in it that does not follow from the run alone.`,
    place: placeOf(objective),
    found,
    allowed: "tables of the run, and functions that answer the same whenever they are asked",
    hint: "The same trial has to give the same number again: leave out chance, the time of day, and whatever else is of the machine.",
  });
}

function notFinite(objective: SqlObjective, found: string): TenureError {
  return new TenureError({
    code: "TEN-TUNE-125",
    what: `The query of the objective ${objective.name} does not give a finite number.`,
    place: placeOf(objective),
    found,
    allowed: "a finite number",
    hint: "Mind tables without rows and divisions by 0: coalesce(sum(...), 0), x / nullif(y, 0). What is no number can be cast to one.",
  });
}

function outOfMemory(objective: SqlObjective, message: string): TenureError {
  return new TenureError({
    code: "TEN-TUNE-126",
    what: `The query of the objective ${objective.name} needs more memory than it may have.`,
    place: placeOf(objective),
    found: duckdbWords(message),
    allowed: "2 GB for the tables of a run and the query",
    hint: "Read fewer tables, or a shorter run; sum before joining.",
  });
}
