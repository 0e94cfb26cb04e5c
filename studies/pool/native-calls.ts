import { setTimeout } from "node:timers/promises";

const STOPPED = 0;
const UNDER_WAY = 1;
const CELLS = 2;
/** A thread that broke in a call never says that it is over. */
const LONGEST_WAIT_MS = 10_000;

/** What the pool tells its threads beside their setting. */
export interface PooledThread {
  readonly nativeCalls: SharedArrayBuffer;
}

/**
 * Counts the calls of native libraries that work beside a thread. A thread that is ended meanwhile would take the whole process along, since
 * the library has nobody to answer any more; so the pool waits for these calls, which are short, and none begins once it wants to stop.
 */
export class NativeCalls {
  readonly #cells: Int32Array;

  constructor(readonly buffer: SharedArrayBuffer = new SharedArrayBuffer(CELLS * Int32Array.BYTES_PER_ELEMENT)) {
    this.#cells = new Int32Array(buffer);
  }

  /** In a thread: makes a call. @throws where the pool stops */
  async make<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    // Counted first: the pool looks at the count after it has said that it stops.
    Atomics.add(this.#cells, UNDER_WAY, 1);
    try {
      if (Atomics.load(this.#cells, STOPPED) !== 0) throw new Error("the pool has stopped");
      return await call();
    } finally {
      Atomics.sub(this.#cells, UNDER_WAY, 1);
    }
  }

  /** In the pool: lets no call begin, and waits for those that have. */
  async stop(): Promise<void> {
    Atomics.store(this.#cells, STOPPED, 1);
    const endsMs = performance.now() + LONGEST_WAIT_MS;
    while (Atomics.load(this.#cells, UNDER_WAY) > 0 && performance.now() < endsMs) await setTimeout(1);
  }
}
