import { type ExactSum, STAKE_ACTIONS, STAKE_DIRECTIONS } from "../../engine/index.js";

/** What a stake stream did to all its positions together, in decimal digits. */
export interface FlowTotals {
  /** Came in by hand: added, opened. */
  readonly in_rao: string;
  /** Left: removed, burned, slashed, unexplained, rounding. */
  readonly out_rao: string;
  /** In less out; below 0 with a minus. */
  readonly net_rao: string;
  /** Went from one position to another, as it left: moved, swapped, transferred. A key swap takes all and names no amount. */
  readonly between_rao: string;
}

/** @param byAction sums in the order of `STAKE_ACTIONS` */
export function flowTotals(byAction: readonly ExactSum[]): FlowTotals {
  const rao = { in: 0n, out: 0n, between: 0n };
  for (const [code, sum] of byAction.entries()) rao[STAKE_DIRECTIONS[STAKE_ACTIONS[code]]] += sum.toBigInt();
  return {
    in_rao: rao.in.toString(),
    out_rao: rao.out.toString(),
    net_rao: (rao.in - rao.out).toString(),
    between_rao: rao.between.toString(),
  };
}
