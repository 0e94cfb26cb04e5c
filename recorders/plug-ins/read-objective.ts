import { OBJECTIVE_KIND, type ParameterDeclarations, RESULT_TABLE_NAMES, type ResultTableName } from "../../engine/index.js";
import { nearestName } from "../../scenarios/index.js";
import { Declaration } from "./declaration.js";
import type { EvaluatedRule } from "./evaluate-rule.js";
import type { MeasureInOwnWorld } from "./objectives-in-own-world.js";
import { readParameters } from "./read-parameters.js";

/** An objective that a file declares, checked and taken over; only what measures stays the file's. */
export interface ReadObjective {
  readonly name: string;
  readonly meaning: string;
  readonly parameters: ParameterDeclarations;
  readonly better: "min" | "max";
  readonly tables: readonly ResultTableName[];
  readonly measure: MeasureInOwnWorld;
}

/**
 * @param named the file, as errors call it
 * @throws TenureError `TEN-PLUGIN-009`
 */
export function readObjective({ declared, objectives }: EvaluatedRule, named: string): ReadObjective {
  const objective = new Declaration(declared, named);
  objective.keys();
  const kind = objective.child("kind");
  if (kind.value !== OBJECTIVE_KIND) throw kind.refused(kind.value, `${OBJECTIVE_KIND}, where an objective is named`);
  objective.only(["kind", "name", "meaning", "parameters", "better", "tables", "measure"]);
  const name = objective.child("name").text();
  if (!/^[a-z][a-z0-9_]{0,63}$/.test(name)) throw objective.child("name").refused(name, "a name such as my_objective");
  const parameters = objective.child("parameters");
  return {
    name,
    meaning: objective.child("meaning").text(),
    parameters: parameters.value === undefined ? {} : readParameters(parameters),
    better: objective.child("better").word(["min", "max"]),
    tables: readTables(objective.child("tables")),
    measure: objectives(objective.method("measure")),
  };
}

function readTables(declared: Declaration): readonly ResultTableName[] {
  if (declared.value === undefined) return [];
  if (!Array.isArray(declared.value)) throw declared.refused(declared.value, "a list of result tables");
  const tables = declared.keys().map((at) => declared.child(at));
  return tables.map((one, at) => {
    const table = one.value;
    const earlier = tables.slice(0, at).some(({ value }) => value === table);
    if (earlier) throw one.refused(table, "each table once");
    const known = RESULT_TABLE_NAMES.find((name) => name === table);
    if (known !== undefined) return known;
    const nearest = typeof table === "string" ? nearestName(table, RESULT_TABLE_NAMES) : undefined;
    throw one.refused(table, `result tables among ${RESULT_TABLE_NAMES.join(", ")}`, nearest);
  });
}
