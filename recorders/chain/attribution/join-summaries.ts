import { InvariantError } from "../../../engine/index.js";
import type { ChainEvent } from "../runtime/chain-event.js";
import type { PositionId } from "../storage/position-id.js";
import type { EventPlace } from "./block-rows.js";

export type MoveKind = "moved" | "transferred" | "swapped";

/** A StakeMoved, StakeTransferred or StakeSwapped: from where to where, but not how much alpha. */
export interface Summary {
  readonly kind: MoveKind;
  readonly place: EventPlace;
  readonly from: PositionId;
  readonly to: PositionId;
}

export interface JoinedStakes {
  /** StakeAdded and StakeRemoved that stand alone. */
  readonly changes: readonly ChainEvent[];
  /** Summaries between recorded subnets, with the removal and the addition they sum up. */
  readonly joined: readonly { readonly summary: Summary; readonly removed: ChainEvent; readonly added: ChainEvent }[];
  /** Summaries that nothing gives an amount for (older runtimes). */
  readonly unmeasured: readonly Summary[];
}

const KINDS: Readonly<Record<string, MoveKind>> = { StakeMoved: "moved", StakeTransferred: "transferred", StakeSwapped: "swapped" };

/**
 * Joins each summary with the removal and addition of the same extrinsic that it sums up, the nearest ones before it, so that
 * nothing is counted twice. A move into or out of a subnet that is not recorded stays an addition or a removal: what the other
 * side held is not known.
 */
export function joinSummaries(stakes: readonly ChainEvent[], recorded: (netuid: number) => boolean): JoinedStakes {
  const open: ChainEvent[] = [];
  const joined: { summary: Summary; removed: ChainEvent; added: ChainEvent }[] = [];
  const unmeasured: Summary[] = [];
  /** Changes that belong to a summary with a side that is not recorded: found, but left as they are. */
  const claimed = new Set<ChainEvent>();
  for (const event of stakes) {
    const kind = KINDS[event.name];
    if (kind === undefined) {
      open.push(event);
      continue;
    }
    const summary = summaryOf(kind, event);
    const added = take(open, claimed, "StakeAdded", summary.to, event.extrinsic);
    // The chain takes before it gives, so a removal after the addition is not of the same move.
    const removed = take(open, claimed, "StakeRemoved", summary.from, event.extrinsic, added);
    if (removed === undefined || added === undefined) {
      // One half alone gives no amount for the other: both positions are measured, over what the half says.
      unmeasured.push(summary);
    } else if (recorded(summary.from.netuid) && recorded(summary.to.netuid)) {
      open.splice(open.indexOf(removed), 1);
      open.splice(open.indexOf(added), 1);
      joined.push({ summary, removed, added });
    }
  }
  return { changes: open, joined, unmeasured };
}

function take(
  open: readonly ChainEvent[],
  claimed: Set<ChainEvent>,
  name: "StakeRemoved" | "StakeAdded",
  position: PositionId,
  extrinsic: number,
  before?: ChainEvent,
): ChainEvent | undefined {
  for (let index = (before === undefined ? open.length : open.indexOf(before)) - 1; index >= 0; index--) {
    const event = open[index];
    if (event.extrinsic !== extrinsic) return undefined;
    if (event.name !== name || claimed.has(event)) continue;
    if (event.netuid !== position.netuid || event.hotkey !== position.hotkey || event.coldkey !== position.coldkey) continue;
    claimed.add(event);
    return event;
  }
  return undefined;
}

function summaryOf(kind: MoveKind, event: ChainEvent): Summary {
  const { netuid, hotkey, coldkey, toNetuid, toHotkey = hotkey, toColdkey = coldkey } = event;
  if (netuid === undefined || toNetuid === undefined) throw new InvariantError(`a ${event.name} without subnets`);
  if (hotkey === undefined || toHotkey === undefined || coldkey === undefined || toColdkey === undefined) {
    throw new InvariantError(`a ${event.name} without accounts`);
  }
  return {
    kind,
    place: { extrinsic: event.extrinsic, event: event.event },
    from: { netuid, hotkey, coldkey },
    to: { netuid: toNetuid, hotkey: toHotkey, coldkey: toColdkey },
  };
}
