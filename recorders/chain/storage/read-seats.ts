import type { ChainClient } from "../rpc/chain-client.js";
import { readStorage } from "./read-storage.js";
import { subtensorKeys } from "./subtensor-keys.js";

/** Keys of accounts and slots that nobody has are written as zeros, or not at all. */
const NOBODY = `0x${"00".repeat(32)}`;

/**
 * Hotkeys by uid after a block; undefined where a uid is free.
 * @param uids how many uids the subnet has
 */
export async function readSeats(client: ChainClient, netuid: number, uids: number, hash: string): Promise<(string | undefined)[]> {
  const keys = Array.from({ length: uids }, (_, uid) => subtensorKeys.seat(netuid, uid));
  return (await readStorage(client, keys, hash)).map(somebody);
}

/** Hotkeys on single uids. */
export async function readSeatsAt(
  client: ChainClient,
  seats: readonly { readonly netuid: number; readonly uid: number }[],
  hash: string,
): Promise<(string | undefined)[]> {
  const keys = seats.map(({ netuid, uid }) => subtensorKeys.seat(netuid, uid));
  return (await readStorage(client, keys, hash)).map(somebody);
}

/** Owners of hotkeys after a block, by hotkey; those without an owner are left out. */
export async function readOwners(client: ChainClient, hotkeys: readonly string[], hash: string): Promise<Map<string, string>> {
  const values = await readStorage(
    client,
    hotkeys.map((hotkey) => subtensorKeys.ofAccount("Owner", hotkey)),
    hash,
  );
  const owners = new Map<string, string>();
  values.forEach((value, index) => {
    const owner = somebody(value);
    if (owner !== undefined) owners.set(hotkeys[index], owner);
  });
  return owners;
}

/** The hotkeys that a coldkey stakes on, after a block. */
export async function readStakingHotkeys(client: ChainClient, coldkeys: readonly string[], hash: string): Promise<Map<string, string[]>> {
  const values = await readStorage(
    client,
    coldkeys.map((coldkey) => subtensorKeys.ofAccount("StakingHotkeys", coldkey)),
    hash,
  );
  return new Map(values.map((value, index) => [coldkeys[index], value === null ? [] : accountsOf(value)]));
}

/**
 * The hotkeys that have a child among some hotkeys of a subnet: they earn there without being registered.
 * @param hotkeys registered ones
 */
export async function readParents(client: ChainClient, netuid: number, hotkeys: readonly string[], hash: string): Promise<Set<string>> {
  const values = await readStorage(
    client,
    hotkeys.map((hotkey) => subtensorKeys.ofHotkey("ParentKeys", hotkey, netuid)),
    hash,
  );
  const parents = new Set<string>();
  // A `Vec<(u64, AccountId)>`: what part of its stake goes to the child, and who.
  for (const value of values) for (const parent of value === null ? [] : accountsOf(value, PART_DIGITS)) parents.add(parent);
  return parents;
}

const ACCOUNT_DIGITS = 64;
const PART_DIGITS = 16;

/** The accounts of a vector: its length, and then 32 bytes each, behind other digits of a fixed number. */
function accountsOf(hex: string, digitsBefore = 0): string[] {
  const digits = hex.slice(2);
  const size = digitsBefore + ACCOUNT_DIGITS;
  const accounts: string[] = [];
  for (let end = digits.length; end >= size; end -= size) accounts.push(`0x${digits.slice(end - ACCOUNT_DIGITS, end)}`);
  return accounts.reverse();
}

function somebody(value: string | null): string | undefined {
  return value === null || value === NOBODY ? undefined : value;
}
