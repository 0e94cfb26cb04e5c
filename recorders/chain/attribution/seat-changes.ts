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

/** Who sat on the uids that registrations took, in the block before. */
export interface ReplacedSeats {
  /** By registration; undefined: nobody. */
  readonly hotkeys: readonly (string | undefined)[];
  /** Of those that the seats did not show. */
  readonly owners: ReadonlyMap<string, string>;
}

/** The chain says nothing of who is replaced: it is the hotkey that the block before has there. */
export async function readReplaced(world: AttributionWorld, story: BlockStory, previous: PreviousBlock): Promise<ReplacedSeats> {
  const { client } = world;
  const hotkeys = await readSeatsAt(client, story.registrations, previous.hash);
  const unseen = hotkeys.filter((hotkey, index) => {
    const { netuid, uid } = story.registrations[index];
    return hotkey !== undefined && hotkey !== seatsOf(world, netuid).at(uid)?.hotkey;
  });
  return { hotkeys, owners: await readOwners(client, [...new Set(unseen as string[])], previous.hash) };
}

/**
 * Writes a block's registrations, and who left for them.
 * @param owners of the hotkeys that registered
 */
export function writeRegistrations(
  world: AttributionWorld,
  story: BlockStory,
  replaced: ReplacedSeats,
  owners: ReadonlyMap<string, string>,
  at: BlockTime,
  rows: BlockRows,
): void {
  for (const { place, netuid } of story.removedNetworks) rows.registry.push(...seatsOf(world, netuid).removeNetwork(at, place));
  for (const [index, { place, netuid, uid, hotkey }] of story.registrations.entries()) {
    const seats = seatsOf(world, netuid);
    const isLater = story.registrations.findIndex((one) => one.netuid === netuid && one.uid === uid) < index;
    if (!isLater && replaced.hotkeys[index] !== seats.at(uid)?.hotkey) {
      rows.registry.push(...seats.bring(at, BEFORE_BLOCK, uid, replaced.hotkeys[index], replaced.owners));
    }
    rows.registry.push(...seats.register(at, place, uid, hotkey, owners.get(hotkey) ?? hotkey));
  }
}
