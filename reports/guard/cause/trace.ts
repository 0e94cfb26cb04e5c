import { join } from "node:path";
import { TenureError } from "../../../engine/index.js";
import { type Scenario, scenarioFromResolved } from "../../../scenarios/index.js";
import { compareRuns, type PartingEvent, type ValueDifference, valueDifferences } from "../../../studies/index.js";
import type { Baseline, BaselineInput } from "../baseline/baseline.js";
import { TERMS_FILE } from "../baseline/baseline-files.js";
import { type PaidTotals, paidKeyText } from "../baseline/paid-line.js";
import { type LineDifference, lineDifferences } from "../compare/line-difference.js";
import type { MeasuredRun, MeasureOptions } from "../measure/measured-run.js";
import { type TemporaryRun, withTemporaryRuns } from "../measure/temporary-runs.js";
import { totalsOfRun } from "../measure/totals-of-run.js";
import { withTerms } from "../terms/parquet-terms.js";
import { ruleAskers } from "../terms/rule-askers.js";
import { runEpochs, TERM_TABLES } from "../terms/run-epochs.js";
import { isPool, termLayout } from "../terms/term-layout.js";
import { changeUnits } from "./change-units.js";
import { changedInputs } from "./changed-inputs.js";
import { findPartings } from "./find-partings.js";
import { changedHoldings, measureOf } from "./holding-changes.js";
import { askedBefore, writtenBefore } from "./own-hit.js";
import { OTHERS_WEIGHTS, type Parting } from "./parting.js";
import { termOrder } from "./term-order.js";

/** What has changed since the baseline, as far as a trace tells. */
export interface Trace {
  /**
   * `parameters`: the baseline's scenario still pays as it says, so the scenario changed; else code or data did: `terms` of the baseline,
   * or its `totals` alone, say where.
   */
  readonly by: "parameters" | "terms" | "totals";
  /** Values of the scenario that differ; `by` says whether they alone make the difference. */
  readonly changed: readonly ValueDifference[];
  /** Files that are read and are not those of the baseline. */
  readonly inputs: readonly BaselineInput[];
  /** By `paidKeyText`; empty where only totals tell. */
  readonly partings: ReadonlyMap<string, Parting>;
  /** What each change does by itself, where there are several that can be told apart; empty: they are traced together. */
  readonly each: readonly TracedChange[];
  /** The first event at which the runs part; null: not known, or none. */
  readonly event: PartingEvent | null;
  /** What is to be said of the trace, in words. */
  readonly notes: readonly string[];
}

/** The scenario of the baseline with one change, and nothing else. */
export interface TracedChange {
  readonly changed: readonly ValueDifference[];
  /** By `paidKeyText`. */
  readonly partings: ReadonlyMap<string, Parting>;
  /** Lines that are not paid as by the scenario of the baseline. */
  readonly lines: readonly LineDifference[];
}

export interface TraceRequest extends MeasureOptions {
  readonly scenario: Scenario;
  readonly measured: MeasuredRun;
  readonly baseline: Baseline;
  readonly folder: string;
  readonly hasTerms: boolean;
  /** Lines that differ, by `paidKeyText`. */
  readonly wanted: ReadonlySet<string>;
}

/** Finds out what moved the pay of positions since a baseline. */
export async function traceCauses(request: TraceRequest): Promise<Trace> {
  const { scenario, baseline, measured } = request;
  const changed = scenarioChanges(baseline.resolved, scenario.resolved);
  const inputs = changedInputs(baseline.inputs, measured.inputs);
  return withTemporaryRuns(request, async (run) => {
    const notes: string[] = [];
    const before = changed.length === 0 ? null : await runAgain(request, run, notes);
    if (before !== null) {
      const now = await run("now", scenario, "all", measured.inputs);
      const partings = await traceRuns(before, now, changed, request);
      const { firstEvent } = await compareRuns(before.run, now.run, request.signal === undefined ? {} : { signal: request.signal });
      const each = await traceEach(before, request, run, notes);
      return { by: "parameters", changed, inputs, partings, each, event: firstEvent, notes };
    }
    if (!request.hasTerms) {
      notes.push("The baseline has no terms, so only its totals tell where pay parts; --update --terms writes them with the next one.");
      return { by: "totals", changed, inputs, partings: new Map(), each: [], event: null, notes };
    }
    const now = await run("now", scenario, TERM_TABLES, measured.inputs);
    const partings = await traceTerms(join(request.folder, TERMS_FILE), now, inputs, request);
    return { by: "terms", changed, inputs, partings, each: [], event: null, notes };
  });
}

/** What a run records does not change what it pays. */
export function scenarioChanges(before: unknown, after: unknown): readonly ValueDifference[] {
  const without = (resolved: unknown) => ({ ...plain(resolved), record: null, description: null });
  return valueDifferences(without(before), without(after));
}

/** As files hold it, where nothing is undefined. */
function plain(resolved: unknown): Readonly<Record<string, unknown>> {
  return JSON.parse(JSON.stringify(resolved));
}

/** Runs the scenario of the baseline with one change at a time: none hides behind another that comes first in the order of computing. */
async function traceEach(
  before: TemporaryRun,
  request: TraceRequest,
  run: Parameters<Parameters<typeof withTemporaryRuns>[1]>[0],
  notes: string[],
): Promise<readonly TracedChange[]> {
  const { scenario, baseline, signal } = request;
  const changed = scenarioChanges(baseline.resolved, scenario.resolved);
  if (changed.length < 2) return [];
  const then = plain(baseline.resolved);
  // What is recorded and told of a scenario moves no pay.
  const now = { ...plain(scenario.resolved), record: then.record, description: then.description };
  const units = changeUnits(then, now, changed, (resolved) => scenarioFromResolved(resolved));
  const together = "The changes were traced together: one that comes later in the order of computing may hide behind the first.";
  if (units === null) {
    if (new Set(changed.map(({ path }) => path.split(".").slice(0, 2).join("."))).size > 1) notes.push(together);
    return [];
  }
  const totals = await totalsOfRun(before.run, before.configuration.index?.netuid ?? null, signal);
  const each: TracedChange[] = [];
  for (const [at, unit] of units.entries()) {
    try {
      const one = await run(`change-${at}`, asItWas(unit.resolved, scenario), TERM_TABLES);
      const got = await totalsOfRun(one.run, one.configuration.index?.netuid ?? null, signal);
      const partings = await traceRuns(before, one, unit.changed, request);
      each.push({ changed: unit.changed, partings, lines: lineDifferences(totals, got) });
    } catch (error) {
      if (!(error instanceof TenureError)) throw error;
      notes.push(together);
      return [];
    }
  }
  return each;
}

/** The baseline's own scenario under today's code; null: it does not pay any more what the baseline says. */
async function runAgain(
  { scenario, baseline, signal }: TraceRequest,
  run: Parameters<Parameters<typeof withTemporaryRuns>[1]>[0],
  notes: string[],
): Promise<TemporaryRun | null> {
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

/** A scenario from a baseline; files with rules lie where those of the scenario of now do. */
function asItWas(resolved: unknown, { file }: Scenario): Scenario {
  return { ...scenarioFromResolved(resolved), file };
}

/** Lines that are ahead of the scenario say nothing of it. */
function paysAs({ totals, ahead }: Baseline, got: PaidTotals): boolean {
  const free = new Set(ahead.map(paidKeyText));
  return lineDifferences(totals, got).every((line) => free.has(paidKeyText(line)));
}

async function traceRuns(
  before: TemporaryRun,
  now: TemporaryRun,
  changed: readonly ValueDifference[],
  { wanted, signal }: TraceRequest,
): Promise<ReadonlyMap<string, Parting>> {
  const rules = ({ configuration: { vesting, stages, index } }: TemporaryRun) =>
    JSON.stringify({ vesting, stages, rewards: index?.rewards });
  const order = termOrder(termLayout(before.configuration), termLayout(now.configuration));
  const partings = await findPartings(
    {
      before: runEpochs(before.run, before.configuration),
      after: runEpochs(now.run, now.configuration),
      order,
      askers: rules(before) === rules(now) ? [] : ruleAskers(now.configuration),
      answeredBefore: askedBefore(ruleAskers(before.configuration)),
      holdings: changedHoldings(changed, now.configuration.vesting),
      signal,
    },
    wanted,
  );
  return someCause(
    partings,
    order.map(({ id }) => id),
  );
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

/** Are files with rules, and nothing else, other ones? */
const isOfRules = (inputs: readonly BaselineInput[]) => inputs.length > 0 && inputs.every(({ source }) => source === "plug_in");

async function traceTerms(
  path: string,
  now: TemporaryRun,
  inputs: readonly BaselineInput[],
  { wanted, signal }: TraceRequest,
): Promise<ReadonlyMap<string, Parting>> {
  const whole = termLayout(now.configuration);
  return withTerms(path, async (epochs, names) => {
    // What every run writes down now, and the baseline did not yet, tells nothing of what changed.
    const layout = whole.filter(({ id }) => !isPool(id) || names.includes(id));
    const isOfRun = new Set(layout.map(({ id }) => id));
    const askers = ruleAskers(now.configuration);
    // What rules were asked for is told with their answers.
    const prefixes = askers.map(({ prefix }) => `${prefix}.`);
    const only = names.filter((name) => !isOfRun.has(name) && !prefixes.some((prefix) => name.startsWith(prefix)));
    const written = names.flatMap(
      (id) => layout.find((term) => term.id === id) ?? (only.includes(id) ? [{ id, rule: "", isShared: false }] : []),
    );
    return findPartings(
      {
        before: epochs,
        after: runEpochs(now.run, now.configuration),
        order: termOrder(written, layout),
        askers,
        answeredBefore: writtenBefore(),
        // A rule of a file of one's own makes pay of holdings; other code and recordings may change what is held.
        holdings: isOfRules(inputs) ? undefined : measureOf(now.configuration.vesting),
        signal,
      },
      wanted,
    );
  });
}
