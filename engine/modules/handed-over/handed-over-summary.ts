/** What became of recorded positions of one owner that were handed to a strategy; sums are decimals of whole rao. */
export interface HandedOverFigures {
  readonly name: string;
  readonly netuid: number;
  /** At the end, in the order of its keys. */
  readonly hotkeys: readonly string[];
  readonly coldkey: string;
  readonly strategy: string;
  readonly fromMs: number;
  /** TAO an alpha when they were handed over, or the first there was after that, and at the end; 0: there was none. */
  readonly startPriceTao: number;
  readonly endPriceTao: number;
  readonly stakeStartRao: string;
  readonly stakeEndRao: string;
  readonly taoStartRao: string;
  readonly taoEndRao: string;
  /** Since they were handed over. */
  readonly paidRao: string;
  readonly soldRao: string;
  readonly proceedsRao: string;
  readonly boughtRao: string;
  readonly spentRao: string;
  /** What others sent, less what was slashed. */
  readonly receivedRao: string;
  readonly orders: number;
  readonly ordersDone: number;
  /** Means weighted by pay; 1, 0 and 0 where nothing was paid. */
  readonly multiplierPaid: number;
  readonly heldSharePaid: number;
  readonly heldDaysPaid: number;
  /** What they have more than when they were handed over, stake at the price of then and of the end, TAO. */
  readonly profitTao: number;
  readonly asRecorded: RecordedFigures;
}

/** What the recording had the same positions do in the same time. */
export interface RecordedFigures {
  readonly stakeStartRao: string;
  readonly stakeEndRao: string;
  readonly paidRao: string;
  /** Acts that were passed over: alpha that they added and took out or sent away, and its worth in TAO at the price of each instant. */
  readonly acts: number;
  readonly cameRao: string;
  readonly spentRao: string;
  readonly leftRao: string;
  readonly proceedsRao: string;
  /** Of that, alpha at times without a price, which counts as worth nothing. */
  readonly unpricedRao: string;
  /** What of `leftRao` was sent to positions that are not handed over; they got it all the same. */
  readonly arrivedElsewhereRao: string;
  /** By the same reckoning, TAO. */
  readonly profitTao: number;
}

/** The positions of a run that were handed to strategies. */
export interface HandedOverSummary {
  readonly decisions: number;
  readonly miners: readonly HandedOverFigures[];
}
