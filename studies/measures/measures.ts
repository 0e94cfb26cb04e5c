import { RESULT_TABLE_NAMES, type ResultTableName, TenureError } from "../../engine/index.js";
import {
  type AroundNative,
  GatheredTables,
  measureObjective,
  type ObjectiveModule,
  openRunDatabase,
  type ResultSink,
} from "../../recorders/index.js";
import { type Scenario, scenarioFromResolved } from "../../scenarios/index.js";
import { askSqlObjective, type CheckedSqlObjective } from "./sql-objective.js";

/** What is asked of a run beside its figures. Plain data, so that any thread can ask it. */
export interface Measures {
  /** As `checkSqlObjectives` gives them. */
  readonly sql: readonly CheckedSqlObjective[];
  /** As `loadObjectives` gives them. */
  readonly modules: readonly ObjectiveModule[];
}

export const NO_MEASURES: Measures = { sql: [], modules: [] };

/**
 * What decides what is measured, for the identity of a trial: its figures are others with other measures. Empty for none.
 */
export function measuresIdentity({ sql, modules }: Measures): readonly unknown[] {
  return [...sql.map((one) => [one.name, "sql", one.sql]), ...modules.map(({ name, values, bundle }) => [name, bundle.sha256, values])];
}

/** Result tables that have to be recorded, in the order of their declarations. */
export function measuredTables({ sql, modules }: Measures): readonly ResultTableName[] {
  const needed = new Set([...sql, ...modules].flatMap(({ tables }) => tables));
  return RESULT_TABLE_NAMES.filter((name) => needed.has(name));
}

/** The same scenario, of which all tables that are measured are recorded at every epoch, and no others. */
export function recordingMeasured(
  { resolved, file }: Pick<Scenario, "resolved" | "file">,
  measures: Measures,
): Pick<Scenario, "resolved" | "file"> {
  const tables = measuredTables(measures);
  if (tables.length === 0) return { resolved, file };
  const record = { ...resolved.record, tables: [...tables], every_epochs: 1 };
  return { resolved: scenarioFromResolved({ ...resolved, record }).resolved, file };
}

/** A name of an objective is that of a figure of the run. */
export const TAKEN_NAME_CODE = "TEN-TUNE-127";

/**
 * Runs a scenario and measures it.
 * @param run runs it, its tables going to a sink, and gives its figures by name
 * @param around how native calls are made
 * @returns the figures of the run, and the measures by their names
 * @throws TenureError `TEN-TUNE-120`, `-121`, `-125` to `-127`, `TEN-PLUGIN-011`, `-018`; what the run throws
 */
export async function measured(
  { sql, modules }: Measures,
  run: (sink: ResultSink) => Promise<Readonly<Record<string, number>>>,
  around: AroundNative,
): Promise<Readonly<Record<string, number>>> {
  const gathered = new GatheredTables(measuredTables({ sql: [], modules }));
  const database = sql.length === 0 ? null : await openRunDatabase(measuredTables({ sql, modules: [] }), around);
  try {
    const figures = await run({
      append: (table, batch) => {
        database?.append(table, batch);
        gathered.append(table, batch);
      },
    });
    const values: [string, number][] = [];
    if (database !== null) for (const objective of sql) values.push([objective.name, await askSqlObjective(objective, database)]);
    const tables = gathered.tables();
    for (const module of modules) values.push([module.name, measureObjective(module, figures, tables)]);
    const taken = values.find(([name], at) => Object.hasOwn(figures, name) || values.findIndex((one) => one[0] === name) !== at);
    if (taken !== undefined) throw takenName(taken[0], Object.keys(figures));
    return { ...figures, ...Object.fromEntries(values) };
  } finally {
    database?.close();
  }
}

function takenName(name: string, figures: readonly string[]): TenureError {
  return new TenureError({
    code: TAKEN_NAME_CODE,
    what: "An objective has the name of a figure of the run, or of another objective: nobody could tell them apart.",
    place: { path: name },
    found: name,
    allowed: `a name other than ${figures.join(", ")}`,
    hint: `Call it my_${name}, say.`,
  });
}
