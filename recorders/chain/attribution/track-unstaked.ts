import type { ChainClient } from "../rpc/chain-client.js";
import { readOwners, readParents } from "../storage/read-seats.js";
import type { SubnetSeats } from "./subnet-seats.js";
import type { TrackedPositions } from "./tracked-positions.js";

/**
 * Tracks who is paid without having staked: the owners of registered hotkeys, and those of their parents, which earn where
 * they are not registered. Done where a chunk begins, from the chain's state alone, so that a chunk does not depend on what
 * came before it.
 * @param hash of the block before the chunk
 */
export async function trackUnstaked(
  client: ChainClient,
  positions: TrackedPositions,
  seats: ReadonlyMap<number, SubnetSeats>,
  hash: string,
): Promise<void> {
  await Promise.all(
    [...seats].map(async ([netuid, subnet]) => {
      for (const id of subnet.owners) positions.track(id);
      const hotkeys = subnet.all.map(({ hotkey }) => hotkey);
      const parents = await readParents(client, netuid, hotkeys, hash);
      for (const [hotkey, coldkey] of await readOwners(client, [...parents], hash)) positions.track({ netuid, hotkey, coldkey });
    }),
  );
}
