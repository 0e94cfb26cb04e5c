import type { HoldingRow } from "./reading/holdings.js";
import type { PositionRow } from "./reading/positions.js";

/** The positions of one coldkey on a subnet, whose holding is measured together (`vesting.key_scope: coldkey_even`). */
export interface Pool {
  readonly positions: readonly { readonly position: number; readonly hotkey: string }[];
  readonly received_rao: bigint;
  readonly remaining_rao: bigint;
}

/** Shares are compared as they were computed; a sum past 2^53 may round otherwise. */
const CLOSE = 1e-12;

/**
 * The pool that a position is measured with; null where it stands alone, or is measured by itself since its hotkey was not
 * registered.
 * @param holdings of all positions of the subnet at the epoch
 */
export function poolOf(
  position: PositionRow,
  positions: ReadonlyMap<number, PositionRow>,
  holdings: ReadonlyMap<number, HoldingRow>,
): Pool | null {
  const members: { position: number; hotkey: string }[] = [];
  let received = 0n;
  let remaining = 0n;
  for (const holding of holdings.values()) {
    const other = positions.get(holding.position);
    if (other === undefined || other.netuid !== position.netuid || other.coldkey !== position.coldkey) continue;
    members.push({ position: other.position, hotkey: other.hotkey });
    received += BigInt(holding.received_rao);
    remaining += BigInt(holding.remaining_rao);
  }
  const share = received === 0n ? 0 : Number(remaining) / Number(received);
  const own = holdings.get(position.position);
  if (members.length < 2 || own === undefined || Math.abs(own.held_share - share) > CLOSE) return null;
  return { positions: members, received_rao: received, remaining_rao: remaining };
}
