import type { ValueDifference } from "../../../studies/index.js";
import type { TemporaryRun } from "../measure/temporary-runs.js";
import { ruleAskers } from "../terms/rule-askers.js";
import { runEpochs } from "../terms/run-epochs.js";
import { termLayout } from "../terms/term-layout.js";
import { causesByChange } from "./cause-by-change.js";
import { findPartings } from "./find-partings.js";
import { changedHoldings } from "./holding-changes.js";
import { askedBefore } from "./own-hit.js";
import { OTHERS_WEIGHTS, type Parting } from "./parting.js";
import { stageHits } from "./stage-hits.js";
import { termOrder } from "./term-order.js";
import type { TraceRequest } from "./trace-request.js";
import { withStageHits } from "./with-stage-hits.js";

/**
 * Traces two runs of today's code to where positions part, and why.
 * @param changed what their scenarios differ in
 */
export async function traceRuns(
  before: TemporaryRun,
  now: TemporaryRun,
  changed: readonly ValueDifference[],
  { wanted, signal, data }: TraceRequest,
): Promise<ReadonlyMap<string, Parting>> {
  const rules = ({ configuration: { vesting, stages, index } }: TemporaryRun) =>
    JSON.stringify({ vesting, stages, rewards: index?.rewards });
  const order = termOrder(termLayout(before.configuration), termLayout(now.configuration));
  const isAsked = rules(before) !== rules(now);
  const then = ruleAskers(before.configuration);
  const found = await findPartings(
    {
      before: runEpochs(before.run, before.configuration),
      after: runEpochs(now.run, now.configuration),
      order,
      askers: isAsked ? ruleAskers(now.configuration) : [],
      askersBefore: isAsked ? then : [],
      answeredBefore: askedBefore(then),
      holdings: changedHoldings(changed, now.configuration.vesting),
      signal,
    },
    wanted,
  );
  const direct = await stageHits(before, now, changed, { data, signal });
  const partings = direct === null ? found : withStageHits(found, direct, wanted);
  const caused = someCause(
    partings,
    order.map(({ id }) => id),
  );
  return causesByChange(caused, changed, order, [now.configuration, before.configuration]);
}

/** Something moved others' weights: where nobody has a cause of its own, the first shared term that differs is it. */
function someCause(partings: ReadonlyMap<string, Parting>, order: readonly string[]): ReadonlyMap<string, Parting> {
  const all = [...partings.values()];
  if (all.some(({ cause }) => cause !== OTHERS_WEIGHTS)) return partings;
  const place = ({ term = "" }: Parting) => order.indexOf(term);
  const [first] = all.sort((a, b) => a.endMs - b.endMs || place(a) - place(b));
  // Shares alone say nothing of what moved them.
  if (first === undefined || first.term === "weight.final" || first.term === "pay.paid") return partings;
  return new Map(
    [...partings].map(([key, parting]) => [
      key,
      parting.term === first.term ? { ...parting, cause: first.term ?? parting.cause } : parting,
    ]),
  );
}
