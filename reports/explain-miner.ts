import type { OpenRun } from "../recorders/index.js";
import { chosenPosition } from "./find-miner.js";
import { type MinerReport, type MinerSelection, minerReport } from "./miner-report.js";
import { readPositions } from "./reading/positions.js";
import { indexNetuidOf, kindOf, rulesToExplain } from "./rules.js";

/** Why a miner's multiplier in a run is what it is, under the rules the run was made with. Refusals: `TEN-REPORT-001` to `-005`. */
export async function explainMiner(run: OpenRun, selection: MinerSelection): Promise<MinerReport> {
  const netuid = indexNetuidOf(run) === null ? null : chosenPosition(await readPositions(run), selection).netuid;
  return minerReport(run, await rulesToExplain(run, kindOf(run, netuid)), selection, run.manifest.summary.handed_over?.miners);
}
