import { choiceNames, numberColumn, type TableSource } from "./columns.js";

/** A row of the table `exits`: what one withdrawal took from one tranche. */
export interface ExitRow {
  readonly time_ms: number;
  readonly position: number;
  readonly tranche: number;
  readonly amount_rao: number;
  readonly reason: string;
  readonly emptied: boolean;
}

/** The exits of some positions in the order they happened; undefined where the run did not record them. */
export async function readExits(run: TableSource, wanted: ReadonlySet<number>): Promise<readonly ExitRow[] | undefined> {
  if (!run.tables.includes("exits")) return undefined;
  const exits: ExitRow[] = [];
  const names = ["time_ms", "position", "tranche", "amount_rao", "reason", "emptied"];
  for await (const batch of run.readTable("exits")) {
    const [time, position, tranche, amount, reason, emptied] = names.map((name) => numberColumn(batch, name));
    const reasons = choiceNames(batch, "reason");
    for (let row = 0; row < batch.rows; row++) {
      if (!wanted.has(position[row])) continue;
      exits.push({
        time_ms: time[row],
        position: position[row],
        tranche: tranche[row],
        amount_rao: amount[row],
        reason: reasons[reason[row]],
        emptied: emptied[row] !== 0,
      });
    }
  }
  return exits;
}
