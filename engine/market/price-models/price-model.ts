import type { RandomStream } from "../../kernel/random.js";
import { MARKET_RANGES } from "../../kernel/ranges.js";
import { number, type ParameterDeclarations, type ValuesOf } from "../../rules/parameter.js";

/** Makes the prices of a number of subnets, step by step at even distances in time. */
export interface PriceModel {
  /** Subnets it makes prices of. */
  readonly count: number;
  /** Goes one step on and writes the price of each subnet, in TAO an alpha: always finite and above 0. */
  step(prices: Float64Array): void;
}

/** Recorded prices at even distances in time: `prices[sample * count + subnet]`, in TAO an alpha. */
export interface PriceHistory {
  readonly count: number;
  readonly prices: Float64Array;
}

/** What the prices of a model begin with. */
export interface PriceStart {
  /** One a subnet, in TAO an alpha. */
  readonly startPrices: ArrayLike<number>;
  /** Time between two steps. */
  readonly stepMs: number;
  readonly random: RandomStream;
  /** What a model draws from that needs recorded prices of the same subnets. */
  readonly history: PriceHistory | null;
}

/**
 * A way in which prices move that are not recorded (docs/explanation/market.md). A plug point: a model is one file with name, meaning,
 * its parameters and its formula, written once; schema, defaults, checks and reference pages follow from it. To add one, put it
 * into the registry (`index.ts`).
 */
export interface PriceModelDeclaration<N extends string = string, D extends ParameterDeclarations = ParameterDeclarations> {
  /** As a scenario names it. */
  readonly name: N;
  /** In one sentence. */
  readonly meaning: string;
  readonly parameters: D;
  /** It draws from recorded prices, which a synthetic stream has not. */
  readonly needsHistory?: true;
  bind(parameters: ValuesOf<D>, start: PriceStart): PriceModel;
}

/** A model whose name and parameters the compiler knows. */
export function declarePriceModel<const N extends string, const D extends ParameterDeclarations>(
  model: PriceModelDeclaration<N, D>,
): PriceModelDeclaration<N, D> {
  return model;
}

export const DRIFT_PER_YEAR = number({
  range: MARKET_RANGES.driftPerYear,
  code: "TEN-MARKET-134",
  default: 0,
  meaning: "Expected growth a year, as an exponent.",
});
export const VOLATILITY_PER_YEAR = number({
  range: MARKET_RANGES.volatilityPerYear,
  code: "TEN-MARKET-131",
  default: 1,
  meaning: "Standard deviation of the log price over a year; 1 is about 5 % a day.",
});
export const CORRELATION = number({
  range: MARKET_RANGES.correlation,
  code: "TEN-MARKET-132",
  default: 0.5,
  meaning: "Correlation of the moves of any two subnets.",
});
