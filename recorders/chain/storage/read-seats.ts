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

const ACCOUNT_DIGITS = 64;

/** A `Vec<AccountId>`: the length and then 32 bytes each. */
function accountsOf(hex: string): string[] {
  const digits = hex.slice(2);
  const accounts: string[] = [];
  for (let end = digits.length; end >= ACCOUNT_DIGITS; end -= ACCOUNT_DIGITS) accounts.push(`0x${digits.slice(end - ACCOUNT_DIGITS, end)}`);
  return accounts.reverse();
}

function somebody(value: string | null): string | undefined {
  return value === null || value === NOBODY ? undefined : value;
}
