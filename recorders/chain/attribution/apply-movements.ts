import { positionKey } from "../storage/position-id.js";
import { type AttributionWorld, type MeasuredStake, stakeOf } from "./attribution-world.js";
import type { BlockRows, BlockTime } from "./block-rows.js";
import type { KeySwap, Movement } from "./block-story.js";
import type { Suspects } from "./suspects.js";

/** Does what the events of a block say, and writes it. */
export function applyMovements(world: AttributionWorld, movements: readonly Movement[], at: BlockTime, rows: BlockRows): void {
  for (const movement of movements) {
    const { place } = movement;
    if ("position" in movement) {
      const { kind, position, amountRao } = movement;
      rows.stake.push({ at, ...place, action: kind, position, amountRao, cause: "event" });
    } else if ("from" in movement) {
      const { kind, from, to, amountRao, toAmountRao } = movement;
      rows.stake.push({ at, ...place, action: kind, position: from, amountRao, to, toAmountRao, cause: "event" });
    } else writeSwap(world, movement, at, rows);
    world.positions.apply(movement);
  }
}

function writeSwap(world: AttributionWorld, swap: KeySwap, at: BlockTime, rows: BlockRows): void {
  const { kind, place, netuid, coldkey, key, toKey } = swap;
  const isHotkey = kind === "hotkey_swapped";
  const [first] = world.positions.passed(swap);
  if (first === undefined) return;
  const position = { netuid, hotkey: isHotkey ? key : first[0].hotkey, coldkey };
  const to = isHotkey ? { ...position, hotkey: toKey } : { ...position, coldkey: toKey };
  rows.stake.push({ at, ...place, action: kind, position, amountRao: 0, to, cause: "event" });
}

/**
 * Summaries without amounts, of older runtimes: where nothing else happened to both positions, the move is what they changed by.
 * @param ends subnets whose epoch ended in the block: there pay is mixed in
 */
export function settleUnmeasuredMoves(
  { netuids, positions }: AttributionWorld,
  suspects: Suspects,
  after: MeasuredStake,
  at: BlockTime,
  ends: readonly number[],
  rows: BlockRows,
): void {
  const moves = new Set([...suspects.values()].flatMap((all) => all.flatMap(({ move }) => move ?? [])));
  for (const { kind, place, from, to } of moves) {
    const sides = [from, to].filter(({ netuid }) => netuids.includes(netuid));
    const alone = sides.every((id) => !ends.includes(id.netuid) && suspects.get(positionKey(id))?.length === 1);
    const [changeFrom, changeTo] = [from, to].map((id) =>
      netuids.includes(id.netuid) ? stakeOf(after, id) - positions.byKey(positionKey(id)).expectedRao : 0,
    );
    if (!alone || changeFrom > 0 || changeTo < 0 || (changeFrom === 0 && changeTo === 0)) continue;
    if (sides.length === 2) {
      if (changeFrom === 0 || changeTo === 0) continue;
      const amounts = { amountRao: -changeFrom, toAmountRao: changeTo };
      rows.stake.push({ at, ...place, action: kind, position: from, ...amounts, to, cause: "event" });
    } else if (changeFrom < 0) {
      rows.stake.push({ at, ...place, action: "removed", position: from, amountRao: -changeFrom, cause: "event" });
    } else rows.stake.push({ at, ...place, action: "added", position: to, amountRao: changeTo, cause: "event" });
    for (const id of sides) positions.byKey(positionKey(id)).expectedRao = stakeOf(after, id);
  }
}
