import { type PositionId, positionKey } from "../storage/position-id.js";
import type { Movement, Suspicion } from "./block-story.js";
import type { TrackedPositions } from "./tracked-positions.js";

/** Positions that an event may have changed silently, by `positionKey`, and what is suspected of each, in the order of events. */
export type Suspects = ReadonlyMap<string, readonly Suspicion[]>;

/** The positions that suspicions are about. Those that a claim or another silent change may have made must be tracked already. */
export function findSuspects(positions: TrackedPositions, suspicions: readonly Suspicion[]): Suspects {
  const suspects = new Map<string, Suspicion[]>();
  for (const suspicion of suspicions) {
    const { netuid, hotkey, coldkey } = suspicion;
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
