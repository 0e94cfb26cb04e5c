import type { OpenRun } from "../recorders/index.js";
import { chosenPosition } from "./find-miner.js";
import { hasSubnetsBeside } from "./index-run-overview.js";
import type { ParticipantRow } from "./index-subnet/index-rows.js";
import type { MinerSelection } from "./miner-report.js";
import { readPositions } from "./reading/positions.js";
import { readTableRows } from "./reading/table-rows.js";
import { indexNetuidOf } from "./rules.js";

/** Whom a reader means: who takes part in the index subnet of the run, or a miner of a recorded subnet. */
export interface WhosePay {
  readonly of: "participant" | "miner";
  readonly selection: MinerSelection;
}

/**
 * Finds whom a key or position means, on whatever subnet.
 * Refusals, where a run has both an index subnet and others: `TEN-REPORT-001`, `-002`, `-004`.
 */
export async function whosePay(run: OpenRun, selection: MinerSelection): Promise<WhosePay> {
  const netuid = indexNetuidOf(run);
  if (netuid === null) return { of: "miner", selection };
  if (!(await hasSubnetsBeside(run, netuid))) return { of: "participant", selection };
  const { position } = chosenPosition(await readPositions(run), selection);
  const members = await readTableRows<ParticipantRow>(run, "participants", { position });
  return { of: members.length > 0 ? "participant" : "miner", selection: { position, epoch: selection.epoch } };
}
