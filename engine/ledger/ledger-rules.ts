import type { WithdrawalOrder } from "../configuration/ledger-configuration.js";

/** Sources of a tranche, as codes of `SOURCES`. */
export const MANUAL_SOURCE = 0;
export const EMISSION_SOURCE = 1;

export interface LedgerRules {
  readonly withdrawalOrder: WithdrawalOrder;
  readonly equalTimes: "later_first" | "earlier_first";
  readonly onInvalid: "record" | "clamp" | "stop";
  /** Whether manual tranches count towards holding metrics, too. */
  readonly basisAllStake: boolean;
  /** Tranches that entered at or before it do not count; -1: all count. */
  readonly basisAfterMs: number;
  /** Keep what was received when, for metrics over a window. */
  readonly windowed: boolean;
  /** Keep what it takes to answer ages in whole days. */
  readonly wholeDays: boolean;
}

/** What the ledger tells its owner about besides exits. */
export interface LedgerListener {
  /** A withdrawal asked for more than there was, and rounding does not explain it. `taken` is 0 unless the rule is to clamp. */
  rejected(position: number, timeMs: number, requestedRao: number, heldRao: number, takenRao: number): void;
  /** A withdrawal asked for a few rao more than there were (`ROUNDING_RAO`), and took what there was. */
  rounded(position: number, timeMs: number, excessRao: number): void;
  /** A tranche is empty now. Only called when `reportsClosures`. */
  closed(position: number, source: number, timeMs: number, cell: number, origin: number): void;
  /** A position was re-keyed whole, emptied tranches included. Only called when `reportsClosures`. */
  movedAll(from: number, to: number, timeMs: number): void;
  readonly reportsClosures: boolean;
  /** The place of the event being processed and the position's name, for errors. */
  describe(position: number): { readonly name: string; readonly place: object };
}
