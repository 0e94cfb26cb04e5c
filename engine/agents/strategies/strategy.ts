import type { RandomStream } from "../../kernel/random.js";
import type { ParameterDeclarations, ValuesOf } from "../../rules/parameter.js";
import type { MarketObservation } from "../market-observation.js";
import type { OrderOutcome, ParticipantOrder } from "../order.js";
import type { ParticipantCosts } from "../participant-costs.js";
import type { ParticipantMetrics } from "../participant-metrics.js";

/** One who decides. It may remember what it saw, never the object it was shown. */
export interface Participant {
  /** What it wants done now, or nothing. Called at every sample of prices; at most one order a call. */
  decide(seen: MarketObservation): ParticipantOrder | null;
  /** Takes note of what became of its order. */
  settle?(outcome: OrderOutcome): void;
}

/** What a participant has beside its parameters. */
export interface ParticipantMeans {
  readonly costs: ParticipantCosts;
  /** Its own: one participant more shifts nobody's numbers. */
  readonly random: RandomStream;
  /** Where it may say what it noticed; its orders are counted there for it. */
  readonly metrics: ParticipantMetrics;
}

/**
 * How a participant of an index subnet acts (docs/explanation/participants.md). A plug point: a strategy is one file with name,
 * meaning, its parameters and what it decides; schema, defaults, checks and reference pages follow from it. It decides on what it
 * is shown and never executes: orders go through the market and the books. To add one, put it into the registry (`index.ts`).
 */
export interface StrategyDeclaration<N extends string = string, D extends ParameterDeclarations = ParameterDeclarations> {
  /** As a scenario names it. */
  readonly name: N;
  /** In one phrase. */
  readonly meaning: string;
  readonly parameters: D;
  /**
   * Refuses parameters that contradict each other; each for itself is in its range.
   * @param path of the section, dotted
   */
  refuse?(parameters: ValuesOf<D>, path: string): void;
  /** One participant. */
  bind(parameters: ValuesOf<D>, means: ParticipantMeans): Participant;
}

/** A strategy whose name and parameters the compiler knows. */
export function declareStrategy<const N extends string, const D extends ParameterDeclarations>(
  strategy: StrategyDeclaration<N, D>,
): StrategyDeclaration<N, D> {
  return strategy;
}
