import type { AmountRange } from "../../agents/amount-range.js";
import type { MinerStrategyConfiguration } from "../../agents/miners/index.js";
import type { RatingStrategyConfiguration } from "../../agents/validators/rating/index.js";
import { HOUR_MS } from "../../kernel/time.js";
import type { PoolConfiguration } from "../../market/market-configuration.js";

/** A number for each member of a group, log-uniform between the bounds; equal bounds: no draw. */
export interface RealRange {
  /** Above 0. */
  readonly from: number;
  readonly to: number;
}

/** Miners who differ only in their skill, their means and their luck. */
export interface MinerGroup {
  /** The members are called `<name>-1`, `<name>-2`, ...; the only member of a group has the group's name. */
  readonly name: string;
  /** 1 or more. */
  readonly count: number;
  readonly strategy: MinerStrategyConfiguration;
  /** Mean of what their work is worth, relative to the others'. */
  readonly skill: RealRange;
  /** Alpha that each has staked when it begins. */
  readonly stake: AmountRange;
  /** TAO that each begins with. */
  readonly tao: AmountRange;
  /** Of an instant the lower acts first; whole. */
  readonly priority: number;
  /** After the start, ms: between these two each begins, evenly drawn; 0 and 0: with the start. */
  readonly arrivesAfter: { readonly fromMs: number; readonly toMs: number };
  /** Do they register again, where they can, when they lost a seat? */
  readonly registersAgain: boolean;
  /** Would they part with their seat and all that is staked on it for what the stake is worth? */
  readonly isForSale: boolean;
}

/** Validators who rate the seats, and differ only in their stake and luck. They are not paid, and their stake stays as it is. */
export interface RatingGroup {
  /** The members are called as those of a group of miners. */
  readonly name: string;
  /** 1 or more. */
  readonly count: number;
  /** Stake of each, above 0. */
  readonly stake: AmountRange;
  readonly behaviour: RatingStrategyConfiguration;
}

/** Where miners sell and buy alpha. */
export type AlphaMarketConfiguration =
  | {
      readonly kind: "pool";
      readonly pool: PoolConfiguration;
      /** What is in it at the start, rao; above 0. */
      readonly taoReserveRao: number;
      readonly alphaReserveRao: number;
      /** What emission adds a block, with as much alpha as it is worth, rao. */
      readonly taoRaoPerBlock: number;
      /** Null: always as much. */
      readonly feedback: FeedbackConfiguration | null;
    }
  /** At the latest price of the subnet that a stream tells; no trade moves it. */
  | { readonly kind: "prices" };

/** What emission adds to the pool follows the price, and what is burned of pay (docs/explanation/closed-loop.md). */
export interface FeedbackConfiguration {
  /** After it half of a step of the price is in its moving average. */
  readonly halfLifeMs: number;
  /** Of the moving average over the price at the start. */
  readonly exponent: number;
}

/** What the subnet emits to its miners: by a schedule, or in all what a stream of emission says that it did. */
export type LoopEmissionConfiguration = ({ readonly kind: "schedule" } & EmissionSchedule) | { readonly kind: "recorded" };

/** What the subnet emits to its miners. */
export interface EmissionSchedule {
  /** Rao of alpha a block of 12 s. */
  readonly minerPotRaoPerBlock: number;
  /** It halves after each such time; null: never. */
  readonly halvesEveryMs: number | null;
}

/** How skill goes up and down: its logarithm is an Ornstein-Uhlenbeck process around that of the mean. */
export interface SkillConfiguration {
  /** After it half of a distance from the mean is expected to be gone. */
  readonly halfLifeMs: number;
  /** Standard deviation of the logarithm, in the long run; 0: skill stays as it is. */
  readonly deviation: number;
}

/** A subnet whose miners decide for themselves (docs/explanation/closed-loop.md): plain data, every default filled in. */
export interface ClosedLoopConfiguration {
  readonly netuid: number;
  readonly emission: LoopEmissionConfiguration;
  readonly market: AlphaMarketConfiguration;
  readonly skill: SkillConfiguration;
  /** What a registration costs, rao of TAO; it is burned. */
  readonly registrationCostRao: number;
  /** In the order in which they register. */
  readonly miners: readonly MinerGroup[];
  /** Who rates the seats; empty: base weights are skill itself. */
  readonly validators: readonly RatingGroup[];
  /** Share of the validators' stake that has to support a weight, above 0, at most 1. */
  readonly kappa: number;
  /** What one of the groups does here instead of what it does elsewhere; null: there is no elsewhere. */
  readonly alternative: Alternative | null;
}

/** One of several strategies that a group could follow. */
export interface Alternative {
  readonly group: string;
  /** Name of the strategy; with a number behind it where others have the same. */
  readonly name: string;
}

/** Everything with a default. */
export const DEFAULT_CLOSED_LOOP = {
  emission: { kind: "schedule", minerPotRaoPerBlock: 410_000_000, halvesEveryMs: null },
  skill: { halfLifeMs: 14 * 24 * HOUR_MS, deviation: 0.2 },
  registrationCostRao: 1_000_000_000,
  validators: [],
  kappa: 0.5,
} as const satisfies Partial<ClosedLoopConfiguration>;
