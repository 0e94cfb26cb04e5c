import { type Scenario, scenarioFromResolved } from "../scenarios/index.js";

/** The same scenario, of which only some tables are written down, and at the end: hundreds of whole runs would fill a disk. */
export function recordingOnly({ resolved, file, plugIns }: Scenario, tables: readonly string[]): Scenario {
  const record = { ...resolved.record, tables, every_epochs: 1_000_000_000 };
  const little = scenarioFromResolved({ ...resolved, record });
  // Where the files with its rules lie is not in what it was resolved to.
  const rules = little.plugIns === null || plugIns === null ? null : { uses: plugIns.uses, bind: little.plugIns.bind };
  return { ...little, file, plugIns: rules };
}
