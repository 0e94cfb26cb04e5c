import type { AmountRange } from "../../agents/amount-range.js";
import type { NoiseTraderConfiguration } from "../../agents/participants/noise/noise-trader.js";
import type { ParticipantConfiguration } from "../../agents/participants/participant-configuration.js";
import type { ValidatorStrategyConfiguration } from "../../agents/validators/index.js";
import { type AntiGamingConfiguration, DEFAULT_ANTI_GAMING } from "../../anti-gaming/configuration.js";
import { type ConsensusConfiguration, DEFAULT_CONSENSUS } from "../../consensus/configuration.js";
import type { ColludingGroup } from "../../consensus/validators-configuration.js";
import { BLOCK_MS, HOUR_MS } from "../../kernel/time.js";
import type { IndexWeight } from "../../market/composition.js";
import {
  DEFAULT_INDEX_FUND,
  type IndexFundConfiguration,
  type PoolConfiguration,
  type PriceShock,
} from "../../market/market-configuration.js";
import { DEFAULT_REWARDS, type RewardsConfiguration } from "../../rewards/configuration.js";

/** Rows of a `price` stream with this netuid are prices of the index token, in TAO a token. */
export const INDEX_PRICE_NETUID = -1;

/** Participants who differ only in their means, their costs and their luck. */
export interface ParticipantGroup {
  /** The members are called `<name>-1`, `<name>-2`, ...; the only member of a group has the group's name. */
  readonly name: string;
  /** 1 or more. */
  readonly count: number;
  /** TAO each begins with. */
  readonly tao: AmountRange;
  /** Index tokens each begins with; they come out of the founding supply. */
  readonly tokens: AmountRange;
  /** How they act; `transactionCostRao` is drawn from `transactionCost` instead where that is given. */
  readonly configuration: ParticipantConfiguration;
  readonly transactionCost: AmountRange | null;
  /** One owner (coldkey) of all of them; null: each is its own. */
  readonly owner: string | null;
  /** Share (0..1) of each payout that is withdrawn at once; the rest stays staked. */
  readonly withdrawnShare: number;
}

export interface ValidatorGroup {
  /** The members are called as those of `ParticipantGroup`. */
  readonly name: string;
  readonly count: number;
  /** Alpha of the index subnet each stakes at the start. */
  readonly stake: AmountRange;
  readonly behaviour: ValidatorStrategyConfiguration;
}

/** Where the token trades. */
export type IndexMarketConfiguration =
  /** At the prices recorded under `INDEX_PRICE_NETUID`; no trade moves them. */
  | { readonly kind: "recorded" }
  | {
      readonly kind: "pool";
      readonly pool: PoolConfiguration;
      /** TAO in the pool at the founding, rao; above 0. The tokens beside it are what it is worth at NAV, out of the founding supply. */
      readonly taoReserveRao: number;
      /** Null: nobody trades but the participants. */
      readonly noiseTraders: NoiseTraderGroup | null;
    };

export interface NoiseTraderGroup {
  readonly count: number;
  readonly tao: AmountRange;
  /** Out of the founding supply. */
  readonly tokens: AmountRange;
  readonly configuration: NoiseTraderConfiguration;
}

export interface FoundingConfiguration {
  /** Tokens there are at the founding, rao; all at `fund.initialNavTaoPerToken`. */
  readonly supplyRao: number;
  /**
   * `published`: the set of `index_weights` rows in force (the last one read) at the first sample from the start on; where
   * the set comes later on the day of the start, the founding waits for it.
   * `computed`: the mean of `emission_rate` rows (docs/explanation/index-fund.md) on the day of the start.
   * `given`: `weights`.
   */
  readonly source: "published" | "computed" | "given";
  /** Of `source: given`; empty otherwise. */
  readonly weights: readonly IndexWeight[];
}

/** Recorded prices that are thrown away: the recording has a hole there. */
export interface PriceGap {
  /** The hole is (fromMs, fromMs + durationMs]. */
  readonly fromMs: number;
  readonly durationMs: number;
  /** Null: all subnets, the index token included. */
  readonly netuids: readonly number[] | null;
}

export interface IndexRecordConfiguration {
  /** Of every so many samples the prices are written; 1: of all (2.7 million rows a month). */
  readonly pricesEverySamples: number;
  readonly navEverySamples: number;
}

/** An index subnet (docs/explanation/index-subnet.md): plain data, every default filled in. */
export interface IndexSubnetConfiguration {
  /** The subnet whose miners are the participants and whose alpha they are paid in. */
  readonly netuid: number;
  /** Epochs end at the start + k * epochMs; at least a block (12 s). */
  readonly epochMs: number;
  readonly fund: IndexFundConfiguration;
  readonly founding: FoundingConfiguration;
  /**
   * What the fund is rebalanced to every `fund.rebalanceEveryDays` from the start: the composition computed from
   * `emission_rate` rows, the last published one, the weights of the founding, or nothing.
   */
  readonly rebalancing: "computed" | "published" | "founding_weights" | "never";
  readonly market: IndexMarketConfiguration;
  /** Applied to the recorded prices, those of the index token included. */
  readonly shocks: readonly PriceShock[];
  readonly gaps: readonly PriceGap[];
  /** In the order in which they register and act. */
  readonly participants: readonly ParticipantGroup[];
  readonly validators: readonly ValidatorGroup[];
  readonly colludingGroups: readonly ColludingGroup[];
  readonly rewards: RewardsConfiguration;
  readonly antiGaming: AntiGamingConfiguration;
  readonly consensus: ConsensusConfiguration;
  readonly emission: {
    /** What miners and validators together are paid a block of 12 s, rao of the subnet's alpha. */
    readonly potRaoPerBlock: number;
  };
  /** Applies the scenario's `vesting` on top: score -> tier shares -> multiplier -> weights. */
  readonly vestingMultipliers: boolean;
  readonly record: IndexRecordConfiguration;
}

/** Everything with a default; the rest must be said. */
export const DEFAULT_INDEX_SUBNET = {
  netuid: 20,
  epochMs: HOUR_MS,
  fund: DEFAULT_INDEX_FUND,
  rebalancing: "computed",
  shocks: [],
  gaps: [],
  colludingGroups: [],
  rewards: DEFAULT_REWARDS,
  antiGaming: DEFAULT_ANTI_GAMING,
  consensus: DEFAULT_CONSENSUS,
  emission: { potRaoPerBlock: 410_000_000 },
  vestingMultipliers: false,
  record: { pricesEverySamples: 30, navEverySamples: 1 },
} as const satisfies Partial<IndexSubnetConfiguration>;

/** Shortest epoch: every epoch has a block of its own. */
export const SHORTEST_EPOCH_MS = BLOCK_MS;
