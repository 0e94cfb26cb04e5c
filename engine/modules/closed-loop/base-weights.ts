import type { KeyWithSeat } from "./key-ring.js";
import type { SkilledMiner } from "./skilled-miner.js";

/**
 * What base weights are, before any rule, of what the work on each seat is worth (docs/explanation/closed-loop.md). Whatever makes them of
 * it stands behind this: the work itself, or what validators agree on.
 */
export interface BaseWeights {
  /**
   * Called once at the end of each epoch.
   * @param seats in the order of uids
   * @param weights what the work on each seat is worth, 0 or more; it becomes the base weight of each, relative to each other
   */
  weigh(seats: readonly KeyWithSeat<SkilledMiner>[], weights: Float64Array): void;
}

/** What the work is worth is the base weight. */
export const SKILL_ITSELF: BaseWeights = { weigh: () => undefined };
