import type { TableSource } from "./columns.js";
import { readTableRows } from "./table-rows.js";

/** What of an epoch's pot a list of stages sent to one place other than miners: a row of the table `residuals`. */
export interface ResidualsRow {
  readonly goes_to: string;
  /** Of the whole pot, 0..1. */
  readonly share: number;
  readonly amount_rao: number;
}

/** Of an epoch; null where the run did not record the table. */
export async function readResiduals(run: TableSource, netuid: number, epoch: number): Promise<readonly ResidualsRow[] | null> {
  if (!run.tables.includes("residuals")) return null;
  const rows = await readTableRows<ResidualsRow>(run, "residuals", { netuid, epoch });
  return rows.map(({ goes_to, share, amount_rao }) => ({ goes_to, share, amount_rao }));
}
