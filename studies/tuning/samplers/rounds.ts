import { InvariantError } from "../../../engine/index.js";
import type { UnitPoint } from "../space.js";
import type { Outcome, Sampler } from "./sampler.js";
import { requireCount } from "./sequence.js";

/** A method that learns from batches of points, each told whole. */
export interface RoundMethod {
  /** The next batch; empty: no more. */
  propose(): readonly UnitPoint[];
  /** What came of all of the last batch. */
  learn(outcomes: readonly Outcome[]): void;
}

/** A sampler that adapts. It may be asked for parts of a batch: the method learns when all of it was told. */
export class Rounds implements Sampler {
  readonly #method: RoundMethod;
  readonly #objectives: "one" | "several";
  #batch: readonly UnitPoint[] = [];
  #outcomes: Outcome[] = [];
  #untold = 0;

  constructor(objectives: "one" | "several", method: RoundMethod) {
    this.#objectives = objectives;
    this.#method = method;
  }

  ask(count: number): readonly UnitPoint[] {
    requireCount(count);
    if (this.#untold > 0) throw new InvariantError(`a sampler that adapts was asked before it was told of ${this.#untold} points`);
    if (this.#outcomes.length === this.#batch.length) {
      this.#batch = this.#method.propose();
      this.#outcomes = [];
    }
    const points = this.#batch.slice(this.#outcomes.length, this.#outcomes.length + count);
    this.#untold = points.length;
    return points;
  }

  tell(outcomes: readonly Outcome[]): void {
    if (outcomes.length !== this.#untold)
      throw new InvariantError(`a sampler was told of ${outcomes.length} points, not of ${this.#untold}`);
    for (const outcome of outcomes) if (outcome !== null) this.#requireLosses(outcome);
    this.#outcomes.push(...outcomes);
    this.#untold = 0;
    if (this.#batch.length > 0 && this.#outcomes.length === this.#batch.length) this.#method.learn(this.#outcomes);
  }

  #requireLosses(losses: readonly number[]): void {
    const fits = this.#objectives === "one" ? losses.length === 1 : losses.length > 0;
    if (!fits || !losses.every(Number.isFinite)) throw new InvariantError(`a sampler was told losses of ${losses.join(", ")}`);
  }
}
