import type { ResultTableName } from "../../engine/index.js";
import type { OpenRun } from "../../recorders/index.js";
import type { EpochRow, Epochs } from "../reading/epochs.js";
import { multiplierEffect, type RunRules } from "../rules.js";

/** What an explanation is to be of. */
export interface ExplainedWhat {
  readonly of: "participant" | "validator" | "miner";
  /** Null: the whole run. */
  readonly epoch: EpochRow | null;
}

/** What a run did not record that a full explanation reads, as keys of `record` in a scenario; empty: nothing. */
export function lackingTables({ tables }: OpenRun, rules: RunRules, epochs: Epochs, { of, epoch }: ExplainedWhat): readonly string[] {
  const { record, stages, index } = rules;
  const listed = stages !== null && multiplierEffect(rules) !== "off";
  const ruled = of === "miner" || (of === "participant" && (listed || index?.vestingMultipliers === true));
  const read: ResultTableName[] = [
    ...(of === "miner" ? [] : (["scores", "payouts"] as const)),
    ...(of === "validator" ? (["holdings", "submissions", "validators"] as const) : []),
    ...(ruled ? (["weights", "rewards"] as const) : []),
    ...(ruled && epoch !== null ? (["holdings"] as const) : []),
    ...(of === "miner" ? (["exits", epoch === null ? "flows" : "tranches"] as const) : []),
    ...(listed && of !== "validator" ? (["stage_weights"] as const) : []),
    ...(listed ? (["residuals"] as const) : []),
  ];
  const absent = read.filter((table) => !tables.includes(table));
  const isLast = epoch !== null && epochs.isLast(epoch);
  const isThinned = record.everyEpochs > 1 && !isLast && (epoch === null || epoch.epoch % record.everyEpochs !== 0);
  const isStageless = listed && of !== "validator" && !isLast && !absent.includes("stage_weights") && stages?.recordsEveryEpoch === false;
  return [
    ...(absent.length > 0 ? [`record.tables: ${absent.join(", ")}`] : []),
    ...(isThinned ? ["record.every_epochs: 1"] : []),
    ...(isStageless ? ["record.stage_weights: every"] : []),
  ];
}
