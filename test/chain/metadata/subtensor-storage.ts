import {
  accountId,
  accountIds,
  bool,
  bools,
  children,
  fixedU128,
  hotkeyColdkeySubnet,
  hotkeySubnet,
  safeFloat,
  subnetHotkey,
  subnetUid,
  u8Type,
  u16Pairs,
  u16s,
  u16Type,
  u64s,
  u64Type,
} from "../scale/common-types.js";
import type { Type } from "../scale/type.js";
import { type Hasher, map, type StorageItem } from "./pallet.js";
import { SPEC } from "./specs.js";

const ZERO_U16 = "0000";
const ZERO_U64 = "00".repeat(8);
const ZERO_U128 = "00".repeat(16);
const ZERO_FLOAT = "00".repeat(24);
const ZERO_ACCOUNT = "00".repeat(32);
const EMPTY = "00";
const FALSE = "00";

const HOTKEY_SUBNET: readonly Hasher[] = ["Blake2_128Concat", "Identity"];
const HOTKEY_COLDKEY_SUBNET: readonly Hasher[] = ["Blake2_128Concat", "Blake2_128Concat", "Identity"];

/** The rows of SubtensorModule that stake, registration, epochs and prices live in. */
export function subtensorStorage(spec: number): StorageItem[] {
  const share = spec < SPEC.fixedPointShares ? u64Type : fixedU128;
  const zeroShare = spec < SPEC.fixedPointShares ? ZERO_U64 : ZERO_U128;
  const items = [
    perAccount("Owner", accountId, ZERO_ACCOUNT),
    perSubnet("SubnetTAO", u64Type, ZERO_U64),
    perSubnet("SubnetAlphaIn", u64Type, ZERO_U64),
    perAccount("StakingHotkeys", accountIds, EMPTY),
    perAccount("OwnedHotkeys", accountIds, EMPTY),
    map("ParentKeys", HOTKEY_SUBNET, hotkeySubnet, children, EMPTY),
    map("TotalHotkeyAlpha", HOTKEY_SUBNET, hotkeySubnet, u64Type, ZERO_U64),
    map("TotalHotkeyShares", HOTKEY_SUBNET, hotkeySubnet, share, zeroShare),
    map("Alpha", HOTKEY_COLDKEY_SUBNET, hotkeyColdkeySubnet, share, zeroShare),
  ];
  if (spec >= SPEC.floatShares) {
    items.push(map("TotalHotkeySharesV2", HOTKEY_SUBNET, hotkeySubnet, safeFloat, ZERO_FLOAT));
    items.push(map("AlphaV2", HOTKEY_COLDKEY_SUBNET, hotkeyColdkeySubnet, safeFloat, ZERO_FLOAT));
  }
  items.push(perSubnet("Tempo", u16Type, "6801"));
  if (spec >= SPEC.balancer) items.push(perSubnet("LastEpochBlock", u64Type, ZERO_U64));
  items.push(
    perSubnet("SubnetMechanism", u16Type, ZERO_U16),
    perSubnet("SubnetworkN", u16Type, ZERO_U16),
    perSubnet("NetworksAdded", bool, FALSE),
    perSubnet("LastMechansimStepBlock", u64Type, ZERO_U64),
    perSubnet("SubnetOwner", accountId, ZERO_ACCOUNT),
    perSubnet("SubnetOwnerHotkey", accountId, ZERO_ACCOUNT),
    map("Uids", ["Identity", "Blake2_128Concat"], subnetHotkey, u16Type, EMPTY, "Optional"),
    map("Keys", ["Identity", "Identity"], subnetUid, accountId, ZERO_ACCOUNT),
    perSubnet("Incentive", u16s, EMPTY),
    perSubnet("Dividends", u16s, EMPTY),
    perSubnet("Emission", u64s, EMPTY),
    perSubnet("ValidatorPermit", bools, EMPTY),
    perSubnet("LastUpdate", u64s, EMPTY),
    map("Weights", ["Identity", "Identity"], subnetUid, u16Pairs, EMPTY),
    map("BlockAtRegistration", ["Identity", "Identity"], subnetUid, u64Type, ZERO_U64),
  );
  if (spec >= SPEC.ownerCut) items.push(perSubnet("PendingOwnerCut", u64Type, ZERO_U64));
  if (spec >= SPEC.mechanismCount) items.push(map("MechanismCountCurrent", ["Twox64Concat"], u16Type, u8Type, "01"));
  return items;
}

function perAccount(name: string, value: Type, fallback: string): StorageItem {
  return map(name, ["Blake2_128Concat"], accountId, value, fallback);
}

function perSubnet(name: string, value: Type, fallback: string): StorageItem {
  return map(name, ["Identity"], u16Type, value, fallback);
}
