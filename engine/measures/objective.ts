import type { ParameterDeclarations, ValuesOf } from "../rules/parameter.js";
import type { ColumnDeclaration } from "../tables/column.js";
import type { RESULT_TABLES, ResultTableName } from "../tables/results.js";

/** Words and names are text, codes of a vocabulary their words, a flag 0 or 1; amounts, times and all else are numbers. */
type MeasuredColumn<C extends ColumnDeclaration> = C["type"] extends "choice" | "text"
  ? readonly string[]
  : Readonly<C["type"] extends "int" ? Int32Array : C["type"] extends "flag" ? Uint8Array : Float64Array>;

/**
 * A result table, its columns by name, all of one length. Amounts are rao; sums of amounts beyond 2^53 are the nearest double. Times are
 * ms since 1970 UTC.
 */
export type MeasuredTable<T extends ResultTableName> = {
  readonly [C in (typeof RESULT_TABLES)[T]["columns"][number] as C["name"]]: MeasuredColumn<C>;
};

/** What a run amounts to, as an objective is shown it: its own copy, which nobody else sees. */
export interface MeasuredRun<T extends ResultTableName = ResultTableName> {
  /** The figures of the run by their names. */
  readonly figures: Readonly<Record<string, number>>;
  /** The tables that the objective declares, every epoch recorded, rows in the order in which they are written. */
  readonly tables: { readonly [K in T]: MeasuredTable<K> };
}

/**
 * What is wanted of a run that none of its figures says (docs/how-to/objectives.md). A kind of plug-in: the file of a user declares one, a
 * search of parameters asks it once a run.
 */
export interface ObjectiveDeclaration<
  D extends ParameterDeclarations = ParameterDeclarations,
  T extends ResultTableName = ResultTableName,
> {
  /** `a-z`, `0-9`, `_`; what a search calls it unless it says otherwise. */
  readonly name: string;
  /** In one phrase. */
  readonly meaning: string;
  readonly parameters: D;
  /** Is little wanted of it, or much? */
  readonly better: "min" | "max";
  /** Result tables that it reads; only those are recorded for it. */
  readonly tables: readonly T[];
  /** Of one run a finite number. */
  measure(values: ValuesOf<D>, run: MeasuredRun<T>): number;
}

/** An objective whose parameters and tables the compiler knows. */
export function declareObjective<const D extends ParameterDeclarations, const T extends ResultTableName = never>(
  objective: ObjectiveDeclaration<D, T>,
): ObjectiveDeclaration<D, T> {
  return objective;
}
