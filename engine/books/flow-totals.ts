import { ExactSum } from "../kernel/money.js";
import type { RejectionCause } from "../tables/results.js";
import { StakeRows } from "./stake-rows.js";
import { Withdrawals } from "./withdrawals.js";

/** What came in and went out over a run, all positions together, and what could not be booked as it was asked. */
export class FlowTotals {
  readonly inflowRao = new ExactSum();
  readonly outflowRao = new ExactSum();
  /** What transfers and moves brought beyond what their senders were known to hold; not in `inflowRao`. */
  readonly fromOutsideRao = new ExactSum();
  readonly unexplainedRao = new ExactSum();
  readonly roundingRao = new ExactSum();
  readonly rejections: Record<RejectionCause, number> = { more_than_held: 0, nothing_held: 0, shortfall: 0 };
  /** What is asked to be taken of positions, rejected or not. */
  readonly withdrawals = new Withdrawals();
  readonly stakeRows = new StakeRows();
  /** Exits of tranches that were handed over. */
  exits = 0;
}
