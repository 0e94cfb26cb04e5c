/** Which tranche a withdrawal takes first (docs/explanation/tranches.md). */
export const WITHDRAWAL_ORDERS = ["filo", "fifo", "manual_first", "emission_first", "pro_rata"] as const;
export type WithdrawalOrder = (typeof WITHDRAWAL_ORDERS)[number];
export interface LedgerConfiguration {
  readonly withdrawalOrder: WithdrawalOrder;
  /** Among tranches of one entry time `filo` takes the later event first, or the earlier. */
  readonly equalTimes: "later_first" | "earlier_first";
  readonly moves: "neutral_within_subnet" | "strict";
  /** Joins a removal and an addition of one coldkey in one extrinsic into a move. */
  readonly pairMoves: boolean;
  readonly onInvalid: "record" | "clamp" | "stop";
  /** Coldkeys of one owner: a transfer inside a group is a move. */
  readonly ownerGroups: readonly (readonly string[])[];
}
