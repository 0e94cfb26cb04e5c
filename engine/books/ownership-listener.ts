import type { Flow } from "../tables/results.js";

/** Who is told of what positions come to own, after it is booked. */
export interface OwnershipListener {
  /**
   * A flow of stake; pay is none.
   * @param account where it comes from or goes to: `OUTSIDE_MARKET`, or the account that gets what was slashed
   */
  flowed(position: number, timeMs: number, flow: Flow, amountRao: number, account: number): void;
  /** Pay, also such that is booked later, in instalments. */
  awarded?(position: number, amountRao: number): void;
}
