import { STAKE_ACTIONS, type StakeAction } from "../../engine/index.js";
import type { RaoSum } from "./rao-sum.js";

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

/** Whether stake comes in, leaves, or passes to another position (docs/explanation/flows.md). */
const DIRECTIONS: Readonly<Record<StakeAction, "in" | "out" | "between">> = {
  added: "in",
  opened: "in",
  removed: "out",
  burned: "out",
  slashed: "out",
  unexplained: "out",
  rounding: "out",
  moved: "between",
  swapped: "between",
  transferred: "between",
  hotkey_swapped: "between",
  coldkey_swapped: "between",
};

/** @param byAction sums in the order of `STAKE_ACTIONS` */
export function flowTotals(byAction: readonly RaoSum[]): FlowTotals {
  const rao = { in: 0n, out: 0n, between: 0n };
  for (const [code, { value }] of byAction.entries()) rao[DIRECTIONS[STAKE_ACTIONS[code]]] += value;
  return {
    in_rao: rao.in.toString(),
    out_rao: rao.out.toString(),
    net_rao: (rao.in - rao.out).toString(),
    between_rao: rao.between.toString(),
  };
}
