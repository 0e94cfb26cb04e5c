import { byName, type Described, refuseParameters } from "../../agent-strategy.js";
import type { RatingAgent, RatingMeans, RatingStrategyDeclaration } from "./rating-strategy.js";
import { colluder } from "./strategies/colluder.js";
import { honest } from "./strategies/honest.js";
import { lazyCopier } from "./strategies/lazy-copier.js";
import { stale } from "./strategies/stale.js";

export type { RatingAgent, RatingMeans, RatingStrategyDeclaration, SeatsView } from "./rating-strategy.js";

const DECLARED = [honest, stale, lazyCopier, colluder] as const;
type Declared = (typeof DECLARED)[number];
export type RatingStrategyName = Declared["name"];

/** How a group of validators of a closed loop can behave: a line each. */
export const RATING_STRATEGIES = byName<Declared>(DECLARED);

/** How a validator of a closed loop behaves: by which strategy, and its parameters. */
export type RatingStrategyConfiguration = Described<Declared>;

/** What a strategy is declared as, whatever its parameters are. */
export function ratingStrategyNamed(name: RatingStrategyName): RatingStrategyDeclaration {
  return RATING_STRATEGIES[name] as unknown as RatingStrategyDeclaration;
}

/** Refuses parameters that the strategy cannot act by. @param path of the section, dotted */
export function refuseRatingStrategy(described: RatingStrategyConfiguration, path: string, epochMs: number): void {
  refuseParameters(ratingStrategyNamed(described.kind), described, path, epochMs);
}

/** One validator who follows it. */
export function bindRating(described: RatingStrategyConfiguration, means: RatingMeans): RatingAgent {
  return ratingStrategyNamed(described.kind).bind(described as never, means);
}
