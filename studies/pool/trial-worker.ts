import { workerData } from "piscina";
import { TenureError } from "../../engine/index.js";
import { openInputs, type RunInputs, runToSummary, toSummaryEntry } from "../../recorders/index.js";
import { replicateOf, type Scenario } from "../../scenarios/index.js";
import type { Figure } from "../figures/figure.js";
import { figuresOf } from "../figures/registry.js";
import { spanFigures } from "../figures/span-figures.js";
import { measured, NO_MEASURES, recordingMeasured, TAKEN_NAME_CODE } from "../measures/measures.js";
import { endedBy } from "./broken-task.js";
import { NativeCalls, type PooledThread } from "./native-calls.js";
import { refusalEntryOf } from "./refusal-entry.js";
import type { TrialOutcome, TrialSetting, TrialTask } from "./trial-task.js";

const { file, data, rules, bundles, spans, measures = NO_MEASURES, nativeCalls } = workerData as TrialSetting & PooledThread;
const native = new NativeCalls(nativeCalls);
native.loaded();

/** What was opened, by what a scenario says of it: trials mostly have it alike. */
const opened = new Map<string, Promise<RunInputs>>();

function openedFor(scenario: Scenario): Promise<RunInputs> {
  const key = JSON.stringify(scenario.resolved.streams);
  const known = opened.get(key) ?? openInputs(scenario, { data, rules, bundles, verify: false });
  opened.set(key, known);
  return known;
}

/** Runs one replicate of a trial. Never throws: an error of another thread would lose what it says. */
export default async function work({ replicate, resolved }: TrialTask): Promise<TrialOutcome> {
  try {
    const scenario = replicateOf(recordingMeasured({ resolved, file }, measures), replicate);
    const opened = await openedFor(scenario);
    const named = (figures: readonly Figure[]) => Object.fromEntries(figures.map(({ name, value }) => [name, value]));
    let undecided: readonly string[] = [];
    let warnings: readonly string[] = [];
    let parts: readonly Readonly<Record<string, number>>[] = [];
    const figures = await measured(
      measures,
      async (sink) => {
        const run = await runToSummary(scenario, { opened, data, spans, sink });
        const summary = toSummaryEntry(run);
        undecided = summary.metrics?.undecided ?? [];
        warnings = run.warnings;
        parts = (run.spans ?? []).map((part) => named(spanFigures(part, run.metrics)));
        return named(figuresOf(summary));
      },
      (call) => native.make(call),
    );
    return { status: "finished", figures, spans: parts, undecided, warnings };
  } catch (error) {
    // It would be so in every trial: none is to blame.
    const isOfAll = error instanceof TenureError && error.code === TAKEN_NAME_CODE;
    return isOfAll ? { status: "broken", refusal: refusalEntryOf(error), thrown: null } : endedBy(error);
  }
}
