import type { Obligation } from "../../registry/obligation.js";
import type { HeldExactly } from "../multipliers/index.js";

/** What stages know of the miners of an epoch, before its pay; index order is uid order. */
export interface StageFacts {
  readonly count: number;
  /** When the epoch ends, Unix ms. */
  readonly endMs: number;
  readonly uid: Int32Array;
  /**
   * Number of the hotkey on its subnet, from 0 without large gaps: by it a stage remembers. A swap of the hotkey does not change it;
   * -1: who is outside.
   */
  readonly key: Int32Array;
  /** When the hotkey was registered, Unix ms; earlier wins a tie. 0: before anything that is recorded. */
  readonly registeredMs: Float64Array;
  /** Stake of the position, rao of alpha. */
  readonly stakeRao: Float64Array;
  /** 0..1; NaN where nothing was received yet. */
  readonly heldShare: Float64Array;
  /** Mean age of what is held, days. */
  readonly heldDays: Float64Array;
  /** Collateral by the latest row of the stream, rao; 0: none. */
  readonly collateralRao: Float64Array;
  /** TAO traded in the epoch, rao. */
  readonly volumeRao: Float64Array;
  /** Emission that was booked for the hotkey since the run began, rao. */
  readonly earnedRao: Float64Array;
  /** What neutral moves brought to the hotkey's positions since the run began, less what they took; rao, may be below 0. */
  readonly movedRao: Float64Array;
  /** Score by the latest row of the stream; NaN: none was told. */
  readonly score: Float64Array;
  /** When the score was told, Unix ms; -1: none was. */
  readonly scoredMs: Float64Array;
  /** What the stream `scores` tells of a miner beside the score, by the name of the column; NaN: nothing. */
  scoreColumn(miner: number, column: string): number;
  /** What is held, exactly; null where the doubles are all there is. */
  exactly(miner: number): HeldExactly | null;
  /** Is it the name or the hotkey of the miner? */
  isNamed(miner: number, name: string): boolean;
  hasTag(miner: number, tag: string): boolean;
  /** Latest price, TAO per alpha; 0: none yet. */
  readonly priceTaoPerAlpha: number;
  /** When it was told, Unix ms; -1: not by a stream, it is of now. */
  readonly priceMs: number;
  /** Latest price of a TAO in USD; 0: none yet. */
  readonly usdPerTao: number;
  readonly usdPerTaoMs: number;
  /** What the epoch emits to who shares by the list, rao. */
  readonly potRao: number;
  /** What came to be owed since the epoch before ended, in the order of the stream; also to hotkeys that have no uid. */
  readonly obligations: readonly Obligation[];
}
