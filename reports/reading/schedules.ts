import { numberColumn, type TableSource } from "./columns.js";
import { RaoSum } from "./rao-sum.js";

/** What a position has earned and not been paid out when the run ends. */
export interface UnpaidInstalments {
  readonly schedules: number;
  readonly unpaid_rao: bigint;
}

/** Undefined where the run did not record its schedules. */
export async function readUnpaidInstalments(run: TableSource, wanted: number): Promise<UnpaidInstalments | undefined> {
  if (!run.tables.includes("schedules")) return undefined;
  const unpaid = new RaoSum();
  let schedules = 0;
  for await (const batch of run.readTable("schedules")) {
    const [position, amount, paid] = ["position", "amount_rao", "paid_rao"].map((name) => numberColumn(batch, name));
    for (let row = 0; row < batch.rows; row++) {
      if (position[row] !== wanted || amount[row] === paid[row]) continue;
      schedules += 1;
      unpaid.add(amount[row] - paid[row]);
    }
  }
  return { schedules, unpaid_rao: unpaid.total };
}
