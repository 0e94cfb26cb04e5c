import { TenureError } from "../../engine/index.js";
import type { OpenRun } from "../../recorders/index.js";
import type { AnyExplanation } from "./any-explanation.js";
import { withLastPaid } from "./recorded-last-paid.js";
import { type RunAgainAs, type RunAgainOptions, withRunAgain } from "./run-again.js";

/** An explanation, and how it was come by. */
export interface ComeBy {
  readonly explanation: AnyExplanation;
  readonly ranAgain: boolean;
  /** What it was run again for, or is to be recorded; null: nothing. */
  readonly note: string | null;
}

/** Codes of what keeps a finished run from being run again, which does not keep it from being read. */
const NOT_AGAIN = /^TEN-(RUN-002|REPORT-05[0127]|PLUGIN-)/;

/**
 * Explains by what a run recorded where that is all that is asked for, or may not be come by, else by running again.
 * @param lacks keys of `record` that the run lacks for it
 * @throws TenureError of `withRunAgain`, where a folder to run again was given
 */
export async function recordedOrAgain(
  run: OpenRun,
  lacks: readonly string[],
  record: Omit<RunAgainAs, "changes">,
  { again = {}, recordedOnly = false }: { readonly again?: RunAgainOptions | undefined; readonly recordedOnly?: boolean | undefined },
  explain: (from: OpenRun) => Promise<AnyExplanation>,
): Promise<ComeBy> {
  const isTraced = (record.traced != null || record.followed != null) && !recordedOnly;
  const keys = [...lacks, ...(isTraced ? ["terms that no table holds"] : [])].join("; ");
  if (lacks.length === 0 && !isTraced) return { explanation: await explain(run), ranAgain: false, note: null };
  const recorded = `The run did not record all of it (${keys}).`;
  if (recordedOnly) return { explanation: await explain(run), ranAgain: false, note: recorded };
  try {
    const found = await withRunAgain(run, { ...record, changes: [] }, again, explain);
    const explanation = await withLastPaid(found, run);
    return { explanation, ranAgain: true, note: `Ran again for what the run did not record (${keys}).` };
  } catch (error) {
    const isAsked = again.data !== undefined || again.rules !== undefined;
    if (!(error instanceof TenureError) || !NOT_AGAIN.test(error.code) || isAsked) throw error;
    return { explanation: await explain(run), ranAgain: false, note: `${recorded} ${whyNot(error)}` };
  }
}

/** Of what was written nowhere it is said where it was to be. */
function whyNot({ code, what, place, found, hint }: TenureError): string {
  const where = code === "TEN-REPORT-057" ? ` (${place?.file ?? ""}: ${String(found)})` : "";
  return `${what.replace(/\.$/, "")}${where}. ${hint ?? ""}`.trim();
}
