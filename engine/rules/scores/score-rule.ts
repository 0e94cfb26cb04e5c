import type { ParameterDeclarations, ValuesOf } from "../parameter.js";
import type { Trace } from "../trace.js";

/**
 * A score from its parts, 0 or more.
 *
 * @param weightedVolume rao minted and redeemed, each times its multiplier
 * @param volume weighted volume over the largest miner's
 * @param frequency transactions over the largest miner's, 0..1
 * @param consistency 0..1
 * @param trace takes the score with its formula; in a run there is none
 */
export type BoundScoreRule = (
  weightedVolume: number,
  volume: number,
  frequency: number,
  consistency: number,
  trace?: Trace | null,
) => number;

/**
 * Turns what a miner of an index subnet did into its score (docs/explanation/rewards.md). A plug point: a rule is one file with name,
 * meaning, its parameters and its formula, written once; schema, defaults, checks and reference pages follow from it. To add
 * one, put it into the registry (`index.ts`).
 */
export interface ScoreRule<N extends string = string, D extends ParameterDeclarations = ParameterDeclarations> {
  /** As a scenario names it. */
  readonly name: N;
  /** In one phrase. */
  readonly meaning: string;
  readonly parameters: D;
  /** The formula with its parameters bound. */
  bind(parameters: ValuesOf<D>): BoundScoreRule;
}

/** A rule whose name and parameters the compiler knows. */
export function declareScoreRule<const N extends string, const D extends ParameterDeclarations>(rule: ScoreRule<N, D>): ScoreRule<N, D> {
  return rule;
}
