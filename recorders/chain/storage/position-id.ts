/** A position on the chain: who staked on whom, on which subnet. Accounts as hex. */
export interface PositionId {
  readonly netuid: number;
  readonly hotkey: string;
  readonly coldkey: string;
}

/** One text for a position, by which it is found in maps. */
export function positionKey({ netuid, hotkey, coldkey }: PositionId): string {
  return `${netuid}/${hotkey}/${coldkey}`;
}

/** By subnet, hotkey, coldkey: the order of rows of one block, whatever order positions were met in. */
export function byPosition(a: PositionId, b: PositionId): number {
  return a.netuid - b.netuid || compare(a.hotkey, b.hotkey) || compare(a.coldkey, b.coldkey);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
