import type { MultiplierRuleConfiguration } from "../../configuration.js";

/** A term of a formula as `explain` prints it. */
export interface NamedTerm {
  readonly name: string;
  /** The formula in words of the other terms; empty for an input. */
  readonly formula: string;
  readonly value: number;
}

/**
 * Turns holding metrics into a multiplier (mechanisms 5). A plug point: a rule is one file with its parameters,
 * its formula and the terms that explain it. Pure: the same inputs give the same bits.
 */
export interface MultiplierRule {
  readonly name: string;
  /**
   * The rule with its parameters bound.
   * `heldShare` is 0..1, `heldDays` 0 or more; where nothing was received the caller answers 1 without asking.
   */
  bind(parameters: MultiplierRuleConfiguration): (heldShare: number, heldDays: number) => number;
  /** Every term of the formula, inputs first, the multiplier last. */
  explain(parameters: MultiplierRuleConfiguration, heldShare: number, heldDays: number): readonly NamedTerm[];
}
