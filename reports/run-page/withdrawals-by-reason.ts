import { choiceNames, numberColumn, type TableSource } from "../reading/columns.js";
import { spanAt, type TimeGrid } from "./time-grid.js";

/** What left tranches, span by span. */
export interface WithdrawalsByReason {
  readonly grid: TimeGrid;
  /** Rao by reason, those that happened alone. */
  readonly reasons: readonly { readonly reason: string; readonly amount_rao: readonly number[] }[];
}

/** Is told of each row of `exits`, which stand in the order they happened, those of one withdrawal together. */
export interface ExitListener {
  exit(position: number, timeMs: number, amountRao: number, reason: string): void;
}

/** Null where the run did not record `exits`, or nothing left. */
export async function readWithdrawals(run: TableSource, grid: TimeGrid, listener: ExitListener): Promise<WithdrawalsByReason | null> {
  if (!run.tables.includes("exits")) return null;
  const sums = new Map<string, Float64Array>();
  for await (const batch of run.readTable("exits")) {
    const [time, position, amount, reason] = ["time_ms", "position", "amount_rao", "reason"].map((name) => numberColumn(batch, name));
    const names = choiceNames(batch, "reason");
    for (let row = 0; row < batch.rows; row++) {
      const name = names[reason[row]];
      let sum = sums.get(name);
      if (sum === undefined) {
        sum = new Float64Array(grid.count);
        sums.set(name, sum);
      }
      sum[spanAt(grid, time[row])] += amount[row];
      listener.exit(position[row], time[row], amount[row], name);
    }
  }
  if (sums.size === 0) return null;
  return { grid, reasons: [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([reason, sum]) => ({ reason, amount_rao: [...sum] })) };
}
