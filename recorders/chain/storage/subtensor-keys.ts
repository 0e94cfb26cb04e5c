import { bytesOf, hexOf } from "../little-endian.js";
import { hashed, itemPrefix, storageKey, u16Bytes } from "./storage-key.js";

const PALLET = "SubtensorModule";
const ACCOUNT_BYTES = 32;
/** Length of `Blake2_128Concat` of an account in a key. */
const HASHED_ACCOUNT_BYTES = 16 + ACCOUNT_BYTES;
const PREFIX_BYTES = 32;

/** Hashed accounts: each is used in many keys, and hashing is most of the work of making one. */
const accounts = new Map<string, Buffer>();
const MOST_ACCOUNTS = 200_000;

function hashedAccount(account: string): Buffer {
  let known = accounts.get(account);
  if (known === undefined) {
    if (accounts.size >= MOST_ACCOUNTS) accounts.clear();
    known = hashed("Blake2_128Concat", bytesOf(account));
    accounts.set(account, known);
  }
  return known;
}

/** Keys of the chain's storage. Accounts are hex. */
export const subtensorKeys = {
  events: storageKey("System", "Events"),
  lastRuntimeUpgrade: storageKey("System", "LastRuntimeUpgrade"),
  now: storageKey("Timestamp", "Now"),

  /** A map of the subnets: `SubnetworkN`, `Incentive`. */
  ofSubnet: (item: string, netuid: number) => storageKey(PALLET, item, u16Bytes(netuid)),
  ofSwap: (item: string, netuid: number) => storageKey("Swap", item, hashed("Twox64Concat", u16Bytes(netuid))),
  /** `TotalHotkeyAlpha`, `TotalHotkeyShares`, `TotalHotkeySharesV2`, `ParentKeys`. */
  ofHotkey: (item: string, hotkey: string, netuid: number) => storageKey(PALLET, item, hashedAccount(hotkey), u16Bytes(netuid)),
  /** `Alpha`, `AlphaV2`. */
  ofPosition: (item: string, hotkey: string, coldkey: string, netuid: number) =>
    storageKey(PALLET, item, hashedAccount(hotkey), hashedAccount(coldkey), u16Bytes(netuid)),
  /** All entries of `Alpha` or `AlphaV2` of a hotkey begin with it. */
  positionsOf: (item: string, hotkey: string) => storageKey(PALLET, item, hashedAccount(hotkey)),
  /** All entries of an item begin with it. */
  all: (item: string) => hexOf(itemPrefix(PALLET, item)),
  /** `Owner`, `StakingHotkeys`. */
  ofAccount: (item: string, account: string) => storageKey(PALLET, item, hashedAccount(account)),
  /** What the validator on a uid has set. */
  weights: (netuid: number, uid: number) => storageKey(PALLET, "Weights", u16Bytes(netuid), u16Bytes(uid)),
  registeredAt: (netuid: number, uid: number) => storageKey(PALLET, "BlockAtRegistration", u16Bytes(netuid), u16Bytes(uid)),
  seat: (netuid: number, uid: number) => storageKey(PALLET, "Keys", u16Bytes(netuid), u16Bytes(uid)),
};

/** What a key of `TotalHotkeyAlpha` is about. */
export function hotkeyOfKey(key: string): { readonly hotkey: string; readonly netuid: number } {
  const bytes = bytesOf(key);
  return {
    hotkey: hexOf(bytes.subarray(PREFIX_BYTES + 16, PREFIX_BYTES + HASHED_ACCOUNT_BYTES)),
    netuid: bytes.readUInt16LE(PREFIX_BYTES + HASHED_ACCOUNT_BYTES),
  };
}

/** Whose part a key of `Alpha` or `AlphaV2` holds, and on which subnet. */
export function coldkeyOfKey(key: string): { readonly coldkey: string; readonly netuid: number } {
  const bytes = bytesOf(key);
  const at = PREFIX_BYTES + HASHED_ACCOUNT_BYTES;
  return {
    coldkey: hexOf(bytes.subarray(at + 16, at + HASHED_ACCOUNT_BYTES)),
    netuid: bytes.readUInt16LE(at + HASHED_ACCOUNT_BYTES),
  };
}
