import type { HeldExactly } from "../multipliers/index.js";

/** What stages know of the miners of an epoch, before its pay; index order is uid order. */
export interface StageFacts {
  readonly count: number;
  readonly uid: Int32Array;
  /** When the hotkey was registered, Unix ms; earlier wins a tie. */
  readonly registeredMs: Float64Array;
  /** Stake of the position, rao of alpha. */
  readonly stakeRao: Float64Array;
  /** 0..1; NaN where nothing was received yet. */
  readonly heldShare: Float64Array;
  /** Mean age of what is held, days. */
  readonly heldDays: Float64Array;
  /** What is held, exactly; null where the doubles are all there is. */
  exactly(miner: number): HeldExactly | null;
  /** Latest price, TAO per alpha; 0: none yet. */
  readonly priceTaoPerAlpha: number;
}
