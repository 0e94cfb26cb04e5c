import { DAY_MS, math, type RandomStream } from "../../engine/index.js";
import type { SyntheticOptions } from "./options.js";
import type { Population } from "./population.js";

const { floor, ln } = math;

export type Act = "add" | "remove" | "sweep";

/**
 * Who does what when: each miner adds and removes at random times (a Poisson process), and sweepers sell everything at
 * intervals that vary by a quarter. The earliest of all miners comes first, ties by miner: a binary heap of the miners by
 * their next time.
 */
export class Activity {
  readonly #draws: readonly RandomStream[];
  /** Adds and removals of a miner a millisecond. */
  readonly #rates: Float64Array;
  /** The part of them that are adds. */
  readonly #addShares: Float64Array;
  readonly #routineMs: Float64Array;
  readonly #sweepMs: Float64Array;
  /** The earlier of the two. */
  readonly #nextMs: Float64Array;
  readonly #heap: Int32Array;

  constructor(
    { addsPerDay, removesPerDay }: SyntheticOptions,
    private readonly population: Population,
    startMs: number,
  ) {
    const { count, sells, sweepMs } = population;
    this.#draws = Array.from({ length: count }, (_, miner) => population.randomOf(miner, "stake"));
    this.#rates = new Float64Array(count);
    this.#addShares = new Float64Array(count);
    this.#routineMs = new Float64Array(count);
    this.#sweepMs = new Float64Array(count);
    this.#nextMs = new Float64Array(count);
    this.#heap = Int32Array.from({ length: count }, (_, miner) => miner);
    for (let miner = 0; miner < count; miner++) {
      const perDay = addsPerDay + (sells[miner] === 1 ? removesPerDay : 0);
      this.#rates[miner] = perDay / DAY_MS;
      this.#addShares[miner] = perDay === 0 ? 0 : addsPerDay / perDay;
      this.#sweepMs[miner] = startMs + sweepMs[miner] * this.#draws[miner]();
      this.#routineMs[miner] = startMs + this.#gapMs(miner);
      this.#nextMs[miner] = this.#earlier(miner);
    }
    for (let place = floor(count / 2) - 1; place >= 0; place--) this.#siftDown(place);
  }

  /** Whose turn it is. */
  get miner(): number {
    return this.#heap[0];
  }

  /** When; Infinity when nobody does anything any more. */
  get timeMs(): number {
    return this.#nextMs[this.#heap[0]];
  }

  /** The random stream of whose turn it is, for the size of what it does. */
  get draw(): RandomStream {
    return this.#draws[this.#heap[0]];
  }

  /** What it does; draws once. */
  act(): Act {
    const miner = this.miner;
    if (this.#sweepMs[miner] < this.#routineMs[miner]) return "sweep";
    return this.#draws[miner]() < this.#addShares[miner] ? "add" : "remove";
  }

  /** On to the next of all miners. */
  advance(): void {
    const miner = this.miner;
    if (this.#sweepMs[miner] < this.#routineMs[miner])
      this.#sweepMs[miner] += this.population.sweepMs[miner] * (0.75 + 0.5 * this.#draws[miner]());
    else this.#routineMs[miner] += this.#gapMs(miner);
    this.#nextMs[miner] = this.#earlier(miner);
    this.#siftDown(0);
  }

  #earlier(miner: number): number {
    const routine = this.#routineMs[miner];
    const sweep = this.#sweepMs[miner];
    return sweep < routine ? sweep : routine;
  }

  #gapMs(miner: number): number {
    const rate = this.#rates[miner];
    return rate === 0 ? Number.POSITIVE_INFINITY : -ln(1 - this.#draws[miner]()) / rate;
  }

  #siftDown(from: number): void {
    const heap = this.#heap;
    const next = this.#nextMs;
    const count = heap.length;
    const miner = heap[from];
    const timeMs = next[miner];
    let place = from;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= count) break;
      const right = child + 1;
      if (right < count && before(next, heap[right], heap[child])) child = right;
      const other = heap[child];
      if (timeMs < next[other] || (timeMs === next[other] && miner < other)) break;
      heap[place] = other;
      place = child;
    }
    heap[place] = miner;
  }
}

function before(nextMs: Float64Array, miner: number, other: number): boolean {
  return nextMs[miner] < nextMs[other] || (nextMs[miner] === nextMs[other] && miner < other);
}
