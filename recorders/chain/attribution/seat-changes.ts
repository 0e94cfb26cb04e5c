import type { RawSubnet } from "../blocks/raw-block.js";
import type { ChainClient } from "../rpc/chain-client.js";
import { readOwners, readSeats, readSeatsAt } from "../storage/read-seats.js";
import { type AttributionWorld, type PreviousBlock, seatsOf } from "./attribution-world.js";
import type { BlockRows, BlockTime, EventPlace, RegistryRow } from "./block-rows.js";
import type { BlockStory } from "./block-story.js";
import { BEFORE_BLOCK } from "./residual-row.js";
import type { SubnetSeats } from "./subnet-seats.js";

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

/** What an event does to the seats of a subnet. */
interface SeatChange {
  readonly place: EventPlace;
  readonly netuid: number;
  readonly make: (seats: SubnetSeats) => RegistryRow[];
}

/**
 * Writes what a block's events did to seats: key swaps, registrations with who left for them, subnets that ended. In the order
 * of events, since one seat may change several times.
 * @param owners of the hotkeys that registered
 */
export function writeSeatChanges(
  world: AttributionWorld,
  story: BlockStory,
  replaced: ReplacedSeats,
  owners: ReadonlyMap<string, string>,
  at: BlockTime,
  rows: BlockRows,
): void {
  const { movements, registrations, removedNetworks } = story;
  for (const [index, { netuid, uid }] of registrations.entries()) {
    const seats = seatsOf(world, netuid);
    if (replaced.hotkeys[index] === seats.at(uid)?.hotkey) continue;
    rows.registry.push(...seats.bring(at, BEFORE_BLOCK, uid, replaced.hotkeys[index], replaced.owners));
  }
  const changes: SeatChange[] = [
    ...removedNetworks.map(({ place, netuid }): SeatChange => ({ place, netuid, make: (seats) => seats.removeNetwork(at, place) })),
    ...registrations.map(({ place, netuid, uid, hotkey }): SeatChange => {
      return { place, netuid, make: (seats) => seats.register(at, place, uid, hotkey, owners.get(hotkey) ?? hotkey) };
    }),
  ];
  for (const movement of movements) {
    if (!("key" in movement)) continue;
    const { kind, place, netuid, key, toKey } = movement;
    const isHotkey = kind === "hotkey_swapped";
    changes.push({
      place,
      netuid,
      make: (seats) => (isHotkey ? seats.swapHotkey(at, place, key, toKey) : seats.swapColdkey(at, place, key, toKey)),
    });
  }
  changes.sort((a, b) => a.place.extrinsic - b.place.extrinsic || a.place.event - b.place.event);
  for (const { netuid, make } of changes) rows.registry.push(...make(seatsOf(world, netuid)));
}
