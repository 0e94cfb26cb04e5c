import { floor } from "../../../kernel/math.js";

/** What comes again after every so long; at decisions in between it is asked whether a time has come. */
export class Recurrence {
  #nextMs = Number.NaN;

  /** @param everyMs above 0 */
  constructor(private readonly everyMs: number) {}

  /** When it comes next; NaN: nobody has asked yet. */
  get nextMs(): number {
    return this.#nextMs;
  }

  /** Has one come since the last time it had? Counted from the first question; several that came together are one. */
  hasCome(timeMs: number): boolean {
    if (timeMs < this.#nextMs) return false;
    const isFirst = Number.isNaN(this.#nextMs);
    this.#nextMs = isFirst ? timeMs + this.everyMs : this.#nextMs + this.everyMs * (floor((timeMs - this.#nextMs) / this.everyMs) + 1);
    return !isFirst;
  }

  /** Lets the next come at that time. */
  startAt(timeMs: number): void {
    this.#nextMs = timeMs;
  }
}
