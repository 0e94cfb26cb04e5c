import {
  type EpochTape,
  GeometricPlayer,
  InvariantError,
  isGeometricAlone,
  playTape,
  type RunMetricsSummary,
  type Span,
} from "../../engine/index.js";
import type { Scenario } from "../../scenarios/index.js";
import { spanFigures } from "../figures/span-figures.js";

/** What a trial comes to. */
export interface PlayedTrial {
  /** Figures of pay by name, as a run of the trial has them. */
  readonly figures: Readonly<Record<string, number>>;
  /** The same of each span; empty where no pot lies in it. */
  readonly spans: readonly Readonly<Record<string, number>>[];
  /** What of the rule the data cannot decide, as `summary.metrics.undecided`. */
  readonly undecided: readonly string[];
}

/** The figures that take a pass over all rows a trial. */
const PASSES = /(^|\/)(gini_before|gini_after|miners)$/;

/** Computes trials from a tape. One a thread: what it keeps of a tape is as large as the tape. */
export class TapePlayer {
  /** Made for the first rule that it is for. */
  #geometric: GeometricPlayer | null = null;

  constructor(
    private readonly tape: EpochTape,
    private readonly spans: readonly Span[] = [],
  ) {}

  /**
   * @param trial its configuration; `whyNotOpenLoop` has nothing against it
   * @param names figures that are wanted; null: all of pay
   * @returns null where only a full run can decide the trial
   */
  play(trial: Pick<Scenario["configuration"], "vesting" | "stages">, names: readonly string[] | null): PlayedTrial | null {
    this.#refuseOther(trial);
    const played = isGeometricAlone(trial)
      ? this.#geometricPlayer().play(trial, names === null || names.some((name) => PASSES.test(name)))
      : playTape(this.tape, trial, this.spans);
    if (played === null) return null;
    const { whole, spans } = played;
    const named = (part: RunMetricsSummary | null): Record<string, number> =>
      Object.fromEntries(
        spanFigures(part, whole).flatMap(({ name, value }) => (names === null || names.includes(name) ? [[name, value]] : [])),
      );
    return { figures: named(whole), spans: spans.map(named), undecided: whole?.undecided ?? [] };
  }

  #geometricPlayer(): GeometricPlayer {
    this.#geometric ??= new GeometricPlayer(this.tape, this.spans);
    return this.#geometric;
  }

  #refuseOther({ vesting }: Pick<Scenario["configuration"], "vesting">): void {
    const { measure } = this.tape;
    const isWindow = measure.retentionScope === "window" || measure.rounding === "whole_days";
    const keys = ["startMs", "retentionBasis", "retentionScope", "rounding", "keyScope", ...(isWindow ? ["retentionWindowDays"] : [])];
    for (const key of keys as (keyof typeof measure)[]) {
      if (measure[key] !== vesting[key]) throw new InvariantError(`a trial whose ${key} is ${vesting[key]}, on a tape of ${measure[key]}`);
    }
  }
}
