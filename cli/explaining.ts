import type { OpenRun } from "../recorders/index.js";
import type { RunAgainOptions } from "../reports/index.js";
import type { Context } from "./context.js";
import { formatJson } from "./json.js";
import { reportStyle } from "./report-style.js";

/** Whose pay is explained, and how much of it is shown. */
export interface Explaining {
  readonly hotkey?: string | undefined;
  readonly position?: number | undefined;
  /** Left out: the whole run. */
  readonly epoch?: number | "last" | undefined;
  readonly counterfactual?: readonly string[] | undefined;
  readonly tranches?: true | undefined;
  readonly limit: number;
  /** Do not run again for tables that the run lacks. */
  readonly recordedOnly: boolean;
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
  { tranches, limit, json, quiet, counterfactual = [], ...asked }: Explaining,
  again: RunAgainOptions,
  { terminal }: Context,
  done: () => void = () => undefined,
): Promise<void> {
  const { explainPay, payExplanationText } = await import("../reports/index.js");
  const found = await explainPay(run, { ...asked, counterfactual, again });
  done();
  if (json === true) {
    const { explanation, ...how } = found;
    terminal.stdout(formatJson({ ...explanation, ...how }));
    return;
  }
  const view = { limit, tranches: tranches === true, note: quiet !== true };
  terminal.stdout(payExplanationText(found, view, reportStyle(terminal)));
}
