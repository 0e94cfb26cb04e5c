import { math } from "../../engine/index.js";

/** What a recording shows of a subnet, epoch by epoch. An epoch is one that paid miners; others are not counted. */
export interface ObservedSubnet {
  readonly netuid: number;
  /** Ends of the epochs, ms since 1970, ascending; one or more. */
  readonly epochEndsMs: Float64Array;
  /** Who was paid for mining, in any order. */
  readonly miners: readonly ObservedMiner[];
  readonly prices: ObservedPrices;
}

/** One who was paid for mining: a hotkey of a coldkey, followed through swaps of its keys. */
export interface ObservedMiner {
  /** As it was last called. */
  readonly hotkey: string;
  readonly coldkey: string;
  /** Last known slot; -1: none. */
  readonly uid: number;
  /** Index of the epoch that first paid it. */
  readonly firstEpoch: number;
  /** Index of the last epoch that paid it. */
  readonly lastEpoch: number;
  /** Rao that each epoch paid it, from `firstEpoch` to the last of the subnet. */
  readonly paidRao: Float64Array;
  /** Rao of alpha that it sold at the end of each of these epochs or after, before the end of the next. */
  readonly soldRao: Float64Array;
  /** Instants of its sales, ms since 1970, ascending, each once. */
  readonly salesMs: readonly number[];
  /** Rao that it held just before it was first paid. */
  readonly heldAtStartRao: number;
  /** Rao that came to it later and was no pay; that it gave away or lost otherwise than by a sale; that it holds at the end. */
  readonly broughtRao: number;
  readonly givenRao: number;
  readonly heldAtEndRao: number;
}

/** Prices of the subnet's alpha in the time of its epochs, TAO an alpha. */
export interface ObservedPrices {
  /** Samples; 0: no other figure is known. */
  readonly count: number;
  readonly firstMs: number;
  readonly firstTao: number;
  readonly lastMs: number;
  readonly lastTao: number;
  /** The longest time between two, ms; 0: there are not two. */
  readonly longestGapMs: number;
}

/** Rao that a miner was paid, and sold, in all. */
export const paidInAll = ({ paidRao }: ObservedMiner): number => paidRao.reduce((sum, rao) => sum + rao, 0);
export const soldInAll = ({ soldRao }: ObservedMiner): number => soldRao.reduce((sum, rao) => sum + rao, 0);

/**
 * Do prices end before the epochs do? Prices that go on are never further apart than they were before, and an epoch at most passes by after
 * the last.
 */
export function pricesEndEarly({ prices, epochEndsMs }: ObservedSubnet): boolean {
  const count = epochEndsMs.length;
  if (prices.count === 0) return false;
  const lastEpochMs = count < 2 ? 0 : epochEndsMs[count - 1] - epochEndsMs[count - 2];
  return epochEndsMs[count - 1] - prices.lastMs > math.max(prices.longestGapMs, lastEpochMs);
}

/** Rao that was sold at the end of epochs after the last price. */
export function soldAfterPrices({ miners, prices, epochEndsMs }: ObservedSubnet): number {
  return miners.reduce(
    (all, { firstEpoch, soldRao }) => soldRao.reduce((sum, rao, i) => (epochEndsMs[firstEpoch + i] > prices.lastMs ? sum + rao : sum), all),
    0,
  );
}
