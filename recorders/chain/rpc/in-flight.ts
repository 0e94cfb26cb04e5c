import { type Clock, WALL_CLOCK } from "./clock.js";

/** At most so many tasks at a time; and a pause for all of them, when the node asks for one. */
export class InFlight {
  #running = 0;
  #pausedUntilMs = 0;
  readonly #waiting: (() => void)[] = [];

  /** @param most tasks that run at the same time, 1 or more */
  constructor(
    readonly most: number,
    private readonly clock: Clock = WALL_CLOCK,
  ) {}

  async run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.#running >= this.most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running++;
    try {
      for (let waitMs = this.#leftMs(); waitMs > 0; waitMs = this.#leftMs()) await this.clock.sleep(waitMs, signal);
      return await task();
    } finally {
      // Whoever waits longest takes the place over; `#running` stays as it is then.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }

  /** No task starts before so many milliseconds from now. */
  pause(ms: number): void {
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, this.clock.now() + ms);
  }

  #leftMs(): number {
    return this.#pausedUntilMs - this.clock.now();
  }
}
