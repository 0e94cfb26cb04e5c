import type { Miner } from "./miner.js";

/** Times at which miners asked to decide once more, each of which is on the agenda once. */
export class Wakes<M extends Miner = Miner> {
  readonly #asked = new Map<number, M[]>();

  /**
   * @param plan puts work on the agenda of a time
   * @param decide lets those who asked decide, by priority
   */
  constructor(
    private readonly plan: (timeMs: number, work: () => void) => void,
    private readonly decide: (miners: M[], timeMs: number) => void,
  ) {}

  ask(miner: M, timeMs: number): void {
    const asked = this.#asked.get(timeMs);
    if (asked !== undefined) {
      if (!asked.includes(miner)) asked.push(miner);
      return;
    }
    this.#asked.set(timeMs, [miner]);
    this.plan(timeMs, () => {
      const miners = this.#asked.get(timeMs) ?? [];
      this.#asked.delete(timeMs);
      this.decide(miners.sort(byPriority), timeMs);
    });
  }
}

export function byPriority(a: Miner, b: Miner): number {
  return a.group.priority - b.group.priority || a.number - b.number;
}
