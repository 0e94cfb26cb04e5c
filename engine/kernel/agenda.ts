/** Something that happens without a stream row: it knows its next key in the total order (`order.ts`) and can do its next work. */
export interface Scheduled {
  /** Infinity: nothing is due. */
  readonly dueMs: number;
  readonly duePhase: number;
  /** Does what is due at (dueMs, duePhase), and moves on to its next key, which is no earlier. */
  run(): void;
}

/** What is due without a stream row, in the total order; of equal keys in the order in which it is registered. */
export class Agenda {
  constructor(private readonly registered: readonly Scheduled[]) {}

  /** The next work, if it comes before a stream row of the given time and phase; null: the row is first. */
  before(streamMs: number, phase: number): Scheduled | null {
    let next: Scheduled | null = null;
    let dueMs = streamMs;
    let duePhase = phase;
    for (let i = 0; i < this.registered.length; i++) {
      const one = this.registered[i];
      const oneMs = one.dueMs;
      if (oneMs === Number.POSITIVE_INFINITY || oneMs > dueMs || (oneMs === dueMs && one.duePhase >= duePhase)) continue;
      next = one;
      dueMs = oneMs;
      duePhase = one.duePhase;
    }
    return next;
  }
}
