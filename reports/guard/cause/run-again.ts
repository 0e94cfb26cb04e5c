import { TenureError } from "../../../engine/index.js";
import type { Baseline } from "../baseline/baseline.js";
import { type PaidTotals, paidKeyText } from "../baseline/paid-line.js";
import { lineDifferences } from "../compare/line-difference.js";
import type { TemporaryRun } from "../measure/temporary-runs.js";
import { totalsOfRun } from "../measure/totals-of-run.js";
import { asItWas } from "./as-it-was.js";
import type { MakeRun, TraceRequest } from "./trace-request.js";

/** The baseline's own scenario under today's code; null: it does not pay any more what the baseline says. */
export async function runAgain({ scenario, baseline, signal }: TraceRequest, run: MakeRun, notes: string[]): Promise<TemporaryRun | null> {
  try {
    const before = await run("before", asItWas(baseline.resolved, scenario), "all");
    const totals = await totalsOfRun(before.run, before.configuration.index?.netuid ?? null, signal);
    if (paysAs(baseline, totals)) return before;
    notes.push("The scenario of the baseline does not pay any more what the baseline says: code or data changed, too.");
  } catch (error) {
    if (!(error instanceof TenureError)) throw error;
    notes.push(`The scenario of the baseline cannot be run any more: ${error.message.split("\n")[0]}`);
  }
  return null;
}

/** Lines that are ahead of the scenario say nothing of it. */
function paysAs({ totals, ahead }: Baseline, got: PaidTotals): boolean {
  const free = new Set(ahead.map(paidKeyText));
  return lineDifferences(totals, got).every((line) => free.has(paidKeyText(line)));
}
