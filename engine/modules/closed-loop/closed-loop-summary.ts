import type { MovedFlow } from "./moved-pay.js";

/** What miners of one group came to; sums are decimals of whole rao. */
export interface StrategyFigures {
  readonly group: string;
  readonly strategy: string;
  /** Of the group, and those that had begun. */
  readonly miners: number;
  readonly begun: number;
  /** What they would have been paid by base weights alone, and what they were. */
  readonly entitledRao: string;
  readonly paidRao: string;
  readonly soldRao: string;
  readonly boughtRao: string;
  readonly proceedsRao: string;
  readonly spentRao: string;
  readonly registrationsRao: string;
  readonly seatsRao: string;
  readonly stakeEndRao: string;
  readonly taoEndRao: string;
  /** Seats that they came to after the start, and seats that they lost to others. */
  readonly seatsTaken: number;
  readonly seatsLost: number;
  readonly orders: number;
  readonly ordersDone: number;
  /** Means weighted by pay; 1, 0 and 0 where nothing was paid. */
  readonly multiplierPaid: number;
  readonly heldSharePaid: number;
  readonly heldDaysPaid: number;
  /** Alpha sold over alpha paid; 0 where nothing was paid. */
  readonly sellPressure: number;
  /** What they lost by moving the price against themselves, and by fees, TAO. */
  readonly slippageTao: number;
  /** What they have more than they began with, stake at the price of then and now, TAO. */
  readonly profitTao: number;
}

/** What validators of one group did. */
export interface RatingFigures {
  readonly group: string;
  readonly behaviour: string;
  readonly validators: number;
  readonly stakeRao: string;
  /** Of the stake of all validators, 0..1. */
  readonly stakeShare: number;
  /** How often any of them handed in weights. */
  readonly ratings: number;
  /** Of what they handed in: how far it was off the consensus, and which part of it was above and did not count; means, 0..1. */
  readonly deviation: number;
  readonly clippedShare: number;
  /** Of what validators earn by their bonds, their part, 0..1, in the mean over epochs; null: there are no bonds. */
  readonly dividendShare: number | null;
}

/** What came of a subnet whose miners decide for themselves. */
export interface LoopFigures {
  readonly netuid: number;
  /** What one of the groups does in it instead of what it does on the others; null: there are no others. */
  readonly alternative: { readonly group: string; readonly name: string } | null;
  readonly epochs: number;
  readonly decisions: number;
  readonly price: { readonly startTao: number; readonly endTao: number; readonly lowestTao: number; readonly highestTao: number };
  /** Reserves at the end; null: there is no pool. */
  readonly pool: { readonly taoRao: string; readonly alphaRao: string; readonly taoInRao: string; readonly alphaInRao: string } | null;
  /** Alpha sold over alpha paid, of all; what of all that was ever paid or brought is still staked, 0..1. */
  readonly sellPressure: number;
  readonly heldEnd: number;
  readonly gini: number;
  /** Seats that went to another miner, for each seat and day. */
  readonly churnPerDay: number;
  /** What the rule took from each group and gave to which, against base weights alone; largest first. */
  readonly moved: readonly MovedFlow[];
  readonly strategies: readonly StrategyFigures[];
  /** Empty: there are no validators, and base weights were skill itself. */
  readonly validators: readonly RatingFigures[];
}

/** The subnets of a run whose miners decide for themselves. */
export interface ClosedLoopSummary {
  readonly subnets: readonly LoopFigures[];
}
