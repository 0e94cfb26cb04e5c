import { SPENDING_NOTES } from "../../engine/index.js";
import type { OpenRun } from "../../recorders/index.js";
import { numberColumn } from "./columns.js";

/** What a budget came to in an epoch, as the table `budgets` has it. */
export type SpendingNote = (typeof SPENDING_NOTES)[number];

/** Of the budget of a subnet, by epoch; empty where the run did not record it, or has none. */
export async function readSpendingNotes(run: OpenRun, netuid: number): Promise<ReadonlyMap<number, SpendingNote>> {
  const notes = new Map<number, SpendingNote>();
  if (!run.tables.includes("budgets")) return notes;
  for await (const batch of run.readTable("budgets")) {
    const [subnet, epoch, note] = ["netuid", "epoch", "note"].map((name) => numberColumn(batch, name));
    for (let row = 0; row < batch.rows; row++) if (subnet[row] === netuid) notes.set(epoch[row], SPENDING_NOTES[note[row]]);
  }
  return notes;
}
