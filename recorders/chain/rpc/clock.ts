import { setTimeout as wait } from "node:timers/promises";

/** Time as a client of a node knows it. */
export interface Clock {
  /** Milliseconds from any beginning. */
  now(): number;
  /** Resolves after so many milliseconds; rejects with an `AbortError` as soon as the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Rings after so many milliseconds, unless it is called off before: what it answers does that. */
  alarm(ms: number, ring: () => void): () => void;
}

/** The time of this machine. */
export const WALL_CLOCK: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => wait(ms, undefined, { signal }),
  alarm: (ms, ring) => {
    const timer = setTimeout(ring, ms);
    return () => clearTimeout(timer);
  },
};
