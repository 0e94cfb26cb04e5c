import { numberColumn, type TableSource } from "./columns.js";

/** The last recorded epoch up to `upTo` that paid a position anything; undefined where none did, or rewards were not recorded. */
export async function readLastPaid(run: TableSource, position: number, upTo: number): Promise<number | undefined> {
  if (!run.tables.includes("rewards")) return undefined;
  for await (const batch of run.readTable("rewards", "newest_first")) {
    const [epoch, positions, paid] = ["epoch", "position", "paid_rao"].map((name) => numberColumn(batch, name));
    for (let row = batch.rows - 1; row >= 0; row--) {
      if (positions[row] === position && paid[row] > 0 && epoch[row] <= upTo) return epoch[row];
    }
  }
  return undefined;
}
