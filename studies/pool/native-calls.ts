import { setTimeout } from "node:timers/promises";

const STOPPED = 0;
const UNDER_WAY = 1;
const LOADED = 2;
const CELLS = 3;
/** A thread that broke never says that it is so far. */
const LONGEST_WAIT_MS = 10_000;

/** What the pool tells its threads beside their setting. */
export interface PooledThread {
  readonly nativeCalls: SharedArrayBuffer;
}

/**
 * Counts what a thread must not be ended in, since it would take the whole process along: the loading of its modules, which Node aborts
 * by (v8::Module::IsGraphAsync), and calls of native libraries that work beside it and have nobody to answer any more. The pool waits for
 * both, which are short; no call begins once it wants to stop.
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

  /** In a thread: its modules are loaded, once whoever is loading them has them. Until then it must not be ended either. */
  loaded(): void {
    setImmediate(() => void Atomics.add(this.#cells, LOADED, 1));
  }

  /** In the pool: waits until so many threads have loaded. */
  async allLoaded(threads: number): Promise<void> {
    await this.#until(() => Atomics.load(this.#cells, LOADED) >= threads);
  }

  /** In the pool: lets no call begin, and waits for those that have. */
  async stop(): Promise<void> {
    Atomics.store(this.#cells, STOPPED, 1);
    await this.#until(() => Atomics.load(this.#cells, UNDER_WAY) === 0);
  }

  async #until(isSo: () => boolean): Promise<void> {
    const endsMs = performance.now() + LONGEST_WAIT_MS;
    while (!isSo() && performance.now() < endsMs) await setTimeout(1);
  }
}
