import { FLOWS, TRANCHE_STATES } from "../../../engine/index.js";
import type { OpenRun } from "../../results/open-run.js";
import { TableCursor } from "./table-cursor.js";

const MOVED = TRANCHE_STATES.indexOf("moved");
const MOVED_OUT = FLOWS.indexOf("moved_out");

/**
 * Positions that a rule or earlier sales had left empty where the recording moved everything they had to another: they handed on
 * what they had ever received, and nothing moved. Only a swap of keys says the like in a stream, of all positions of the key.
 * @returns a note that says how many, where there are any
 */
export async function emptiedNotes(run: OpenRun): Promise<string[]> {
  const emptied = new Set<string>();
  const tranches = new TableCursor(run, "tranches");
  for (; tranches.stands || (await tranches.refill()); tranches.advance()) {
    if (tranches.number("state") !== MOVED || tranches.number("received_rao") >= 0) continue;
    emptied.add(`${tranches.number("closed_ms")} ${tranches.number("position")}`);
  }
  if (emptied.size === 0) return [];
  const flows = new TableCursor(run, "flows");
  for (; flows.stands || (await flows.refill()); flows.advance()) {
    if (flows.number("flow") === MOVED_OUT) emptied.delete(`${flows.number("time_ms")} ${flows.number("position")}`);
  }
  if (emptied.size === 0) return [];
  return [
    `Positions that held nothing handed on what they had received where the run's recording moved all they had (${emptied.size} times): no stream can say it. A replay holds and pays the same; what it says was received, and so its multipliers, may differ there.`,
  ];
}
