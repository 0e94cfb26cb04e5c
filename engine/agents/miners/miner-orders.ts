/**
 * What a miner wants done. The orders of a decision are carried out in the order in which they are given, after it. Each is carried out whole or not at all; one that cannot be is refused and written down, and the
 * next is tried. Amounts are whole rao, 0 or more; an order of 0 is none.
 */
export interface MinerOrders {
  /** Takes alpha of a key's stake and sells it for TAO. */
  sell(key: number, alphaRao: number): void;
  /** Buys alpha for TAO and stakes it on a key. */
  buy(key: number, taoRao: number): void;
  /** Moves stake between two keys of its own, with its history. */
  move(fromKey: number, toKey: number, alphaRao: number): void;
  /** Registers a fresh hotkey, which becomes the last of its keys. */
  register(): void;
  /** Registers a key of its own that lost its seat. */
  registerAgain(key: number): void;
  /** Does a share of its work on a key, relative to what is done on the others; 0: none. */
  assign(key: number, workShare: number): void;
  /**
   * Buys a seat with all that is staked on it, its history included: its hotkey becomes the last of its keys.
   * @param premiumShare what it offers above what the stake is worth at the price, as a fraction of that
   */
  takeOver(uid: number, premiumShare: number): void;
  /** Decides once more at that time; a time that is over is none. */
  wakeAt(timeMs: number): void;
}
