import type { RefusalEntry } from "../../folder/study-manifest.js";
import { sha256Of, taskIdentity } from "../../identity/task-identity.js";
import { measuresIdentity, NO_MEASURES } from "../../measures/measures.js";
import { type PoolOptions, TaskPool } from "../../pool/task-pool.js";
import type { TrialOutcome, TrialSetting, TrialTask } from "../../pool/trial-task.js";
import type { Assignment, TunedParameter } from "../space/tuned-parameter.js";
import type { TrialEntry, TrialLog } from "../trials/trial-log.js";
import type { TapedTrials } from "./taped-trials.js";
import type { TrialScenario, TrialScenarios } from "./trial-scenarios.js";

/** Something to be run: one trial, with these replicates. */
export interface Request {
  /** -1: the scenario as it stands. */
  readonly trial: number;
  readonly assignment: Assignment | null;
  readonly replicates: readonly number[];
}

export interface EvaluatorOptions extends PoolOptions {
  readonly scenarios: TrialScenarios;
  readonly parameters: readonly TunedParameter[];
  readonly log: TrialLog;
  readonly setting: TrialSetting;
  /** Computes trials of a replay from its tape; null: all are run. */
  readonly taped: TapedTrials | null;
  /** Is it this process that runs it? Others may run the rest. */
  readonly isOwn: (trial: number, replicate: number) => boolean;
  /** Told before each part of the work, and as it goes. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** What came of one replicate of a trial is the line of this task in the log. */
export interface AskedTask {
  readonly trial: number;
  readonly replicate: number;
  readonly task: string;
}

/** `full`: also where a tape would do. */
export type Way = "any" | "full";

type Known = TrialScenario | { readonly refused: RefusalEntry };

/** Runs trials, each once: what the log holds is taken as it is. */
export class Evaluator {
  /** By way, trial and replicate. */
  readonly #tasks = new Map<string, string>();
  #usesTape = false;
  readonly #pool: TaskPool<TrialTask, TrialOutcome>;
  #done = 0;
  #total = 0;

  constructor(private readonly options: EvaluatorOptions) {
    this.#pool = new TaskPool("trial-worker.js", options.setting, options);
  }

  /** Ends its threads. */
  async close(): Promise<void> {
    await this.#pool.close();
  }

  /** What came of one replicate of a trial; null: it was not run (not by this process, or no more in its time). */
  entry(trial: number, replicate: number, way: Way = "any"): TrialEntry | null {
    const task = this.#tasks.get(`${way}/${trial}/${replicate}`);
    return task === undefined ? null : (this.options.log.entries.get(task) ?? null);
  }

  /** All that was asked for and is there. Trials of equal values are one task, and each of them is named. */
  get tasks(): readonly AskedTask[] {
    return [...this.#tasks].flatMap(([key, task]) => {
      const [way, trial, replicate] = key.split("/");
      return way === "any" && this.options.log.entries.has(task) ? [{ trial: Number(trial), replicate: Number(replicate), task }] : [];
    });
  }

  /** Was any trial computed from a tape, now or earlier? */
  get usesTape(): boolean {
    return this.#usesTape;
  }

  /** Runs what is not in the log, replicate by replicate of each trial in their order. */
  async run(requests: readonly Request[], way: Way = "any"): Promise<void> {
    const { log, isOwn, taped } = this.options;
    const missing: TrialTask[] = [];
    const fromTape: (TrialTask & TrialScenario)[] = [];
    const refused: TrialEntry[] = [];
    // Two trials may be the same: one is run.
    const asked = new Set<string>();
    for (const request of requests) {
      const { trial, assignment, replicates } = request;
      this.options.signal?.throwIfAborted();
      const known = await this.#known(assignment);
      const isTaped = way === "any" && taped !== null && !("refused" in known) && taped.takes(known.scenario);
      this.#usesTape ||= isTaped;
      for (const replicate of replicates) {
        const task = this.#taskOf(known, request, replicate, isTaped);
        this.#tasks.set(`${way}/${trial}/${replicate}`, task);
        if (log.entries.has(task) || asked.has(task) || !isOwn(trial, replicate)) continue;
        asked.add(task);
        if ("refused" in known)
          refused.push(this.#entryOf({ task, trial, replicate }, assignment, { status: "failed", error: known.refused }, way));
        else {
          const { scenario } = known;
          const one = { trial, replicate, resolved: scenario.resolved, task };
          if (isTaped) fromTape.push({ ...one, ...known });
          else missing.push(one);
        }
      }
    }
    await log.add(...refused);
    this.#total += missing.length + fromTape.length;
    this.#tell();
    const assignments = new Map(requests.map(({ trial, assignment }) => [trial, assignment]));
    if (taped !== null) {
      const left = await taped.run(fromTape, async (played) => {
        await log.add(...played.map(({ task, outcome }) => this.#entryOf(task, assignments.get(task.trial) ?? null, outcome, way)));
        this.#done += played.length;
        this.#tell();
      });
      missing.push(...left);
    }
    const settle = async (task: TrialTask, outcome: Exclude<TrialOutcome, { status: "broken" }>) => {
      await log.add(this.#entryOf(task, assignments.get(task.trial) ?? null, outcome, way));
      this.#done += 1;
      this.#tell();
    };
    await this.#pool.run(missing, settle);
  }

  async #known(assignment: Assignment | null): Promise<Known> {
    const found = await this.options.scenarios.of(assignment);
    return "scenario" in found ? found : { refused: found };
  }

  #taskOf(known: Known, { trial, assignment }: Request, replicate: number, isTaped: boolean): string {
    const { setting, taped } = this.options;
    if ("refused" in known)
      return sha256Of(["refused", this.options.parameters.map(({ path }) => path), assignment, known.refused, replicate]);
    const asked = [setting.spans ?? [], measuresIdentity(setting.measures ?? NO_MEASURES)];
    const study = sha256Of([known.sha256, ...asked, ...(isTaped ? ["tape", trial < 0 ? null : taped?.figures] : [])]);
    return taskIdentity(study, replicate);
  }

  #entryOf(
    { task, trial, replicate }: Pick<TrialTask, "task" | "trial" | "replicate">,
    assignment: Assignment | null,
    outcome: Exclude<TrialOutcome, { status: "broken" }>,
    way: Way,
  ): TrialEntry {
    const { parameters } = this.options;
    const isDone = outcome.status === "finished";
    return {
      task,
      trial,
      replicate,
      set: assignment === null ? {} : Object.fromEntries(parameters.map(({ path }, i) => [path, assignment[i]])),
      figures: isDone ? { ...outcome.figures } : null,
      spans: isDone ? outcome.spans.map((figures) => ({ ...figures })) : [],
      undecided: isDone ? [...outcome.undecided] : [],
      warnings: isDone && (trial < 0 || way === "full") ? [...(outcome.warnings ?? [])] : [],
      error: isDone ? null : { ...outcome.error },
    };
  }

  #tell(): void {
    this.options.onProgress?.(this.#done, this.#total);
  }
}
