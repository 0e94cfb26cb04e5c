import { workerData } from "piscina";
import { openInputs, type RunInputs, runToSummary, toSummaryEntry } from "../../recorders/index.js";
import { replicateOf, type Scenario } from "../../scenarios/index.js";
import type { Figure } from "../figures/figure.js";
import { figuresOf } from "../figures/registry.js";
import { spanFigures } from "../figures/span-figures.js";
import { endedBy } from "./broken-task.js";
import type { TrialOutcome, TrialSetting, TrialTask } from "./trial-task.js";

const { file, data, rules, bundles, spans } = workerData as TrialSetting;

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
    const scenario = replicateOf({ resolved, file }, replicate);
    const run = await runToSummary(scenario, { opened: await openedFor(scenario), data, spans });
    const summary = toSummaryEntry(run);
    const named = (figures: readonly Figure[]) => Object.fromEntries(figures.map(({ name, value }) => [name, value]));
    const parts = (run.spans ?? []).map((part) => named(spanFigures(part, run.metrics)));
    return { status: "finished", figures: named(figuresOf(summary)), spans: parts, undecided: summary.metrics?.undecided ?? [] };
  } catch (error) {
    return endedBy(error);
  }
}
