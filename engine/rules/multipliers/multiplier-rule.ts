import type { Fraction } from "../../kernel/decimal.js";
import type { ParameterDeclarations, ValuesOf } from "../parameter.js";
import type { Trace } from "../trace.js";

/** What is held, exactly: asked where doubles cannot tell on which side of a limit it lies. */
export interface HeldExactly {
  /** remaining / received. */
  share(): Fraction;
  /** Mean age of what remains, days. */
  days(): Fraction;
}

/**
 * The multiplier of a held share (0..1) and held days (0 or more); where nothing was received the caller answers 1 without asking.
 * @param exactly left out: the doubles alone decide on limits
 * @param trace takes every term, inputs first, the multiplier last; in a run there is none
 */
export type BoundMultiplierRule = (heldShare: number, heldDays: number, exactly?: HeldExactly | null, trace?: Trace | null) => number;

/**
 * Turns holding metrics into a multiplier (docs/explanation/multipliers.md). A plug point: a rule is one file with name, meaning, its
 * parameters and its formula, written once; schema, defaults, checks and reference pages follow from it. Pure: the same inputs
 * give the same bits. To add one, put it into the registry (`index.ts`).
 */
export interface MultiplierRule<D extends ParameterDeclarations = ParameterDeclarations> {
  /** As a scenario names it. */
  readonly name: string;
  /** In one sentence. */
  readonly meaning: string;
  readonly parameters: D;
  /** The largest multiplier that the parameters allow, whatever is held. */
  ceiling(parameters: ValuesOf<D>): number;
  /** The formula with its parameters bound. */
  bind(parameters: ValuesOf<D>): BoundMultiplierRule;
  /**
   * Is the multiplier at least `limit` (0 or more)? Decided on the decimals of the parameters and on what is held exactly; asked
   * only where doubles lie too close to the limit to tell. Left out: the double decides.
   */
  reaches?(parameters: ValuesOf<D>, limit: Fraction, held: HeldExactly): boolean;
}

/** A rule whose parameters the compiler knows. */
export function declareMultiplierRule<const D extends ParameterDeclarations>(rule: MultiplierRule<D>): MultiplierRule<D> {
  return rule;
}
