import type { EpochTape, Span } from "../../../engine/index.js";
import type { CheckedInputs } from "../../../recorders/index.js";
import { replicateOf, type Scenario } from "../../../scenarios/index.js";
import type { TrialOutcome, TrialTask } from "../../pool/trial-task.js";
import { isOfRun, isSpanFigure } from "../objectives/objective.js";
import { recordTape, TapePlayer, whyNotOpenLoop } from "../open-loop/index.js";
import type { TuningPlan } from "../plan/tuning-plan.js";
import type { TrialScenario } from "./trial-scenarios.js";

export interface PlayedTask {
  readonly task: TrialTask;
  readonly outcome: Extract<TrialOutcome, { status: "finished" }>;
}

export interface TapedTrialsOptions {
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
/** Trials that are told and brought to the disk together. */
const TOGETHER = 64;

/**
 * Computes trials of a replay from tapes, one a replicate: parameters that change only how weights become shares never touch the
 * ledger, so it is replayed once for all of them.
 */
export class TapedTrials {
  /** Names of the figures that are computed of a trial; of the scenario as it stands all are. */
  readonly figures: readonly string[];
  #players = new Map<number, { readonly player: TapePlayer; readonly rows: number }>();
  wasUsed = false;

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
  async run(
    tasks: readonly (TrialTask & TrialScenario)[],
    onPlayed: (played: readonly PlayedTask[]) => Promise<void>,
  ): Promise<readonly TrialTask[]> {
    const left: TrialTask[] = [];
    let played: PlayedTask[] = [];
    const tell = async () => {
      await onPlayed(played);
      played = [];
      // Signals and progress are not heard before.
      await new Promise<void>((resolve) => setImmediate(resolve));
      this.options.signal?.throwIfAborted();
    };
    for (const [at, { scenario, sha256: _, ...task }] of inOrderOfTapes(tasks).entries()) {
      if (at > 0 && !this.options.goesOn()) break;
      const player = await this.#playerOf(task.replicate);
      const result = player.play(scenario.configuration, task.trial < 0 ? null : this.figures);
      this.wasUsed = true;
      if (result === null) left.push(task);
      else played.push({ task, outcome: { status: "finished", ...result } });
      if (played.length >= TOGETHER) await tell();
    }
    await tell();
    return left;
  }

  async #playerOf(replicate: number): Promise<TapePlayer> {
    const known = this.#players.get(replicate);
    if (known !== undefined) return known.player;
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
    const player = new TapePlayer(tape, spans);
    this.#players.set(replicate, { player, rows });
    return player;
  }
}

function rowsOf({ firstRow, epochs }: EpochTape): number {
  return firstRow[epochs];
}

/** Trial after trial, so many at a time that a tape is made once for many of them. */
function inOrderOfTapes<Task extends TrialTask>(tasks: readonly Task[]): readonly Task[] {
  const group = ({ trial }: Task) => Math.floor(trial / TOGETHER);
  return [...tasks].sort((a, b) => group(a) - group(b) || a.replicate - b.replicate || a.trial - b.trial);
}

function figuresIn({ objectives, limits }: TuningPlan): readonly string[] {
  return [...objectives.map(({ name }) => name), ...limits.map(({ figure }) => figure)];
}
