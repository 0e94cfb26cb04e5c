import type { Field, Type } from "../scale/type.js";

export type Hasher = "Blake2_128Concat" | "Twox64Concat" | "Identity";

/** What a pallet has in one runtime: storage and events alone, for nothing here reads calls, constants or errors. */
export interface Pallet {
  readonly name: string;
  readonly index: number;
  readonly storage: readonly StorageItem[];
  readonly events: readonly EventDeclaration[];
}

export interface StorageItem {
  readonly name: string;
  /** One hasher a key; none for a single value. */
  readonly hashers: readonly Hasher[];
  /** The type of the key, a tuple of the keys where there are several; absent for a single value. */
  readonly key?: Type;
  readonly value: Type;
  readonly modifier: "Default" | "Optional";
  /** SCALE of the value that an absent row reads as, hex without `0x`. */
  readonly fallback: string;
}

/** An event; its index is its place in the pallet's list. */
export interface EventDeclaration {
  readonly name: string;
  readonly fields: readonly Field[];
}

export function plain(name: string, value: Type, fallback: string, modifier: StorageItem["modifier"] = "Default"): StorageItem {
  return { name, hashers: [], value, modifier, fallback };
}

export function map(
  name: string,
  hashers: readonly Hasher[],
  key: Type,
  value: Type,
  fallback: string,
  modifier: StorageItem["modifier"] = "Default",
): StorageItem {
  return { name, hashers, key, value, modifier, fallback };
}
