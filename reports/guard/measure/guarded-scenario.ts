import type { ResultTableName } from "../../../engine/index.js";
import { type Scenario, scenarioFromResolved } from "../../../scenarios/index.js";

/** What totals are made of. */
export const TOTALS_TABLES: readonly ResultTableName[] = [
  "rewards",
  "weights",
  "stage_weights",
  "residuals",
  "participants",
  "scores",
  "payouts",
  "slashes",
];

/** Tables that only a list of stages has. */
const OF_STAGES: readonly ResultTableName[] = ["stage_weights", "residuals"];

/**
 * The same scenario that writes down what a comparison reads, of every epoch, whatever it records by itself.
 * @param tables `all`: every table that it can fill
 */
export function guardedScenario({ resolved, file, plugIns }: Scenario, tables: readonly ResultTableName[] | "all"): Scenario {
  const hasStages = resolved.stages !== undefined;
  const filled = tables === "all" ? tables : tables.filter((table) => hasStages || !OF_STAGES.includes(table));
  const record = { tables: filled, every_epochs: 1, ...(hasStages ? { stage_weights: "every" } : {}) };
  const guarded = scenarioFromResolved({ ...resolved, record });
  // Where the files with its rules lie is not in what it was resolved to.
  const rules = guarded.plugIns === null || plugIns === null ? null : { uses: plugIns.uses, bind: guarded.plugIns.bind };
  return { ...guarded, file, plugIns: rules };
}
