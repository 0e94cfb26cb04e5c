import { type PositionId, positionKey } from "../storage/position-id.js";
import type { BlockState } from "../storage/read-balances.js";
import { readStakingHotkeys } from "../storage/read-seats.js";
import type { AttributionWorld } from "./attribution-world.js";
import type { Movement, Suspicion } from "./block-story.js";
import type { TrackedPositions } from "./tracked-positions.js";

/** Positions that an event may have changed silently, by `positionKey`, and what is suspected of each, in the order of events. */
export type Suspects = ReadonlyMap<string, readonly Suspicion[]>;

/** Finds the positions that suspicions are about; those that are not known yet are tracked. */
export async function findSuspects(world: AttributionWorld, suspicions: readonly Suspicion[], state: BlockState): Promise<Suspects> {
  const { client, positions } = world;
  const suspects = new Map<string, Suspicion[]>();
  if (suspicions.length === 0) return suspects;
  const claimants = new Set(suspicions.flatMap(({ anyHotkey, coldkey }) => (anyHotkey && coldkey !== undefined ? [coldkey] : [])));
  const staking = await readStakingHotkeys(client, [...claimants], state.hash);
  for (const suspicion of suspicions) {
    const { netuid, hotkey, coldkey, anyHotkey } = suspicion;
    if (anyHotkey && coldkey !== undefined) {
      for (const one of staking.get(coldkey) ?? []) positions.track({ netuid, hotkey: one, coldkey });
    } else if (hotkey !== undefined && coldkey !== undefined) positions.track({ netuid, hotkey, coldkey });
    for (const position of positions.having(netuid, { hotkey, coldkey })) {
      const known = suspects.get(positionKey(position));
      if (known === undefined) suspects.set(positionKey(position), [suspicion]);
      else known.push(suspicion);
    }
  }
  return suspects;
}

/**
 * Positions, by `positionKey`, that a block's movements take more from than the rows so far gave them: something silent came
 * before. Positions of swapped keys are measured in any case.
 */
export function overdrawn(positions: TrackedPositions, movements: readonly Movement[]): string[] {
  const held = new Map<string, number>();
  const keys: string[] = [];
  const change = (id: PositionId, changeRao: number) => {
    const key = positionKey(id);
    const rao = (held.get(key) ?? positions.byKey(key).expectedRao) + changeRao;
    held.set(key, rao);
    if (rao < 0) keys.push(key);
  };
  for (const movement of movements) {
    if ("position" in movement) change(movement.position, movement.kind === "added" ? movement.amountRao : -movement.amountRao);
    else if ("from" in movement) {
      change(movement.from, -movement.amountRao);
      change(movement.to, movement.toAmountRao);
    }
  }
  return keys;
}
