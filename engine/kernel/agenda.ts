import { InvariantError } from "./errors.js";
import { AFTER_ROWS, comesBefore, type OrderKey } from "./order.js";

/** Work that was put on the agenda. */
export interface Planned extends OrderKey {
  readonly run: () => void;
}

interface Entry extends Planned {
  readonly sequence: number;
  isCancelled: boolean;
}

/** What happens without a stream row, in the total order (`order.ts`): a heap of work, on which anything may put more. */
export class Agenda {
  /** Changes whenever the next work may be another. */
  version = 0;
  readonly #heap: Entry[] = [];
  #planned = 0;
  #nowMs = Number.NEGATIVE_INFINITY;
  #phase = 0;

  /** Where the run stands: time and phase of what is being done. */
  get nowMs(): number {
    return this.#nowMs;
  }

  get phase(): number {
    return this.#phase;
  }

  /** The run goes on to a key. */
  goTo({ timeMs, phase }: OrderKey): void {
    this.#nowMs = timeMs;
    this.#phase = phase;
  }

  /**
   * Plans work, after the stream rows of its time and phase.
   * @param rank of `RANK`; work of one rank is done in the order of `place`, and the same place in the order in which it was planned
   * @throws InvariantError for a time and phase that are over
   */
  plan(timeMs: number, phase: number, rank: number, place: number, run: () => void): Planned {
    if (!(timeMs > this.#nowMs || (timeMs === this.#nowMs && phase >= this.#phase)))
      throw new InvariantError(`work is planned for ${timeMs}, phase ${phase}, at ${this.#nowMs}, phase ${this.#phase}`);
    const entry: Entry = {
      timeMs,
      phase,
      extrinsic: AFTER_ROWS,
      event: rank,
      source: place,
      sequence: this.#planned++,
      run,
      isCancelled: false,
    };
    this.#push(entry);
    this.version += 1;
    return entry;
  }

  /** Takes work off the agenda. */
  cancel(planned: Planned): void {
    (planned as Entry).isCancelled = true;
    this.version += 1;
  }

  /** The next work; undefined: none is planned. */
  get next(): Planned | undefined {
    while (this.#heap.length > 0 && this.#heap[0].isCancelled) this.#pop();
    return this.#heap[0];
  }

  /** Does the next work. */
  runNext(): void {
    const { next } = this;
    if (next === undefined) throw new InvariantError("nothing is planned");
    this.#pop();
    this.version += 1;
    next.run();
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isEarlier(entry, heap[above])) break;
      heap[at] = heap[above];
      at = above;
    }
    heap[at] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop() as Entry;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && isEarlier(heap[below + 1], heap[below])) below += 1;
      if (!isEarlier(heap[below], last)) break;
      heap[at] = heap[below];
      at = below;
    }
    heap[at] = last;
  }
}

function isEarlier(a: Entry, b: Entry): boolean {
  return comesBefore(a, b) || (a.sequence < b.sequence && !comesBefore(b, a));
}
