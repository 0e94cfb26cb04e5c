import type { FundRefusalCause } from "../tables/vocabularies/orders.js";
import type { IndexWeight } from "./composition.js";

export interface FundRefusal {
  readonly done: false;
  readonly cause: FundRefusalCause;
  /** The asset that is short or stale: netuid of an alpha, -1 for TAO and the index token. */
  readonly netuid: number;
  /** What it takes and what there is, rao; 0 where the cause is another. */
  readonly neededRao: number;
  readonly heldRao: number;
}

/** Tokens minted or redeemed. */
export interface FundTrade {
  readonly done: true;
  /** Minted, fee included, or handed in. */
  readonly tokensRao: number;
  /** Tokens that went to the fund's treasury. */
  readonly feeRao: number;
  /** Tokens the account received, or tokens burnt for the basket it received. */
  readonly netTokensRao: number;
  /** TAO in the basket. */
  readonly cashRao: number;
  readonly navTaoPerToken: number;
  /** `tokensRao` at NAV, rounded down. */
  readonly valueRao: number;
}

/** What a constituent was traded for at a rebalancing. */
export interface RebalanceTrade {
  readonly netuid: number;
  /** Above 0: bought; below: sold. */
  readonly alphaRao: number;
  /** TAO paid (rounded up) or received (rounded down), 0 or more. */
  readonly taoRao: number;
}

export interface Rebalance {
  readonly done: true;
  readonly trades: readonly RebalanceTrade[];
  readonly soldRao: number;
  readonly boughtRao: number;
  /** TAO left over, the fund's cash. */
  readonly cashRao: number;
  readonly navBeforeTaoPerToken: number;
  readonly navAfterTaoPerToken: number;
}

export interface Founding {
  /** Account that receives the whole supply. */
  readonly holder: number;
  readonly supplyRao: number;
  readonly weights: readonly IndexWeight[];
  readonly timeMs: number;
  /** Day number from which the management fee runs (days since 1970). */
  readonly day: number;
}

/** A refusal that is not for want of a balance. */
export function fundRefusal(cause: FundRefusalCause, netuid = -1): FundRefusal {
  return { done: false, cause, netuid, neededRao: 0, heldRao: 0 };
}
