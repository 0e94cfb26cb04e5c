import { blake2AsU8a, xxhashAsU8a } from "@polkadot/util-crypto";
import type { Hasher } from "../hasher.js";
import { hexOf } from "../little-endian.js";

const prefixes = new Map<string, Buffer>();

/** The 32 bytes that every key of a storage item begins with. */
export function itemPrefix(pallet: string, item: string): Buffer {
  const name = `${pallet}.${item}`;
  let prefix = prefixes.get(name);
  if (prefix === undefined) {
    prefix = Buffer.concat([xxhashAsU8a(pallet, 128), xxhashAsU8a(item, 128)]);
    prefixes.set(name, prefix);
  }
  return prefix;
}

/** A part of a map's key as it stands in the storage. */
export function hashed(hasher: Hasher, key: Uint8Array): Buffer {
  switch (hasher) {
    case "Identity":
      return Buffer.from(key);
    case "Twox64Concat":
      return Buffer.concat([xxhashAsU8a(key, 64), key]);
    case "Blake2_128Concat":
      return Buffer.concat([blake2AsU8a(key, 128), key]);
  }
}

/** A netuid, uid or other u16 as SCALE writes it. */
export function u16Bytes(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

/** The storage key of an item, or of an entry of a map. */
export function storageKey(pallet: string, item: string, ...parts: readonly Uint8Array[]): string {
  return hexOf(Buffer.concat([itemPrefix(pallet, item), ...parts]));
}
