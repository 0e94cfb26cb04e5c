import { bytes, unit } from "../scale/common-types.js";
import { compact, text, u8, u32, vector } from "../scale/hex.js";
import { type CompositeType, composite, type Type, unnamedFields, type VariantType } from "../scale/type.js";
import type { EventDeclaration, Hasher, Pallet, StorageItem } from "./pallet.js";
import { PortableTypes } from "./portable-types.js";

const MAGIC = u32(0x6174656d);
const V14 = u8(14);
const EXTRINSIC_VERSION = u8(4);
const NONE = "00";
const SOME = "01";
const NO_DOCS = "00";
const HASHERS: Readonly<Record<Hasher, number>> = { Blake2_128Concat: 2, Twox64Concat: 5, Identity: 6 };

const runtimeCall: VariantType = { kind: "variant", path: ["node_subtensor_runtime", "RuntimeCall"], variants: [] };
const runtime = composite("node_subtensor_runtime::Runtime", {});

/** Decoders look up what an extrinsic consists of by the names of these parameters. */
const extrinsic: CompositeType = {
  kind: "composite",
  path: ["sp_runtime", "generic", "unchecked_extrinsic", "UncheckedExtrinsic"],
  fields: unnamedFields(bytes),
  params: [
    { name: "Address", type: unit },
    { name: "Call", type: runtimeCall },
    { name: "Signature", type: unit },
    { name: "Extra", type: unit },
  ],
};

/** The answer of `state_getMetadata` for these pallets: metadata V14, `0x` hex. `eventTypes` are the pallets' event enums. */
export function metadataHex(pallets: readonly Pallet[], eventTypes: ReadonlyMap<Pallet, Type>): `0x${string}` {
  const types = new PortableTypes();
  const encodedPallets = vector(pallets.map((pallet) => encodePallet(pallet, eventTypes.get(pallet), types)));
  const encodedExtrinsic = compact(types.id(extrinsic)) + EXTRINSIC_VERSION + vector([]);
  const runtimeId = compact(types.id(runtime));
  return `0x${MAGIC}${V14}${types.encoded()}${encodedPallets}${encodedExtrinsic}${runtimeId}`;
}

/** The enum of a pallet's events as the metadata names it. */
export function palletEventType(name: string, events: readonly EventDeclaration[]): VariantType {
  return {
    kind: "variant",
    path: [`pallet_${name.toLowerCase()}`, "pallet", "Event"],
    variants: events.map((event, index) => ({ name: event.name, index, fields: event.fields })),
  };
}

function encodePallet(pallet: Pallet, eventType: Type | undefined, types: PortableTypes): string {
  const storage =
    pallet.storage.length === 0 ? NONE : SOME + text(pallet.name) + vector(pallet.storage.map((item) => encodeStorageItem(item, types)));
  const events = eventType === undefined ? NONE : SOME + compact(types.id(eventType));
  const constants = vector([]);
  return text(pallet.name) + storage + NONE + events + constants + NONE + u8(pallet.index);
}

function encodeStorageItem(item: StorageItem, types: PortableTypes): string {
  const value = compact(types.id(item.value));
  const type =
    item.key === undefined
      ? u8(0) + value
      : u8(1) + vector(item.hashers.map((hasher) => u8(HASHERS[hasher]))) + compact(types.id(item.key)) + value;
  const fallback = compact(item.fallback.length / 2) + item.fallback;
  return text(item.name) + u8(item.modifier === "Optional" ? 0 : 1) + type + fallback + NO_DOCS;
}
