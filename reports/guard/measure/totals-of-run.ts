import type { OpenRun } from "../../../recorders/index.js";
import type { PaidTotals } from "../baseline/paid-line.js";
import { TOTALS_TABLES } from "./guarded-scenario.js";
import type { StageNumbers } from "./stage-numbers.js";
import { TotalsSink } from "./totals-sink.js";

/**
 * The totals of a run that was written down.
 * @param indexNetuid of its index subnet; null: it has none
 * @param numbers of its stages beside another list
 */
export async function totalsOfRun(
  run: OpenRun,
  indexNetuid: number | null,
  signal?: AbortSignal,
  numbers: StageNumbers | null = null,
): Promise<PaidTotals> {
  const sink = new TotalsSink(numbers);
  for (const table of ["positions", "epochs", ...TOTALS_TABLES] as const) {
    if (!run.tables.includes(table)) continue;
    for await (const batch of run.readTable(table)) {
      signal?.throwIfAborted();
      sink.append(table, batch);
    }
  }
  return sink.totals(indexNetuid);
}
