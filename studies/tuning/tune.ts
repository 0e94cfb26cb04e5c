import { type Place, TenureError } from "../../engine/index.js";
import type { CheckedInputs, RunProgress } from "../../recorders/index.js";
import { openScenario, type Scenario, ScenarioErrors } from "../../scenarios/index.js";
import { type CheckedSqlObjective, checkSqlObjectives } from "../measures/sql-objective.js";
import { whyNotOpenLoop } from "../open-loop/index.js";
import type { Shard } from "../replicates/replicate-range.js";
import { confirm } from "./confirm.js";
import { Evaluator } from "./evaluation/evaluator.js";
import { TapedTrials } from "./evaluation/taped-trials.js";
import { TrialScenarios } from "./evaluation/trial-scenarios.js";
import { draftOf, finishTuning } from "./finish-tuning.js";
import type { StudyRecord } from "./folder/study-record.js";
import { forkedFolder, TuningDirectory } from "./folder/tuning-directory.js";
import { refuseBehaviour, valuesOf } from "./objectives/objective.js";
import type { TuningPlan } from "./plan/tuning-plan.js";
import { samplerNamed } from "./samplers/index.js";
import { searchTrials } from "./search/search-trials.js";
import { AS_IT_STANDS, sensitivityRequests } from "./search/sensitivity-requests.js";
import { setupOf, type TuningSetup, type TuningSubject } from "./setup.js";
import { type TrialEntry, TrialLog } from "./trials/trial-log.js";
import type { Tuning } from "./tuning.js";

/** How far a tuning is. */
export interface TuneProgress {
  readonly stage: "checking" | "replaying" | "simulating" | "loading";
  readonly done: number;
  readonly total: number | null;
  readonly unit: RunProgress["unit"] | "trials";
}

/** What is tuned, and into which folder. */
export interface TuneOptions {
  /** The folder of the tuning; made when it is not there. */
  readonly out: string;
  readonly plan: TuningPlan;
  /** Values of the scenario beside those of the plan, `path=value`, and its seed. */
  readonly sets?: readonly string[] | undefined;
  readonly seed?: number | undefined;
  /** Threads at the same time; as many as the machine has cores when left out. */
  readonly jobs?: number | undefined;
  readonly data?: string | undefined;
  /** Begin nothing more after so long. */
  readonly timeMs?: number | undefined;
  /** Only a part of the trials, or, where the sampler learns from them, of the replicates. */
  readonly shard?: Shard | undefined;
  readonly resume?: boolean | undefined;
  /** Begin anew beside a folder whose study was changed. */
  readonly fork?: boolean | undefined;
  readonly force?: boolean | undefined;
  readonly onProgress?: ((progress: TuneProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Tries values of a scenario's parameters, each trial with the same random numbers. What an earlier start finished in the folder is taken
 * as it is. The same plan gives the same trials, whatever the threads.
 * @throws ScenarioErrors for values that the scenario does not allow, TenureError TEN-TUNE-... for the rest, that of the first trial where
 *   all failed; `TEN-TUNE-115` when `signal` stopped it (what is finished stays for the next start)
 */
export async function tune(options: TuneOptions): Promise<Tuning> {
  const { plan, sets = [], seed, data, force, resume, signal } = options;
  const template = openScenario(plan.scenario, { sets: [...plan.sets, ...sets], seed });
  const base = template.with([]);
  refuseBehaviour(plan.objectives, base.configuration.closedLoops.length > 0, wantedAt(plan));
  refuseShardedHalving(options);
  const record: StudyRecord = {
    format: "tenure-tuning-study",
    version: 1,
    file: plan.file,
    scenario: { name: base.configuration.name, opened: plan.scenario, file: template.file, text: template.text, resolved: base.resolved },
    statement: plan.statement,
    sets: [...sets],
    scenario_seed: seed ?? null,
  };
  const scenarios = new TrialScenarios({
    load: template.with,
    parameters: plan.space.parameters,
    given: plan.file === null ? "--vary" : `${plan.file}, vary`,
    data,
    signal,
    onProgress: ({ done, total, unit }) => options.onProgress?.({ stage: "checking", done, total, unit }),
  });
  const checked = checkedValues(plan, scenarios);
  const use = { record, force, resume };
  if (options.fork !== true) await TuningDirectory.check(options.out, use);
  const prepared = await prepare({ base, checked, scenarios }, options);
  const folder = options.fork === true ? await forkedFolder(options.out) : options.out;
  const directory = await TuningDirectory.open(folder, use);
  try {
    const log = await TrialLog.open(directory.trialsPath);
    try {
      return await tuneInto(directory, log, prepared, options);
    } finally {
      await log.close();
    }
  } catch (error) {
    if (signal?.aborted === true) throw interrupted(folder);
    throw error;
  } finally {
    await directory.release();
  }
}

/** All that is refused before anything is written. */
async function prepare(subject: TuningSubject, { plan, out, signal }: TuneOptions): Promise<PreparedTuning> {
  const { base, scenarios } = subject;
  try {
    const inputs = await scenarios.inputsOf(base);
    const setup = setupOf(plan, subject, inputs);
    const queries = plan.objectives.flatMap((one) => (one.sql === undefined ? [] : [{ name: one.name, sql: one.sql }]));
    return { base, scenarios, inputs, setup, sql: await checkSqlObjectives(queries, base) };
  } catch (error) {
    if (signal?.aborted === true) throw interrupted(out);
    throw error;
  }
}

interface PreparedTuning extends Pick<TuningSubject, "base" | "scenarios"> {
  readonly inputs: CheckedInputs;
  readonly setup: TuningSetup;
  readonly sql: readonly CheckedSqlObjective[];
}

async function tuneInto(directory: TuningDirectory, log: TrialLog, prepared: PreparedTuning, options: TuneOptions): Promise<Tuning> {
  const { plan, data, jobs, signal, shard, timeMs, onProgress } = options;
  const { base, scenarios, inputs, setup, sql } = prepared;
  const { replicates, heldOut, time } = setup;
  const deadline = timeMs === undefined ? Number.POSITIVE_INFINITY : performance.now() + timeMs;
  const goesOn = () => performance.now() < deadline;
  const taped = TapedTrials.of(base, plan, {
    spans: time.spans,
    inputs,
    data,
    jobs,
    signal,
    goesOn,
    onReplay: (done, total) => onProgress?.({ stage: "replaying", done, total, unit: "events" }),
  });
  const evaluator = new Evaluator({
    scenarios,
    parameters: plan.space.parameters,
    log,
    setting: {
      file: base.file,
      data,
      rules: undefined,
      bundles: inputs.bundles,
      spans: time.spans,
      measures: { sql, modules: plan.modules },
    },
    taped,
    isOwn: ownedBy(plan, shard),
    jobs,
    signal,
    goesOn,
    onProgress: (done, total) => onProgress?.({ stage: "simulating", done, total, unit: "trials" }),
  });
  try {
    const isSharded = shard !== undefined;
    const all = [...replicates, ...heldOut];
    // One run before all others: an objective that is no figure is known then.
    const asItStands = { trial: AS_IT_STANDS, assignment: null };
    await evaluator.run([{ ...asItStands, replicates: all.slice(0, 1) }]);
    const first = evaluator.entry(AS_IT_STANDS, all[0]);
    if (first?.figures != null) checkNames(plan, first);
    await evaluator.run([{ ...asItStands, replicates: all }]);
    const found = await searchTrials(plan, evaluator, { replicates, heldOut, isSharded });
    if (found.ended !== "time") await evaluator.run(sensitivityRequests(plan, replicates));
    const ranInFull = base.configuration.stages === null || evaluator.usesTape ? null : whyNotOpenLoop(base, base);
    const end = { directory, log, plan, setup, source: evaluator, found, ranInFull, signal, onProgress };
    const draft = draftOf(end);
    const confirmed = isSharded || !evaluator.usesTape ? null : await confirm(draft, evaluator, all);
    return finishTuning({ ...end, confirmed }, draft);
  } finally {
    await evaluator.close();
  }
}

/** Which part of the work is this process's: trials by their numbers, or, where the sampler learns from them, replicates. */
function ownedBy({ sampler }: TuningPlan, shard: Shard | undefined): (trial: number, replicate: number) => boolean {
  if (shard === undefined) return () => true;
  const { index, count } = shard;
  const { adapts } = samplerNamed(sampler.name);
  return (trial, replicate) => (adapts ? replicate : Math.max(0, trial)) % count === index - 1;
}

/**
 * Single values that the scenario does not allow are refused before anything is run: of a list each, of a range both ends.
 * @returns the scenarios with the others, one value set in each
 */
function checkedValues({ space }: TuningPlan, scenarios: TrialScenarios): readonly Scenario[] {
  return space.parameters.flatMap(({ path, domain }) => {
    const values = domain.kind === "list" ? domain.values : [domain.from, domain.to];
    return values.flatMap((value) => {
      try {
        return [scenarios.withOne(path, value)];
      } catch (error) {
        // What only contradicts the rest of the scenario as it stands may go together in a trial.
        if (!(error instanceof ScenarioErrors) || error.errors.some(({ place }) => place?.file === scenarios.given(path, value)))
          throw error;
        return [];
      }
    });
  });
}

function refuseShardedHalving({ plan, shard }: TuneOptions): void {
  if (shard === undefined || plan.pruning === null) return;
  throw new TenureError({
    code: "TEN-TUNE-140",
    what: "Successive halving compares all trials, and a part has only some of them.",
    place: { path: "--shard" },
    found: "pruning",
    allowed: "--shard without pruning",
    hint: "Take `pruning` out of the study, or run it in one place with --jobs.",
  });
}

/** An objective or a limit that is no figure of the run. */
function checkNames(plan: TuningPlan, { figures }: TrialEntry): void {
  const limits = plan.limits.map(({ figure }) => ({ name: figure, better: "min" as const }));
  valuesOf(plan.objectives, figures ?? {}, wantedAt(plan));
  valuesOf(limits, figures ?? {}, { ...wantedAt(plan), path: "limits" });
}

/** Where objectives are stated. */
function wantedAt({ file }: TuningPlan): Place {
  return file === null ? { path: "--objective" } : { file, path: "objectives" };
}

function interrupted(out: string): TenureError {
  return new TenureError({
    code: "TEN-TUNE-115",
    what: "The tuning was interrupted; the trials that are finished are kept.",
    place: { file: out },
    hint: "The same command goes on where it stopped.",
  });
}
