import type { RawSubnet } from "../blocks/raw-block.js";
import type { ChainClient } from "../rpc/chain-client.js";
import { readOwners, readSeats, readSeatsAt } from "../storage/read-seats.js";
import { type AttributionWorld, type PreviousBlock, seatsOf } from "./attribution-world.js";
import type { BlockRows, BlockTime, EventPlace } from "./block-rows.js";
import type { BlockStory } from "./block-story.js";
import { BEFORE_BLOCK } from "./residual-row.js";

/** Who sits where on a subnet, as the chain says. */
export interface Seated {
  readonly netuid: number;
  /** By uid. */
  readonly hotkeys: readonly (string | undefined)[];
  readonly owners: ReadonlyMap<string, string>;
}

/** Reads the seats of some subnets after a block. */
export function readSeated(
  client: ChainClient,
  subnets: readonly RawSubnet[],
  netuids: readonly number[],
  hash: string,
): Promise<Seated[]> {
  return Promise.all(
    subnets
      .filter(({ netuid }) => netuids.includes(netuid))
      .map(async ({ netuid, uids }) => {
        const hotkeys = await readSeats(client, netuid, uids, hash);
        const taken = hotkeys.filter((hotkey) => hotkey !== undefined);
        return { netuid, hotkeys, owners: await readOwners(client, taken, hash) };
      }),
  );
}

/** Uids can be trimmed without an event: at an edge the seats are brought to what the chain says. */
export function bringSeats(world: AttributionWorld, seated: readonly Seated[], at: BlockTime, place: EventPlace, rows: BlockRows): void {
  for (const { netuid, hotkeys, owners } of seated) rows.registry.push(...seatsOf(world, netuid).bringTo(at, place, hotkeys, owners));
}

/**
 * Writes a block's registrations. The chain says nothing of who is replaced: it is the hotkey that the block before has there.
 * @param owners of the hotkeys that registered
 */
export async function writeRegistrations(
  world: AttributionWorld,
  story: BlockStory,
  previous: PreviousBlock,
  owners: ReadonlyMap<string, string>,
  at: BlockTime,
  rows: BlockRows,
): Promise<void> {
  for (const { place, netuid } of story.removedNetworks) rows.registry.push(...seatsOf(world, netuid).removeNetwork(at, place));
  if (story.registrations.length === 0) return;
  const { client } = world;
  const parents = await readSeatsAt(client, story.registrations, previous.hash);
  const unseen = story.registrations.flatMap(({ netuid, uid }, index) => {
    const parent = parents[index];
    return parent !== undefined && parent !== seatsOf(world, netuid).at(uid)?.hotkey ? [parent] : [];
  });
  const parentOwners = await readOwners(client, [...new Set(unseen)], previous.hash);
  for (const [index, { place, netuid, uid, hotkey }] of story.registrations.entries()) {
    const seats = seatsOf(world, netuid);
    const isLater = story.registrations.findIndex((one) => one.netuid === netuid && one.uid === uid) < index;
    if (!isLater && parents[index] !== seats.at(uid)?.hotkey) {
      rows.registry.push(...seats.bring(at, BEFORE_BLOCK, uid, parents[index], parentOwners));
    }
    rows.registry.push(...seats.register(at, place, uid, hotkey, owners.get(hotkey) ?? hotkey));
  }
}
