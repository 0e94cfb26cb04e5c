import type { RandomStream } from "../../kernel/random.js";
import type { ParameterDeclarations } from "../../rules/parameter.js";
import type { Agent, AgentStrategy } from "../agent-strategy.js";
import type { MarketObservation } from "./market-observation.js";
import type { OrderOutcome, ParticipantOrder } from "./order.js";
import type { ParticipantCosts } from "./participant-costs.js";
import type { ParticipantMetrics } from "./participant-metrics.js";

/** One who decides for a participant: at every sample of prices at most one order. */
export interface Participant extends Agent<[seen: MarketObservation], ParticipantOrder | null> {
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

/** How a participant of an index subnet acts (docs/explanation/participants.md); orders go through the market and the books. */
export type ParticipantStrategyDeclaration<
  N extends string = string,
  D extends ParameterDeclarations = ParameterDeclarations,
> = AgentStrategy<N, D, ParticipantMeans, Participant>;

/** A strategy whose name and parameters the compiler knows. */
export function declareParticipantStrategy<const N extends string, const D extends ParameterDeclarations>(
  strategy: ParticipantStrategyDeclaration<N, D>,
): ParticipantStrategyDeclaration<N, D> {
  return strategy;
}
