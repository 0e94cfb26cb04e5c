import type { BlockState } from "../storage/read-balances.js";
import { readOwners, readStakingHotkeys } from "../storage/read-seats.js";
import type { AttributionWorld } from "./attribution-world.js";
import type { BlockStory } from "./block-story.js";

/**
 * Makes sure that every position that a block's events name, or that may be paid without one, is tracked.
 * @returns owners of the hotkeys that registered
 */
export async function trackStory(world: AttributionWorld, story: BlockStory, state: BlockState): Promise<ReadonlyMap<string, string>> {
  const { client, netuids, positions } = world;
  const hotkeys = new Set(story.registrations.map(({ hotkey }) => hotkey));
  for (const { hotkey, coldkey } of story.reached) if (hotkey !== undefined && coldkey === undefined) hotkeys.add(hotkey);
  const lessees = story.reached.flatMap(({ hotkey, coldkey }) => (hotkey === undefined && coldkey !== undefined ? [coldkey] : []));
  const [owners, staking] = await Promise.all([
    readOwners(client, [...hotkeys], state.hash),
    readStakingHotkeys(client, [...new Set(lessees)], state.hash),
  ]);
  const track = (netuid: number, hotkey: string, coldkey: string | undefined) => {
    if (coldkey !== undefined && netuids.includes(netuid)) positions.track({ netuid, hotkey, coldkey });
  };
  for (const { netuid, hotkey } of story.registrations) track(netuid, hotkey, owners.get(hotkey));
  for (const { netuid, hotkey, coldkey } of story.reached) {
    if (hotkey !== undefined) track(netuid, hotkey, coldkey ?? owners.get(hotkey));
    else for (const one of staking.get(coldkey ?? "") ?? []) track(netuid, one, coldkey);
  }
  for (const movement of story.movements) {
    if ("position" in movement) positions.track(movement.position);
    else if ("from" in movement) for (const id of [movement.from, movement.to]) positions.track(id);
  }
  for (const { netuid, hotkey, coldkey } of story.suspicions) if (hotkey !== undefined) track(netuid, hotkey, coldkey);
  // In their own order, so that a key that is swapped twice in a block leads to the last one.
  for (const movement of story.movements) if ("key" in movement) positions.passed(movement);
  return owners;
}
