import { BLOCK_MS, math } from "../../engine/index.js";
import type { SyntheticContext } from "./context.js";

const { floor, max } = math;

/** Goes from one epoch's end to the next. */
export class EpochClock {
  /** End of the current epoch; Infinity after the last. */
  endMs: number;
  /** Blocks of the current epoch. */
  blocks = 0;
  readonly #lastMs: number;
  readonly #tempoMs: number;
  readonly #given: Iterator<number> | undefined;
  /** Of a given end after the last. */
  readonly #leastMs: number;

  constructor({ startMs, endMs, tempoBlocks, epochEndsMs, endsAreMarked }: SyntheticContext) {
    this.endMs = startMs;
    this.#lastMs = endMs;
    this.#tempoMs = tempoBlocks * BLOCK_MS;
    this.#given = epochEndsMs?.[Symbol.iterator]();
    this.#leastMs = endsAreMarked === true ? 1 : this.#tempoMs;
    this.advance();
  }

  advance(): void {
    const beforeMs = this.endMs;
    const nextMs = this.#given === undefined ? beforeMs + this.#tempoMs : this.#nextGiven(this.#given, beforeMs + this.#leastMs);
    this.endMs = nextMs <= this.#lastMs ? nextMs : Number.POSITIVE_INFINITY;
    this.blocks = this.endMs === Number.POSITIVE_INFINITY ? 0 : max(1, floor((nextMs - beforeMs) / BLOCK_MS + 0.5));
  }

  #nextGiven(given: Iterator<number>, earliestMs: number): number {
    for (;;) {
      const { done, value } = given.next();
      if (done === true) return Number.POSITIVE_INFINITY;
      if (value >= earliestMs) return value;
    }
  }
}
