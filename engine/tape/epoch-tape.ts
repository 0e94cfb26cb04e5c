import type { HoldingRuleConfiguration } from "../configuration/rule-configuration.js";

/** What of a rule decides what is held, so that a tape is of it alone. */
export type TapedMeasure = Pick<
  HoldingRuleConfiguration,
  "startMs" | "retentionBasis" | "retentionScope" | "retentionWindowDays" | "rounding" | "keyScope"
>;

/**
 * What a rule is asked about in a replay, epoch by epoch: base weights of the miners, and what each holds. A rule that moves
 * nothing that is owned can be played on it without the ledger. Plain data; its columns lie in memory that threads share.
 */
export interface EpochTape {
  readonly measure: TapedMeasure;
  /** Epochs with a pot, in the order in which they closed. */
  readonly epochs: number;
  readonly netuid: Int32Array;
  readonly endMs: Float64Array;
  readonly potRao: Float64Array;
  /** Sum of the weights before any rule, and what of it is of who is outside of the streams. */
  readonly baseSum: Float64Array;
  readonly outside: Float64Array;
  /** Latest price, TAO per alpha; 0: none yet. */
  readonly priceTaoPerAlpha: Float64Array;
  /** How many numbers the subnet had given out. */
  readonly members: Int32Array;
  /** By epoch the first of its rows, which are its miners in order of uid, and behind the last epoch how many there are. */
  readonly firstRow: Float64Array;

  /** Number on the subnet. */
  readonly member: Int32Array;
  readonly uid: Int32Array;
  /** When the hotkey was registered, Unix ms; 0: it has no seat. */
  readonly registeredMs: Float64Array;
  /** Weight before any rule, 0 or more. */
  readonly base: Float64Array;
  readonly stakeRao: Float64Array;
  readonly heldShare: Float64Array;
  readonly heldDays: Float64Array;
  /** 1 where anything was received, so that a rule may be asked. */
  readonly received: Uint8Array;
  /** What the held share is the quotient of, rao; null where it is one of pools. */
  readonly remainingRao: Float64Array | null;
  readonly receivedRao: Float64Array | null;
}
