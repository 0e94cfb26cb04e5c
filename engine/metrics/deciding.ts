import type { MultiplierRuleName } from "../configuration.js";

/**
 * What a run's data cannot decide:
 * - `one_sharer`: every pot had a single taker, so no rule can move pay
 * - `equal_multipliers`: those who shared a pot always had one multiplier, so the rule moved nothing
 * - `retention_target`: nobody ever held a part of what it received, only all or nothing, so every target gives the same
 */
export const UNDECIDED = ["one_sharer", "equal_multipliers", "retention_target"] as const;
export type Undecided = (typeof UNDECIDED)[number];

/** Rules whose amount factor is min(1, held_share / retention_target): 0 and 1 for every target where all or nothing is held. */
const BY_TARGET: readonly MultiplierRuleName[] = ["geometric", "linear_retention"];

/** Counts what the epochs of a run showed that a rule could have told miners apart by. */
export class Deciding {
  /** Epochs with a pot; of them those that several shared, and those in which their multipliers differed. */
  #epochs = 0;
  #shared = 0;
  #differing = 0;
  /** Measurements of a holding, and of one that was neither all nor nothing. */
  #holdings = 0;
  #partly = 0;

  /**
   * @param base weights before the rule
   * @param multiplier what each was (or would have been) multiplied by
   * @param heldShare 0..1; NaN where the rule does not look at it
   */
  take(base: Float64Array, multiplier: Float64Array, heldShare: Float64Array, count: number): void {
    let sharers = 0;
    let first = 0;
    let differ = false;
    let holdings = 0;
    let partly = 0;
    for (let i = 0; i < count; i++) {
      const held = heldShare[i];
      if (held >= 0) {
        holdings += 1;
        if (held > 0 && held < 1) partly += 1;
      }
      if (!(base[i] > 0)) continue;
      if (sharers === 0) first = multiplier[i];
      else if (multiplier[i] !== first) differ = true;
      sharers += 1;
    }
    this.#holdings += holdings;
    this.#partly += partly;
    this.#epochs += 1;
    if (sharers > 1) this.#shared += 1;
    if (differ) this.#differing += 1;
  }

  /** @param rule that was measured by; null: vesting is off, and no question is asked */
  undecided(rule: MultiplierRuleName | null): readonly Undecided[] {
    if (rule === null || this.#epochs === 0) return [];
    const found: Undecided[] = [];
    if (this.#shared === 0) found.push("one_sharer");
    else if (this.#differing === 0) found.push("equal_multipliers");
    if (BY_TARGET.includes(rule) && this.#holdings > 0 && this.#partly === 0) found.push("retention_target");
    return found;
  }
}
