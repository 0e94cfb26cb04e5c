import type { OpenRun } from "../recorders/index.js";
import { scenarioFromResolved } from "../scenarios/index.js";
import { type MinerReport, type MinerSelection, minerReport } from "./miner-report.js";

/** Why a miner's multiplier in a run is what it is, under the rules the run was made with. Refusals: `TEN-REPORT-001` to `-004`. */
export function explainMiner(run: OpenRun, selection: MinerSelection): Promise<MinerReport> {
  const { vesting } = scenarioFromResolved(run.manifest.scenario.resolved).configuration;
  return minerReport(run, vesting, selection);
}
