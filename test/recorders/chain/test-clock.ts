import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../../recorders/chain/rpc/clock.js";

/**
 * A time that a test drives: alarms ring only when it lets time pass, so that no machine is too slow for a limit; whoever
 * sleeps is woken at once, and time has gone on as far as he slept.
 */
export class TestClock implements Clock {
  #nowMs = 0;
  readonly #alarms = new Set<{ readonly dueMs: number; readonly ring: () => void }>();

  now(): number {
    return this.#nowMs;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    await setImmediate(undefined, { signal });
    this.#nowMs += ms;
  }

  alarm(ms: number, ring: () => void): () => void {
    const alarm = { dueMs: this.#nowMs + ms, ring };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  }

  /** Lets time pass, and rings what is due. */
  pass(ms: number): void {
    this.#nowMs += ms;
    for (const alarm of [...this.#alarms].sort((a, b) => a.dueMs - b.dueMs)) {
      if (alarm.dueMs > this.#nowMs || !this.#alarms.delete(alarm)) continue;
      alarm.ring();
    }
  }
}
