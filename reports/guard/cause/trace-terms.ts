import type { BaselineInput } from "../baseline/baseline.js";
import type { TemporaryRun } from "../measure/temporary-runs.js";
import { withTerms } from "../terms/parquet-terms.js";
import { ruleAskers } from "../terms/rule-askers.js";
import { runEpochs } from "../terms/run-epochs.js";
import { isStated } from "../terms/stated-terms.js";
import { isPool, OUTSIDE_POT, termLayout } from "../terms/term-layout.js";
import { causesOrTold } from "./cause-by-change.js";
import { findPartings } from "./find-partings.js";
import { measureOf } from "./holding-changes.js";
import { writtenBefore } from "./own-hit.js";
import type { Parting } from "./parting.js";
import { termOrder } from "./term-order.js";
import type { TraceRequest } from "./trace-request.js";

/** Are files with rules, and nothing else, other ones? */
const isOfRules = (inputs: readonly BaselineInput[]) => inputs.length > 0 && inputs.every(({ source }) => source === "plug_in");

const isOutside = (id: string) => id === OUTSIDE_POT;

/** Traces a run to where it parts from the terms that a baseline kept in a file. */
export async function traceTerms(
  path: string,
  now: TemporaryRun,
  inputs: readonly BaselineInput[],
  { wanted, signal }: TraceRequest,
): Promise<ReadonlyMap<string, Parting>> {
  const whole = termLayout(now.configuration);
  return withTerms(path, async (epochs, names) => {
    // What every run writes down now, and the baseline did not yet, tells nothing of what changed.
    const isNew = (isOfKind: (id: string) => boolean) => !names.some(isOfKind);
    const fresh = [isPool, isStated, isOutside].filter(isNew);
    const layout = whole.filter(({ id }) => !fresh.some((isOfKind) => isOfKind(id)));
    const isOfRun = new Set(layout.map(({ id }) => id));
    const askers = ruleAskers(now.configuration);
    // What rules were asked for is told with their answers.
    const prefixes = askers.map(({ prefix }) => `${prefix}.`);
    const isAsked = (name: string) => prefixes.some((prefix) => name.startsWith(prefix));
    // Where miners share all of the pot, nothing is measured against a ceiling.
    const isIdle = (name: string) => name.endsWith(".ceiling") && now.configuration.stages?.residual === null;
    const only = names.filter((name) => !isOfRun.has(name) && !isAsked(name) && !isIdle(name));
    const written = names.flatMap(
      (id) => layout.find((term) => term.id === id) ?? (only.includes(id) ? [{ id, rule: "", isShared: false }] : []),
    );
    const order = termOrder(written, layout);
    const partings = await findPartings(
      {
        before: epochs,
        after: runEpochs(now.run, now.configuration),
        order,
        askers,
        answeredBefore: writtenBefore(),
        // A rule of a file of one's own makes pay of holdings; other code and recordings may change what is held.
        holdings: isOfRules(inputs) ? undefined : measureOf(now.configuration.vesting),
        signal,
      },
      wanted,
    );
    return isOfRules(inputs) ? partings : causesOrTold(partings, order, inputs);
  });
}
