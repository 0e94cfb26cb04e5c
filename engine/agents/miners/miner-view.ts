/** A hotkey of a miner's own, as it sees it. */
export interface MinerKey {
  /** Its number among the miner's keys, from 0 in the order in which they came. */
  readonly key: number;
  /** -1: it has no seat. */
  readonly uid: number;
  /** When its seat was registered, Unix ms; 0 without a seat. */
  readonly registeredMs: number;
  /** Share of the miner's work that is done on it, 0..1. */
  readonly workShare: number;
  /** Stake now, rao of alpha. */
  readonly stakeRao: number;
  /** Pay of the last epoch, rao of alpha. */
  readonly paidRao: number;
  /** What the rule looked at when the last epoch ended, before its pay. */
  readonly receivedRao: number;
  readonly remainingRao: number;
  /** 0..1. */
  readonly heldShare: number;
  readonly heldDays: number;
  /** What the rule answered then; 1 before the first epoch. */
  readonly multiplier: number;
}

/** A seat of somebody else, as everybody sees it. */
export interface OtherSeat {
  readonly uid: number;
  readonly stakeRao: number;
  /** What the rule answered when the last epoch ended; 1 before the first. */
  readonly multiplier: number;
  readonly registeredMs: number;
  /** Would its owner part with it for what its stake is worth? */
  readonly isForSale: boolean;
}

/**
 * What a miner knows when it decides: what has happened up to now, in numbers of its own. It is read and never kept: the next decision
 * finds other values in it. There is nothing in it that knows the future (docs/explanation/closed-loop.md).
 */
export interface MinerView {
  readonly timeMs: number;
  /** Beginning of the run. */
  readonly startMs: number;
  /** Epochs that have ended. */
  readonly epoch: number;
  /** Has an epoch just ended? Otherwise it decides at a time that it asked for. */
  readonly isClose: boolean;
  /** When the last epoch ended, and when this one is expected to. */
  readonly lastCloseMs: number;
  readonly nextCloseMs: number;
  /** TAO an alpha; 0: there is no price. */
  readonly priceTaoPerAlpha: number;
  /** Reserves of the pool; 0: the market takes any amount at its price. */
  readonly poolTaoRao: number;
  readonly poolAlphaRao: number;
  /** Share of what is paid in that the pool keeps. */
  readonly poolFee: number;
  /** What the miner has beside its stake. */
  readonly taoRao: number;
  /** What a registration costs now, rao of TAO; 2^53 - 1 where none is to be had. */
  readonly registrationCostRao: number;
  /** The largest multiplier that the rule can give anybody. */
  readonly topMultiplier: number;
  /** Its keys, in the order in which they came; not those that it parted with. */
  readonly keys: readonly MinerKey[];
  /** Stake on all of its keys, rao. */
  readonly stakeRao: number;

  // What can be asked; amounts are whole rao, 0 or more, and anything else ends the run (TEN-AGENT-121).

  /** TAO that a sale of so much alpha would bring now, rao; 0: nothing. */
  proceedsRao(alphaRao: number): number;
  /** Alpha that so much TAO would buy now, rao; 0: nothing. */
  purchaseRao(taoRao: number): number;
  /**
   * The multiplier of a key if so much of its stake were sold now, the rule looked `aheadMs` later (left out: now), and nothing else
   * happened until then.
   */
  multiplierAfterSale(key: number, alphaRao: number, aheadMs?: number): number;
  /** Seats that are not its own, by uid. */
  others(): readonly OtherSeat[];
}
