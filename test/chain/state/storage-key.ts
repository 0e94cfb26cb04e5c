import { blake2AsHex, xxhashAsHex } from "@polkadot/util-crypto";
import type { Account } from "../account.js";
import { u16 } from "../scale/hex.js";

const TWOX_128 = 128;
const TWOX_64 = 64;
const BLAKE_128 = 128;

/** The keys of whole maps: `prefix` followed by the hashed keys is the key of a row. */
export function storagePrefix(pallet: string, item: string): string {
  return xxhashAsHex(pallet, TWOX_128) + xxhashAsHex(item, TWOX_128).slice(2);
}

const hashedAccounts = new Map<Account, string>();

/** Blake2_128Concat, hex without `0x`. */
function blake(id: Account): string {
  let hashed = hashedAccounts.get(id);
  if (hashed === undefined) {
    hashed = blake2AsHex(id, BLAKE_128).slice(2) + id.slice(2);
    hashedAccounts.set(id, hashed);
  }
  return hashed;
}

function twox(netuid: number): string {
  const key = u16(netuid);
  return xxhashAsHex(`0x${key}`, TWOX_64).slice(2) + key;
}

export const SYSTEM_NUMBER = storagePrefix("System", "Number");
export const SYSTEM_EVENTS = storagePrefix("System", "Events");
export const LAST_RUNTIME_UPGRADE = storagePrefix("System", "LastRuntimeUpgrade");
export const TIMESTAMP_NOW = storagePrefix("Timestamp", "Now");

const prefixes = {
  owner: subtensor("Owner"),
  ownedHotkeys: subtensor("OwnedHotkeys"),
  stakingHotkeys: subtensor("StakingHotkeys"),
  totalHotkeyAlpha: subtensor("TotalHotkeyAlpha"),
  totalHotkeyShares: subtensor("TotalHotkeyShares"),
  totalHotkeySharesV2: subtensor("TotalHotkeySharesV2"),
  alpha: subtensor("Alpha"),
  alphaV2: subtensor("AlphaV2"),
  uids: subtensor("Uids"),
  keys: subtensor("Keys"),
  weights: subtensor("Weights"),
  blockAtRegistration: subtensor("BlockAtRegistration"),
  parentKeys: subtensor("ParentKeys"),
};

const subnetPrefixes = {
  Tempo: subtensor("Tempo"),
  SubnetMechanism: subtensor("SubnetMechanism"),
  SubnetworkN: subtensor("SubnetworkN"),
  NetworksAdded: subtensor("NetworksAdded"),
  SubnetTAO: subtensor("SubnetTAO"),
  SubnetAlphaIn: subtensor("SubnetAlphaIn"),
  LastMechansimStepBlock: subtensor("LastMechansimStepBlock"),
  LastEpochBlock: subtensor("LastEpochBlock"),
  PendingOwnerCut: subtensor("PendingOwnerCut"),
  SubnetOwner: subtensor("SubnetOwner"),
  SubnetOwnerHotkey: subtensor("SubnetOwnerHotkey"),
  Incentive: subtensor("Incentive"),
  Dividends: subtensor("Dividends"),
  Emission: subtensor("Emission"),
  ValidatorPermit: subtensor("ValidatorPermit"),
  LastUpdate: subtensor("LastUpdate"),
  ActivityCutoff: subtensor("ActivityCutoff"),
};

const swapPrefixes = {
  SwapV3Initialized: storagePrefix("Swap", "SwapV3Initialized"),
  AlphaSqrtPrice: storagePrefix("Swap", "AlphaSqrtPrice"),
  SwapBalancer: storagePrefix("Swap", "SwapBalancer"),
};

export type SubnetItem = keyof typeof subnetPrefixes;
export type SwapItem = keyof typeof swapPrefixes;
export const SUBNET_ITEMS = Object.keys(subnetPrefixes) as SubnetItem[];

/** The full keys of rows, `0x` hex. */
export const storageKey = {
  owner: (hotkey: Account) => prefixes.owner + blake(hotkey),
  ownedHotkeys: (coldkey: Account) => prefixes.ownedHotkeys + blake(coldkey),
  stakingHotkeys: (coldkey: Account) => prefixes.stakingHotkeys + blake(coldkey),
  totalHotkeyAlpha: (netuid: number, hotkey: Account) => prefixes.totalHotkeyAlpha + blake(hotkey) + u16(netuid),
  totalHotkeyShares: (netuid: number, hotkey: Account) => prefixes.totalHotkeyShares + blake(hotkey) + u16(netuid),
  totalHotkeySharesV2: (netuid: number, hotkey: Account) => prefixes.totalHotkeySharesV2 + blake(hotkey) + u16(netuid),
  alpha: (netuid: number, hotkey: Account, coldkey: Account) => prefixes.alpha + blake(hotkey) + blake(coldkey) + u16(netuid),
  alphaV2: (netuid: number, hotkey: Account, coldkey: Account) => prefixes.alphaV2 + blake(hotkey) + blake(coldkey) + u16(netuid),
  uids: (netuid: number, hotkey: Account) => prefixes.uids + u16(netuid) + blake(hotkey),
  keys: (netuid: number, uid: number) => prefixes.keys + u16(netuid) + u16(uid),
  weights: (netuid: number, uid: number) => prefixes.weights + u16(netuid) + u16(uid),
  blockAtRegistration: (netuid: number, uid: number) => prefixes.blockAtRegistration + u16(netuid) + u16(uid),
  parentKeys: (netuid: number, child: Account) => prefixes.parentKeys + blake(child) + u16(netuid),
  subnet: (item: SubnetItem, netuid: number) => subnetPrefixes[item] + u16(netuid),
  swap: (item: SwapItem, netuid: number) => swapPrefixes[item] + twox(netuid),
};

function subtensor(item: string): string {
  return storagePrefix("SubtensorModule", item);
}
