import type { LedgerConfiguration } from "../../configuration/ledger-configuration.js";
import type { ExitReason, RejectionCause, Source } from "../../tables/results.js";

/** What the auditor needs to know of a scenario's `ledger` part. */
export type AuditorConfiguration = Pick<LedgerConfiguration, "withdrawalOrder" | "equalTimes" | "onInvalid">;

/** An inflow or emission: opens a tranche (docs/explanation/tranches.md). */
export interface Credit {
  readonly op: "credit";
  readonly position: number;
  readonly source: Source;
  readonly timeMs: number;
  /** 1 or more. */
  readonly amountRao: number;
  /** Id of the new tranche; unused so far. */
  readonly tranche: number;
}

/** An emission to each of several positions at one instant. */
export interface Emission {
  readonly op: "emission";
  readonly positions: readonly number[];
  readonly timeMs: number;
  /** One a position, each 1 or more. */
  readonly amountsRao: readonly number[];
  /** Id of the first new tranche; those of the following positions count up. */
  readonly firstTranche: number;
}

/** An outflow: takes from tranches in the withdrawal order. */
export interface Debit {
  readonly op: "debit";
  readonly position: number;
  readonly timeMs: number;
  /** 1 or more. */
  readonly amountRao: number;
  readonly reason: ExitReason;
}

/** A neutral change of owner or hotkey: entry times and shares travel along. */
export interface Move {
  readonly op: "move";
  readonly from: number;
  /** Another position than `from`. */
  readonly to: number;
  readonly timeMs: number;
  /** 1 or more; `all` never asks for more than there is. */
  readonly amountRao: number | "all";
  /** Parts split off get consecutive ids from this one, in the order the withdrawal order touches their tranches. */
  readonly firstSplitTranche: number;
}

/** An outflow from one named tranche, as `withdrawals: same_tranches` makes them (docs/explanation/redistribution.md). */
export interface TakeFromTranche {
  readonly op: "take_from_tranche";
  readonly position: number;
  readonly tranche: number;
  readonly timeMs: number;
  /** From 1 to what remains of the tranche. */
  readonly amountRao: number;
  readonly reason: ExitReason;
}

/** A neutral move of one named tranche or a part of it, for a ledger that follows a recorded one (docs/explanation/redistribution.md). */
export interface MoveFromTranche {
  readonly op: "move_from_tranche";
  readonly from: number;
  /** Another position than `from`. */
  readonly to: number;
  readonly tranche: number;
  readonly timeMs: number;
  /** From 1 to what remains of the tranche. */
  readonly amountRao: number;
  /** Id of the part, should it be one. */
  readonly firstSplitTranche: number;
}

/** A snapshot starts a position anew that holds nothing: it forgets what it ever received (docs/explanation/registry.md, `force`). */
export interface Forget {
  readonly op: "forget";
  readonly position: number;
  readonly timeMs: number;
}

/** Everything that can happen to a ledger, as plain data. Times never go back. */
export type LedgerCommand = Credit | Emission | Debit | Move | TakeFromTranche | MoveFromTranche | Forget;

/** What one tranche lost to an outflow. */
export interface AuditedExit {
  readonly tranche: number;
  readonly amountRao: number;
  readonly reason: ExitReason;
  /** Is the tranche now empty? */
  readonly emptied: boolean;
}

/** What a partial move took from one tranche. */
export interface AuditedSplit {
  readonly tranche: number;
  /** Id of the moved part: the tranche's own when it was taken wholly. */
  readonly part: number;
  readonly remainingRao: number;
  readonly receivedRao: number;
}

export interface AuditedRejection {
  readonly position: number;
  readonly cause: RejectionCause;
  readonly requestedRao: number;
  readonly heldRao: number;
}

/** What a command came to. A whole move has neither exits nor splits. */
export interface AuditedOutcome {
  readonly exits: readonly AuditedExit[];
  readonly splits: readonly AuditedSplit[];
  readonly rejections: readonly AuditedRejection[];
  /** What was asked for beyond what there was, and is too little to be more than rounding; 0 mostly. */
  readonly roundedRao: number;
}

/** The command cannot be carried out and the run must stop; nothing has changed. */
export class AuditRefusal extends Error {
  readonly position: number;
  readonly refused: "more_than_held" | "nothing_held" | "over_limit";

  constructor(position: number, refused: AuditRefusal["refused"], what: string) {
    super(`position ${position}: ${what}`);
    this.name = "AuditRefusal";
    this.position = position;
    this.refused = refused;
  }
}
