import type { MultiplierRuleConfiguration } from "../../configuration/rule-configuration.js";
import type { Fraction } from "../../kernel/decimal.js";

/** A term of a formula as `explain` prints it. */
export interface NamedTerm {
  readonly name: string;
  /** The formula in words of the other terms; empty for an input. */
  readonly formula: string;
  readonly value: number;
}

/** What is held, exactly: asked where doubles cannot tell on which side of a limit it lies. */
export interface HeldExactly {
  /** remaining / received. */
  share(): Fraction;
  /** Mean age of what remains, days. */
  days(): Fraction;
}

/** The multiplier of a held share (0..1) and held days (0 or more). Without `exactly` the doubles alone decide on limits. */
export type BoundMultiplierRule = (heldShare: number, heldDays: number, exactly?: HeldExactly | null) => number;

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
  bind(parameters: MultiplierRuleConfiguration): BoundMultiplierRule;
  /**
   * Is the multiplier at least `limit` (0 or more)? Decided on the decimals of the parameters and on what is held exactly;
   * asked only where doubles lie too close to the limit to tell.
   */
  reaches(parameters: MultiplierRuleConfiguration, limit: Fraction, held: HeldExactly): boolean;
  /** Every term of the formula, inputs first, the multiplier last. */
  explain(parameters: MultiplierRuleConfiguration, heldShare: number, heldDays: number, exactly?: HeldExactly | null): readonly NamedTerm[];
}
