import type { ParameterDeclarations } from "../../../rules/parameter.js";
import type { Agent, AgentStrategy } from "../../agent-strategy.js";

/** What a validator of a closed loop sees when an epoch ends; arrays are by seat, in the order of uids, and are read, never kept. */
export interface SeatsView {
  /** Number of the hotkey on each seat; it stays when seats change hands or places. */
  readonly hotkeys: Int32Array;
  /** What the work on each seat is worth, 0 or more. */
  readonly worth: Float64Array;
  /** The last consensus of these seats, 0 for who had none; null before the first. */
  readonly lastConsensus: Float64Array | null;
}

/** One who decides how a validator rates the seats, once an epoch: it writes a rating each, 0 or more, relative to each other. */
export type RatingAgent = Agent<[seen: SeatsView, ratings: Float64Array], HandsIn>;

/** Does it hand anything in? Who does not has no part in the consensus of the epoch. */
export type HandsIn = boolean;

/** What a validator has beside its parameters. */
export interface RatingMeans {
  /** A standard normal deviate, of a random stream that this validator has for this hotkey alone. */
  deviate(hotkey: number): number;
  /** How many times what it sees it rates a seat now, for the sake of its owner; 1: a stranger's. @param seat in the order of uids */
  favour(seat: number): number;
}

/** How a validator of a closed loop rates the seats (docs/explanation/closed-loop.md). */
export type RatingStrategyDeclaration<N extends string = string, D extends ParameterDeclarations = ParameterDeclarations> = AgentStrategy<
  N,
  D,
  RatingMeans,
  RatingAgent
> & {
  /** Does it do what miners of the strategy `collude` want of it? */
  readonly colludes?: true;
};

/** A strategy whose name and parameters the compiler knows. */
export function declareRatingStrategy<const N extends string, const D extends ParameterDeclarations>(
  strategy: RatingStrategyDeclaration<N, D>,
): RatingStrategyDeclaration<N, D> {
  return strategy;
}

/** A parameter of a validator of a closed loop is out of its range. */
export const RATING_CODE = "TEN-AGENT-141";
