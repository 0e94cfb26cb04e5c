import type { FlowEvent } from "./flow-events.js";
import type { LedgerTerms } from "./ledger-terms.js";
import type { Rejection } from "./rejections.js";

/** What one stake event did, as the rows of the table `flows` that it left; key swaps aside. */
export interface StakePass {
  /** The first of its rows. */
  readonly first: FlowEvent;
  /** How many rows they are. */
  readonly rows: number;
  /** Where stake left; where it came by itself, the position it came to. */
  readonly from: number;
  /** Where it arrived; -1: it only left, or only came. */
  readonly to: number;
  /** What left and was sold, or lost in a move; rao. */
  readonly leftRao: number;
  /** What went along with its history, rao. */
  readonly movedRao: number;
  /** What arrived beyond that, as one tranche: of what was sold, or of what nobody was known to hold; rao. */
  readonly arrivedRao: number;
  /** The part of `arrivedRao` that its sender was not known to hold. */
  readonly outsideRao: number;
}

/**
 * Reads the event whose first row stands at a place. Its rows are, in this order: what left, what moved, what arrived, what
 * came from outside; of each there is none where it is nothing.
 * @param flows of one instant, without emission
 * @param rejections of the instant that no event was found for yet
 */
export function passAt(flows: readonly FlowEvent[], at: number, terms: LedgerTerms, rejections: readonly Rejection[]): StakePass {
  const first = flows[at];
  const { flow, position, counterparty } = first;
  const arrives = flow === "inflow" || flow === "from_outside";
  const [from, to] = arrives ? (counterparty === -1 ? [position, -1] : [counterparty, position]) : [position, counterparty];
  let next = at;
  const take = (kind: FlowEvent["flow"], of: number, other: number): number => {
    const row = flows[next];
    if (row === undefined || row.flow !== kind || row.position !== of || row.counterparty !== other || !isOneEvent(row, first)) return 0;
    next += 1;
    return row.amountRao;
  };
  const told = (leftRao: number, movedRao: number, arrivedRao: number, outsideRao: number): StakePass => {
    return { first, rows: next - at, from, to, leftRao, movedRao, arrivedRao: arrivedRao + outsideRao, outsideRao };
  };
  if (arrives) {
    const other = to === -1 ? -1 : from;
    const arrived = take("inflow", position, other);
    // An addition that `pair_moves` joined with a removal may have brought both.
    const joins = arrived === 0 || (terms.pairsMoves && first.extrinsic >= 0 && (to === -1 || terms.isNeutral(from, to)));
    return told(0, 0, arrived, joins ? take("from_outside", position, other) : 0);
  }
  const left = take("outflow", from, to);
  if (to === -1) return told(left, 0, 0, 0);
  const short = rejections.find((one) => one.position === from && isOneEvent(one, first));
  // Another event of the same place in the chain may have found nothing.
  const brings = short === undefined ? terms.isNeutral(from, to) : short.cause === "shortfall";
  if (flow === "outflow" && !terms.isNeutral(from, to)) {
    const given = take("inflow", to, from);
    return told(left, 0, given, brings ? take("from_outside", to, from) : 0);
  }
  const moved = take("moved_out", from, to);
  take("moved_in", to, from);
  if (moved === 0 || left > 0) return told(left, moved, 0, 0);
  const added = take("inflow", to, from);
  return told(left, moved, added, brings ? take("from_outside", to, from) : 0);
}

/** Are two rows of one instant of the same place in the chain, so far as it is known? */
export function isOneEvent(
  one: Pick<FlowEvent, "block" | "extrinsic" | "event">,
  other: Pick<FlowEvent, "block" | "extrinsic" | "event">,
): boolean {
  return one.block === other.block && one.extrinsic === other.extrinsic && one.event === other.event;
}
