import { MULTIPLIER_RULE_REGISTRY, type MultiplierRuleChoice } from "../rules/multipliers/index.js";

/**
 * What a run's data cannot decide:
 * - `one_sharer`: every pot had a single taker, so no rule can move pay
 * - `equal_multipliers`: those who shared a pot always had one multiplier, so the rule moved nothing
 * - `retention_target`: nobody ever held a part of what it received, only all or nothing, so every target gives the same
 */
export const UNDECIDED = ["one_sharer", "equal_multipliers", "retention_target"] as const;
export type Undecided = (typeof UNDECIDED)[number];

/**
 * Does the rule ask what part of a target is held? That is 0 or 1 for every target where all or nothing is held. Of a plug-in
 * that is not known.
 */
function asksForTarget(rule: MultiplierRuleChoice): boolean {
  return typeof rule === "string" && "retentionTarget" in MULTIPLIER_RULE_REGISTRY[rule].parameters;
}

/** What there was in an epoch that a rule could have told miners apart by. */
export interface Evidence {
  /** Who had a base weight. */
  readonly sharers: number;
  /** Whether their multipliers, applied or not, differed. */
  readonly differ: boolean;
  /** Holdings that the rule looked at, and those that were neither all nor nothing of what was received. */
  readonly holdings: number;
  readonly partly: number;
}

/** Sums the evidence of a run's epochs. */
export class Deciding {
  #epochs = 0;
  /** Epochs that several shared, and those in which their multipliers differed. */
  #shared = 0;
  #differing = 0;
  #holdings = 0;
  #partly = 0;

  take({ sharers, differ, holdings, partly }: Evidence): void {
    this.#epochs += 1;
    if (sharers > 1) this.#shared += 1;
    if (differ) this.#differing += 1;
    this.#holdings += holdings;
    this.#partly += partly;
  }

  /** @param rules that were measured by; null: vesting is off, and no question is asked */
  undecided(rules: readonly MultiplierRuleChoice[] | null): readonly Undecided[] {
    if (rules === null || this.#epochs === 0) return [];
    const found: Undecided[] = [];
    if (this.#shared === 0) found.push("one_sharer");
    else if (this.#differing === 0) found.push("equal_multipliers");
    if (rules.some(asksForTarget) && this.#holdings > 0 && this.#partly === 0) found.push("retention_target");
    return found;
  }
}
