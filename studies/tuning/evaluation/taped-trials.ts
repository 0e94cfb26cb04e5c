import { availableParallelism } from "node:os";
import type { EpochTape, Span } from "../../../engine/index.js";
import type { CheckedInputs } from "../../../recorders/index.js";
import { replicateOf, type Scenario } from "../../../scenarios/index.js";
import { recordTape, TapePlayer, whyNotOpenLoop } from "../../open-loop/index.js";
import { refusalOf } from "../../pool/refusal-entry.js";
import type { TapeOutcome, TapeSetting, TapeTask } from "../../pool/tape-task.js";
import { runTasks } from "../../pool/task-pool.js";
import type { TrialOutcome, TrialTask } from "../../pool/trial-task.js";
import { isOfRun, isSpanFigure } from "../objectives/objective.js";
import type { TuningPlan } from "../plan/tuning-plan.js";
import type { TrialScenario } from "./trial-scenarios.js";

export interface PlayedTask {
  readonly task: TrialTask;
  readonly outcome: Extract<TrialOutcome, { status: "finished" }>;
}

type TapedTask = TrialTask & TrialScenario;

interface Taped {
  readonly tape: EpochTape;
  readonly player: TapePlayer;
  readonly rows: number;
}

export interface TapedTrialsOptions {
  /** Threads at the same time; as many as the machine has cores when left out. */
  readonly jobs?: number | undefined;
  readonly spans: readonly Span[];
  readonly inputs: CheckedInputs;
  readonly data?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told while the ledger is replayed. */
  readonly onReplay?: ((done: number, total: number | null) => void) | undefined;
  readonly goesOn: () => boolean;
}

/** Rows of tapes that are kept at the same time: some hundred megabytes. */
const MOST_ROWS = 6_000_000;
/** Trials that are told and brought to the disk together; those that one thread is given at a time. */
const TOGETHER = 64;
const A_THREAD = 4;
/** Trials of one tape before that of the next replicate. */
const AT_ONCE = 1_024;
/** Threads are begun where a trial takes longer than that, and all together longer than they take to begin; milliseconds. */
const FIRST = 3;
const LONG_MS = 5;
const WORTH_MS = 2_000;

/**
 * Computes trials of a replay from tapes, one a replicate: parameters that change only how weights become shares never touch the
 * ledger, so it is replayed once for all of them.
 */
export class TapedTrials {
  /** Names of the figures that are computed of a trial; of the scenario as it stands all are. */
  readonly figures: readonly string[];
  readonly #players = new Map<number, Taped>();

  private constructor(
    private readonly base: Scenario,
    plan: TuningPlan,
    private readonly options: TapedTrialsOptions,
  ) {
    this.figures = [...new Set(figuresIn(plan))].sort();
  }

  /** Null: something is asked for that only runs tell, or the scenario is none that a tape can be of. */
  static of(base: Scenario, plan: TuningPlan, options: TapedTrialsOptions): TapedTrials | null {
    const isOfPay = figuresIn(plan).every(isSpanFigure) && plan.objectives.every(isOfRun);
    return isOfPay && whyNotOpenLoop(base, base) === null ? new TapedTrials(base, plan, options) : null;
  }

  takes(scenario: Scenario): boolean {
    return whyNotOpenLoop(this.base, scenario) === null;
  }

  /** @returns those that a tape cannot decide, to be run in full */
  async run(tasks: readonly TapedTask[], onPlayed: (played: readonly PlayedTask[]) => Promise<void>): Promise<readonly TrialTask[]> {
    const left: TrialTask[] = [];
    for (const group of byTape(tasks)) {
      // The first ones make what the others have; how long a trial takes the last of them tells.
      left.push(...(await this.#playHere(group.slice(0, FIRST - 1), onPlayed)));
      const begunMs = performance.now();
      left.push(...(await this.#playHere(group.slice(FIRST - 1, FIRST), onPlayed)));
      if (!this.options.goesOn()) break;
      const eachMs = performance.now() - begunMs;
      const others = group.slice(FIRST);
      const isLong = eachMs > LONG_MS && eachMs * others.length > WORTH_MS && (this.options.jobs ?? availableParallelism()) > 1;
      left.push(...(await (isLong ? this.#playInThreads(others, onPlayed) : this.#playHere(others, onPlayed))));
    }
    return left;
  }

  async #playHere(tasks: readonly TapedTask[], onPlayed: (played: readonly PlayedTask[]) => Promise<void>): Promise<readonly TrialTask[]> {
    const left: TrialTask[] = [];
    let played: PlayedTask[] = [];
    const tell = async () => {
      await onPlayed(played);
      played = [];
      // Signals and progress are not heard before.
      await new Promise<void>((resolve) => setImmediate(resolve));
      this.options.signal?.throwIfAborted();
    };
    for (const [at, { scenario, sha256: _, ...task }] of tasks.entries()) {
      if (at > 0 && !this.options.goesOn()) break;
      const { player } = await this.#tapeOf(task.replicate);
      const result = player.play(scenario.configuration, task.trial < 0 ? null : this.figures);
      if (result === null) left.push(task);
      else played.push({ task, outcome: { status: "finished", ...result } });
      if (played.length >= TOGETHER) await tell();
    }
    if (played.length > 0) await tell();
    return left;
  }

  /** Where a trial takes its time: on all threads, which share the tape. */
  async #playInThreads(
    tasks: readonly TapedTask[],
    onPlayed: (played: readonly PlayedTask[]) => Promise<void>,
  ): Promise<readonly TrialTask[]> {
    const left: TrialTask[] = [];
    if (tasks.length === 0) return left;
    const { tape } = await this.#tapeOf(tasks[0].replicate);
    const { spans, jobs, signal, goesOn } = this.options;
    const parts: TapeTask[] = [];
    for (let from = 0; from < tasks.length; from += A_THREAD)
      parts.push({ from, trials: tasks.slice(from, from + A_THREAD).map(({ scenario }) => scenario.resolved) });
    const settle = async ({ from }: TapeTask, outcome: Exclude<TapeOutcome, { status: "broken" }>) => {
      if (outcome.status === "failed") throw refusalOf(outcome.error);
      const played: PlayedTask[] = [];
      for (const [at, result] of outcome.played.entries()) {
        const { scenario: _, sha256: __, ...task } = tasks[from + at];
        if (result === null) left.push(task);
        else played.push({ task, outcome: { status: "finished", ...result } });
      }
      await onPlayed(played);
    };
    const setting: TapeSetting = { tape, spans, figures: this.figures };
    await runTasks<TapeTask, TapeOutcome>("tape-worker.js", setting, parts, settle, { jobs, signal, goesOn });
    return left;
  }

  async #tapeOf(replicate: number): Promise<Taped> {
    const known = this.#players.get(replicate);
    if (known !== undefined) return known;
    const { inputs, data, signal, spans, onReplay } = this.options;
    const tape = await recordTape(replicateOf(this.base, replicate), {
      opened: inputs,
      data,
      signal,
      onProgress: ({ done, total }) => onReplay?.(done, total),
    });
    const rows = rowsOf(tape);
    for (const [oldest, { rows: others }] of this.#players) {
      if ([...this.#players.values()].reduce((sum, one) => sum + one.rows, rows) <= MOST_ROWS || others === 0) break;
      this.#players.delete(oldest);
    }
    const taped = { tape, player: new TapePlayer(tape, spans), rows };
    this.#players.set(replicate, taped);
    return taped;
  }
}

function rowsOf({ firstRow, epochs }: EpochTape): number {
  return firstRow[epochs];
}

/** Trial after trial, so many at a time that a tape is made once for many of them; each part is of one tape. */
function byTape(tasks: readonly TapedTask[]): readonly (readonly TapedTask[])[] {
  const group = ({ trial }: TapedTask) => Math.floor(trial / AT_ONCE);
  const ordered = [...tasks].sort((a, b) => group(a) - group(b) || a.replicate - b.replicate || a.trial - b.trial);
  const parts: TapedTask[][] = [];
  for (const task of ordered) {
    const last = parts.at(-1);
    if (last !== undefined && group(last[0]) === group(task) && last[0].replicate === task.replicate) last.push(task);
    else parts.push([task]);
  }
  return parts;
}

function figuresIn({ objectives, limits }: TuningPlan): readonly string[] {
  return [...objectives.map(({ name }) => name), ...limits.map(({ figure }) => figure)];
}
