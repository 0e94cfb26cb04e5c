import { choiceNames, numberColumn, type TableSource, textColumn } from "../reading/columns.js";
import { spanClosedAt, type TimeGrid } from "./time-grid.js";

/** What participants of an index subnet were paid in each tier, span by span. */
export interface TierIncome {
  readonly grid: TimeGrid;
  /** In the order of the summary, the highest first. */
  readonly tiers: readonly { readonly tier: string; readonly paid_rao: readonly number[] }[];
}

/** @param order of the tiers. Null where the run did not record `payouts`, or nobody was paid in a tier */
export async function readTierIncome(run: TableSource, grid: TimeGrid, order: readonly string[]): Promise<TierIncome | null> {
  if (!run.tables.includes("payouts")) return null;
  const sums = new Map<string, Float64Array>(order.map((tier) => [tier, new Float64Array(grid.count)]));
  for await (const batch of run.readTable("payouts")) {
    const [time, kind, paid] = ["time_ms", "kind", "paid_rao"].map((name) => numberColumn(batch, name));
    const tiers = textColumn(batch, "tier");
    const miner = choiceNames(batch, "kind").indexOf("miner");
    for (let row = 0; row < batch.rows; row++) {
      const sum = kind[row] === miner ? sums.get(tiers[row]) : undefined;
      if (sum !== undefined) sum[spanClosedAt(grid, time[row])] += paid[row];
    }
  }
  const tiers = [...sums].filter(([, sum]) => sum.some((paid) => paid > 0)).map(([tier, sum]) => ({ tier, paid_rao: [...sum] }));
  return tiers.length === 0 ? null : { grid, tiers };
}
