import { type Scenario, scenarioFromResolved } from "../scenarios/index.js";

/**
 * The same scenario, of which only some tables are written down, and at the end: hundreds of whole runs would fill a disk.
 * @param stageEpochs every so many epochs tables are written down, and what stages did, too; null: at the end alone
 */
export function recordingOnly(
  { resolved, file, plugIns }: Scenario,
  tables: readonly string[],
  stageEpochs: number | null = null,
): Scenario {
  const thinned = { ...resolved.record, tables, every_epochs: 1_000_000_000 };
  const record = stageEpochs === null ? thinned : { ...thinned, every_epochs: stageEpochs, stage_weights: "every" };
  const little = scenarioFromResolved({ ...resolved, record });
  // Where the files with its rules lie is not in what it was resolved to.
  const rules = little.plugIns === null || plugIns === null ? null : { uses: plugIns.uses, bind: little.plugIns.bind };
  return { ...little, file, plugIns: rules };
}
