import { createHash } from "node:crypto";
import { TenureError } from "../../engine/index.js";
import { type CheckedInputs, openInputs, type RunProgress, toolVersion } from "../../recorders/index.js";
import { randomParts, type Scenario } from "../../scenarios/index.js";
import { studyIdentity, taskIdentity } from "../identity/task-identity.js";
import { runTasks } from "../pool/task-pool.js";
import type { TrialOutcome, TrialSetting, TrialTask } from "../pool/trial-task.js";
import { recordingOnly } from "../recording-only.js";
import { type ReplicateRange, replicatesOf } from "../replicates/replicate-range.js";
import { DEFAULT_OBJECTIVES, type Objective, refuseBehaviour, refuseRepeated, valuesOf } from "./objectives/objective.js";
import { type Assignment, combinationsOf, overridesOf, type TunedParameter } from "./space/tuned-parameter.js";
import { type TrialEntry, TrialLog } from "./trials/trial-log.js";
import { TuningDirectory } from "./tuning-directory.js";
import { TUNING_HEAD, writeTuningManifest } from "./tuning-manifest.js";

/** How far a tuning is. */
export interface TuneProgress {
  readonly stage: "checking" | "simulating";
  readonly done: number;
  readonly total: number | null;
  readonly unit: RunProgress["unit"] | "trials";
}

export interface TuneOptions {
  /** The folder of the tuning; made when it is not there. */
  readonly out: string;
  /** The scenario with more values set. @throws ScenarioErrors with what is wrong with them */
  readonly load: (overrides: readonly { readonly text: string; readonly given: string }[]) => Scenario;
  readonly parameters: readonly TunedParameter[];
  /** In the order in which they are told; `DEFAULT_OBJECTIVES` when left out. */
  readonly objectives?: readonly Objective[] | undefined;
  /** Of each trial; a scenario that draws no random numbers is run once. */
  readonly replicates: ReplicateRange;
  /** Threads at the same time; as many as the machine has cores when left out. */
  readonly jobs?: number | undefined;
  readonly data?: string | undefined;
  readonly force?: boolean | undefined;
  readonly onProgress?: ((progress: TuneProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One combination of values, and what came of it. */
export interface Trial {
  readonly number: number;
  readonly assignment: Assignment;
  /** By objective and replicate, in the order of `Tuning.replicates`; null: the trial failed. */
  readonly values: readonly (readonly number[])[] | null;
  /** Why, where it failed: the first of its replicates that did. */
  readonly error: TrialEntry["error"];
}

/** What came of a tuning. */
export interface Tuning {
  readonly dir: string;
  readonly scenario: string;
  readonly seed: number;
  readonly parameters: readonly TunedParameter[];
  readonly objectives: readonly Objective[];
  readonly replicates: readonly number[];
  /** What draws random numbers; empty: nothing. */
  readonly random: readonly string[];
  readonly trials: readonly Trial[];
  /** What of the rule every finished trial says that its data cannot decide. */
  readonly undecided: readonly string[];
}

/**
 * Tries all combinations of values, each with the same random numbers. What an earlier start finished in the folder is taken as it is.
 * @throws ScenarioErrors for values that the scenario does not allow, TenureError TEN-TUNE-... for the rest, that of the first trial where
 *   all failed; `TEN-TUNE-115` when `signal` stopped it (what is finished stays for the next start)
 */
export async function tune(options: TuneOptions): Promise<Tuning> {
  const { load, parameters, objectives = DEFAULT_OBJECTIVES, out, data, force, signal } = options;
  const assignments = combinationsOf(parameters);
  refuseRepeated(objectives);
  const base = load([]);
  refuseBehaviour(objectives, base.configuration.closedLoops.length > 0);
  const scenarios = assignments.map((assignment) => recordingOnly(load(overridesOf(parameters, assignment)), []));
  const random = [...new Set(scenarios.flatMap((scenario) => [...randomParts(scenario)]))].sort();
  const replicates = random.length === 0 ? [options.replicates.from] : replicatesOf(options.replicates, null);
  const inputs = new InputsOf(options);
  const tasks: TrialTask[] = [];
  for (const [trial, scenario] of scenarios.entries()) {
    const { sha256 } = studyIdentity(scenario, await inputs.of(scenario));
    for (const replicate of replicates)
      tasks.push({ trial, replicate, resolved: scenario.resolved, task: taskIdentity(sha256, replicate) });
  }
  const directory = await TuningDirectory.open(out, { scenario: base.configuration.name, force });
  try {
    const log = await TrialLog.open(directory.trialsPath);
    try {
      const setting = { file: base.file, data, rules: undefined, bundles: (await inputs.of(scenarios[0])).bundles };
      await runMissing(tasks, log, setting, assignments, options, objectives);
      const entries = tasks.map(({ task }) => log.entries.get(task) as TrialEntry);
      const trials = trialsOf(entries, assignments, objectives, replicates.length);
      refuseWhereAllFailed(trials);
      await writeTuningManifest(directory.path, {
        ...TUNING_HEAD,
        tool: { name: "tenure", version: toolVersion() },
        scenario: { name: base.configuration.name, resolved: base.resolved, file: base.file },
        parameters: parameters.map(({ path, values }) => ({ path, values: [...values] })),
        objectives: [...objectives],
        seed: base.configuration.seed,
        replicates,
        tasks: tasks.map(({ task }) => task),
        digest: digestOf(entries),
      });
      const finished = entries.filter(({ figures }) => figures !== null);
      return {
        dir: directory.path,
        scenario: base.configuration.name,
        seed: base.configuration.seed,
        parameters,
        objectives,
        replicates,
        random,
        trials,
        undecided: (finished[0]?.undecided ?? []).filter((one) => finished.every(({ undecided }) => undecided.includes(one))),
      };
    } finally {
      await log.close();
    }
  } catch (error) {
    if (signal?.aborted === true) throw interrupted(out);
    throw error;
  } finally {
    await directory.release();
  }
}

/** Inputs of a scenario, checked once for all trials that name the same. */
class InputsOf {
  readonly #known = new Map<string, Promise<CheckedInputs>>();

  constructor(private readonly options: Pick<TuneOptions, "data" | "signal" | "onProgress">) {}

  of(scenario: Scenario): Promise<CheckedInputs> {
    const { data, signal, onProgress } = this.options;
    const key = JSON.stringify([scenario.resolved.streams, scenario.plugIns?.uses ?? null]);
    const tell = ({ done, total, unit }: RunProgress) => onProgress?.({ stage: "checking", done, total, unit });
    const known = this.#known.get(key) ?? openInputs(scenario, { data, signal, onProgress: tell });
    this.#known.set(key, known);
    return known;
  }
}

/** Runs what is not in the log. The first trial comes alone: an objective that is no figure is known before the others run. */
async function runMissing(
  tasks: readonly TrialTask[],
  log: TrialLog,
  setting: TrialSetting,
  assignments: readonly Assignment[],
  { parameters, jobs, signal, onProgress }: TuneOptions,
  objectives: readonly Objective[],
): Promise<void> {
  const missing = tasks.filter(({ task }) => !log.entries.has(task));
  let settled = 0;
  const tell = () => onProgress?.({ stage: "simulating", done: settled, total: missing.length, unit: "trials" });
  tell();
  const checkNames = () => {
    const known = tasks.map(({ task }) => log.entries.get(task)).find((entry) => entry != null && entry.figures !== null);
    if (known?.figures != null) valuesOf(objectives, known.figures);
    return known !== undefined;
  };
  const settle = async ({ trial, replicate, task }: TrialTask, outcome: Exclude<TrialOutcome, { status: "broken" }>) => {
    const set = Object.fromEntries(parameters.map(({ path }, i) => [path, assignments[trial][i]]));
    const isDone = outcome.status === "finished";
    await log.add({
      task,
      trial,
      replicate,
      set,
      figures: isDone ? { ...outcome.figures } : null,
      undecided: isDone ? [...outcome.undecided] : [],
      error: isDone ? null : { ...outcome.error },
    });
    settled += 1;
    tell();
  };
  const run = (part: readonly TrialTask[]) => runTasks<TrialTask, TrialOutcome>("trial-worker.js", setting, part, settle, { jobs, signal });
  const isChecked = checkNames();
  const first = isChecked ? [] : missing.slice(0, 1);
  await run(first);
  checkNames();
  await run(missing.slice(first.length));
}

function trialsOf(
  entries: readonly TrialEntry[],
  assignments: readonly Assignment[],
  objectives: readonly Objective[],
  replicates: number,
): readonly Trial[] {
  return assignments.map((assignment, number) => {
    const own = entries.slice(number * replicates, (number + 1) * replicates);
    const failed = own.find(({ figures }) => figures === null);
    if (failed !== undefined) return { number, assignment, values: null, error: failed.error };
    const values = own.map(({ figures }) => valuesOf(objectives, figures ?? {}));
    return {
      number,
      assignment,
      values: objectives.map((_, at) => values.map((one) => one[at])),
      error: null,
    };
  });
}

function refuseWhereAllFailed(trials: readonly Trial[]): void {
  const [first] = trials;
  if (first?.error == null || trials.some(({ values }) => values !== null)) return;
  const { code, what } = first.error;
  throw new TenureError({
    code: "TEN-TUNE-114",
    what: `All ${trials.length} trials failed, the first with ${code}: ${what}`,
    hint: "Run the scenario once with these values: tenure run ... --set ...",
  });
}

function digestOf(entries: readonly TrialEntry[]): string {
  const hash = createHash("sha256");
  for (const { figures, error } of entries) hash.update(JSON.stringify([figures, error?.code ?? null]));
  return hash.digest("hex");
}

function interrupted(out: string): TenureError {
  return new TenureError({
    code: "TEN-TUNE-115",
    what: "The tuning was interrupted; the trials that are finished are kept.",
    place: { file: out },
    hint: "The same command goes on where it stopped.",
  });
}
