import type { TableSource } from "./columns.js";
import { readTableRows } from "./table-rows.js";

/** What of an epoch's pot a list of stages sent elsewhere than to miners, rao; 0 where the run did not record it. */
export async function readResidualRao(run: TableSource, netuid: number, epoch: number): Promise<bigint> {
  if (!run.tables.includes("residuals")) return 0n;
  const rows = await readTableRows<{ readonly amount_rao: number }>(run, "residuals", { netuid, epoch });
  return rows.reduce((sum, { amount_rao }) => sum + BigInt(amount_rao), 0n);
}
