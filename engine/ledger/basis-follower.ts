/**
 * Is told of every change to tranches of the retention basis, for metrics that the running sums of a position do not give
 * (docs/explanation/holding.md, `whole_days` and `retention_scope: window`).
 */
export interface BasisFollower {
  /** A tranche entered. */
  added(position: number, entryMs: number, tranche: number, amountRao: number): void;
  /** An outflow took from what remains of a tranche. */
  taken(position: number, entryMs: number, tranche: number, amountRao: number): void;
  /** A tranche counts as having received less (a slash), after `taken`. */
  unreceived(position: number, entryMs: number, tranche: number, amountRao: number): void;
  /** A move carried a part of a tranche, or all of it, to a tranche of another position with the same entry time. */
  split(from: number, to: number, entryMs: number, tranche: number, movedTranche: number, remainingRao: number, receivedRao: number): void;
  /** A position was re-keyed whole. */
  movedAll(from: number, to: number): void;
  /** A position that holds nothing forgot what it received. */
  forgotten(position: number): void;
}
