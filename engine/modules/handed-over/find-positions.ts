import type { Subnet } from "../../books/subnet.js";
import type { World } from "../../books/world.js";
import { TenureError } from "../../kernel/errors.js";
import type { HandedOverConfiguration } from "./configuration.js";
import { handedOverTwice } from "./configuration-checks.js";
import { hotkeyHint } from "./meant-hotkey.js";

/**
 * The positions that are to be handed over now, in the order of their hotkeys.
 * @param subnet undefined: nothing of it was met so far
 * @param path of the entry in the scenario, dotted
 * @throws TenureError TEN-LOOP-125 to -127
 */
export function findPositions(world: World, subnet: Subnet | undefined, handed: HandedOverConfiguration, path: string): readonly number[] {
  const { positions, driven, holdings, addresses } = world;
  const found = handed.hotkeys.map((hotkey) => {
    const position = positionOn(world, subnet, hotkey, handed, path);
    if (driven.has(position)) throw handedOverTwice(hotkey, path);
    if (holdings.mirrored.has(position)) {
      throw new TenureError({
        code: "TEN-LOOP-127",
        what: `The position of ${hotkey} on subnet ${handed.netuid} is simulated, and no recording tells of it.`,
        place: { path, timeMs: handed.fromMs },
        found: hotkey,
        allowed: "a position of a recorded subnet",
      });
    }
    return position;
  });
  const owners = [...new Set(found.map((position) => addresses.nameOf(positions.coldkey[position])))];
  if (owners.length === 1) return found;
  throw new TenureError({
    code: "TEN-LOOP-127",
    what: "The hotkeys that one decides for are of several owners.",
    place: { path: `${path}.hotkey`, timeMs: handed.fromMs },
    found: owners.join(", "),
    allowed: "hotkeys with one coldkey",
    hint: "Hand the others over to somebody else: in an entry of their own.",
  });
}

function positionOn(
  world: World,
  subnet: Subnet | undefined,
  hotkey: string,
  { netuid, coldkey, fromMs }: HandedOverConfiguration,
  path: string,
): number {
  const { positions, addresses } = world;
  const key = addresses.find(hotkey);
  const of: number[] = [];
  for (let i = 0; i < (subnet?.positionCount ?? 0); i++) {
    const position = (subnet as Subnet).positions[i];
    if (positions.hotkey[position] === key) of.push(position);
  }
  const owned = coldkey === null ? of : of.filter((position) => positions.coldkey[position] === addresses.find(coldkey));
  if (owned.length === 1) return owned[0];
  const owners = of.map((position) => addresses.nameOf(positions.coldkey[position])).join(", ");
  if (owned.length === 0) {
    throw new TenureError({
      code: "TEN-LOOP-126",
      what: `There is no position of ${hotkey}${coldkey === null ? "" : ` and ${coldkey}`} on subnet ${netuid} when it is to be handed over.`,
      place: { path: `${path}.${of.length === 0 ? "hotkey" : "coldkey"}`, timeMs: fromMs },
      found: of.length === 0 ? hotkey : (coldkey as string),
      allowed: of.length === 0 ? "a hotkey that has been paid, staked on or registered by then" : owners,
      hint:
        key === undefined
          ? (hotkeyHint(hotkey, hotkeysOn(world, subnet)) ?? "No stream tells of this hotkey: check the address and the netuid.")
          : of.length === 0
            ? "The streams tell of this hotkey: check the netuid, or hand it over later."
            : "Leave coldkey out to hand over the owner's position.",
    });
  }
  const owner = subnet?.registry.seatOf(positions.hotkey[owned[0]])?.coldkey;
  const seated = owned.find((position) => positions.coldkey[position] === owner);
  if (seated !== undefined) return seated;
  throw new TenureError({
    code: "TEN-LOOP-127",
    what: `Several have a position on ${hotkey}, and none of them owns a seat of it on subnet ${netuid} when it is to be handed over.`,
    place: { path: `${path}.coldkey`, timeMs: fromMs },
    found: null,
    allowed: owners,
    hint: "State the coldkey whose position is meant.",
  });
}

/** Hotkeys with a position on a subnet, each once. */
function hotkeysOn({ positions }: World, subnet: Subnet | undefined): readonly string[] {
  if (subnet === undefined) return [];
  return [...new Set(Array.from(subnet.positions.subarray(0, subnet.positionCount), (position) => positions.hotkeyOf(position)))];
}
