import type { AuditorConfiguration, LedgerCommand } from "../../engine/ledger/auditor/commands.js";
import type { HoldingQuery } from "../../engine/ledger/auditor/holding.js";
import type { RejectionCause, Source } from "../../engine/tables/results.js";

/** What a ledger is made with; part of every fuzz case. */
export interface FuzzSetup {
  readonly configuration: AuditorConfiguration;
  readonly query: HoldingQuery;
  /** Commands name positions 0 to positions - 1. */
  readonly positions: number;
  readonly startMs: number;
}

/** A tranche that lost something to a command, by an exit or by a split. */
export interface Touched {
  readonly tranche: number;
  readonly amountRao: number;
  /** Does the position no longer hold anything of it? */
  readonly emptied: boolean;
}

export interface Rejected {
  readonly position: number;
  readonly cause: RejectionCause;
  readonly requestedRao: number;
  readonly heldRao: number;
}

export interface Outcome {
  /** In the order they were touched; none for a move of everything. */
  readonly touched: readonly Touched[];
  readonly rejected: readonly Rejected[];
  /** What was asked for beyond what there was, where that is rounding. */
  readonly roundedRao: number;
}

export interface Totals {
  readonly total: bigint;
  readonly manual: bigint;
  readonly earned: bigint;
  readonly inflow: bigint;
  readonly emission: bigint;
  readonly movedIn: bigint;
  readonly outflow: bigint;
  readonly movedOut: bigint;
}

export interface Holding {
  /** Exact sums, or what a double makes of them. */
  readonly received: number;
  readonly remaining: number;
  readonly heldShare: number;
  readonly heldDays: number;
}

export interface HeldTranche {
  readonly id: number;
  readonly source: Source;
  readonly entryMs: number;
  readonly receivedRao: number;
  readonly remainingRao: number;
}

/** A ledger that the auditor is compared with. */
export interface LedgerUnderTest {
  /** Throws when the command must stop the run; it is not used again after that. */
  apply(command: LedgerCommand): Outcome;
  totals(position: number): Totals;
  /** Instants never go back, neither between readings nor against commands. */
  holding(position: number, nowMs: number): Holding;
  /** Tranches that still hold something, by entry time, then id. */
  tranches(position: number): readonly HeldTranche[];
}

export type MakeLedger = (setup: FuzzSetup) => LedgerUnderTest;
