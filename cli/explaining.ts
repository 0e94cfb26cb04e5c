import type { OpenRun } from "../recorders/index.js";
import type { ExplainPayOptions, RunAgainOptions } from "../reports/index.js";
import type { Context } from "./context.js";
import { formatJson } from "./json.js";
import { reportStyle } from "./report-style.js";

/** Whose pay is explained, and how much of it is shown. */
export interface Explaining extends Omit<ExplainPayOptions, "again"> {
  readonly tranches?: true | undefined;
  readonly limit: number;
  readonly json?: true | undefined;
  readonly quiet?: true | undefined;
}

/**
 * Prints why somebody was paid what it was.
 * @param again how to run the scenario again, for a counterfactual, or for what the run did not record
 * @param done told once all is worked out, before anything is printed
 */
export async function explain(
  run: OpenRun,
  { tranches, limit, json, quiet, ...asked }: Explaining,
  again: RunAgainOptions,
  { terminal }: Context,
  done: () => void = () => undefined,
): Promise<void> {
  const { explainPay, payExplanationText } = await import("../reports/index.js");
  const found = await explainPay(run, { ...asked, again });
  done();
  if (json === true) {
    const { explanation, ...how } = found;
    terminal.stdout(formatJson({ ...explanation, ...how }));
    return;
  }
  const view = { limit, tranches: tranches === true, note: quiet !== true };
  terminal.stdout(payExplanationText(found, view, reportStyle(terminal)));
}
