import { Metadata, TypeRegistry } from "@polkadot/types";
import type { MetadataLatest, PalletMetadataLatest, StorageEntryMetadataLatest } from "@polkadot/types/interfaces";
import { END_OF_BLOCK, TenureError } from "../../../engine/index.js";
import type { Hasher } from "../hasher.js";
import { bytesOf } from "../little-endian.js";
import type { ChainEvent } from "./chain-event.js";
import {
  type DeclaredField,
  type EventField,
  type FieldPlaces,
  formWords,
  knownForms,
  placesOf,
  WANTED_EVENTS,
  type WantedEvent,
} from "./event-shapes.js";
import { type Reader, type ScaleCase, type ScaleType, ScaleTypes, type ScaleValue } from "./scale-type.js";

/** How a runtime writes shares of a hotkey's alpha: a plain u64, U64F64 bits, or mantissa * 10^exponent. */
export type ShareFormat = "integer" | "fixed_64" | "decimal";

/** An event that is read: where its fields are. */
interface EventLayout {
  readonly name: string;
  readonly fields: readonly ScaleType[];
  /** Null: it is passed over. */
  readonly places: FieldPlaces | null;
}

/** Items under which shares are written. */
const SHARE_ITEMS = ["TotalHotkeyShares", "TotalHotkeySharesV2", "Alpha", "AlphaV2"];

/**
 * One runtime of the chain, as its metadata describes it: which events it makes and how its storage is laid out. Events are
 * known by name (their indices shift from runtime to runtime), their fields by the types that the metadata gives. Of the
 * metadata itself, some 50 MB once it is read, nothing is kept: a year of a chain goes through dozens of runtimes.
 */
export class Runtime {
  readonly #events: (readonly (EventLayout | undefined)[] | undefined)[] = [];
  /** Events of an unknown form that can be done without: passed over. */
  readonly unreadEvents: string[] = [];
  readonly #phase: ScaleType;
  readonly #topics: ScaleType;
  /** Hashers of each storage item's key, by `pallet.item`; empty for a plain value. */
  readonly #storage = new Map<string, string>();
  readonly #pallets = new Set<string>();
  readonly #shareFormats = new Map<string, ShareFormat>();

  /**
   * @param metadata as `state_getMetadata` answered it, or as the library has read it
   * @param block the block that it is first needed for, for refusals
   * @throws TenureError `TEN-CHAIN-010` an event that is needed has an unknown form, `-011` the metadata cannot be read
   */
  constructor(
    readonly specVersion: number,
    metadata: string | Metadata,
    readonly block: number,
  ) {
    const read = this.#read(metadata);
    const types = new ScaleTypes(read.lookup);
    try {
      const record = recordFields(read, types);
      this.#phase = record.phase;
      this.#topics = record.topics;
    } catch (error) {
      throw this.#unreadable("The runtime's metadata cannot be read.", error instanceof Error ? error.message : String(error));
    }
    for (const pallet of read.pallets) {
      const name = pallet.name.toString();
      this.#pallets.add(name);
      this.#events[pallet.index.toNumber()] = this.#layouts(pallet, read, types);
      for (const entry of pallet.storage.isSome ? pallet.storage.unwrap().items : []) {
        const hashers = entry.type.isMap ? entry.type.asMap.hashers.map(({ type }) => type as string) : [];
        this.#storage.set(`${name}.${entry.name.toString()}`, hashers.join());
      }
    }
    for (const item of SHARE_ITEMS) {
      const format = this.#formatOf(item, read, types);
      if (format !== undefined) this.#shareFormats.set(item, format);
    }
  }

  hasPallet(pallet: string): boolean {
    return this.#pallets.has(pallet);
  }

  hasStorage(pallet: string, item: string): boolean {
    return this.#storage.has(`${pallet}.${item}`);
  }

  /** How shares are written under an item; undefined when the runtime has no such item. */
  shareFormat(item: string): ShareFormat | undefined {
    return this.#shareFormats.get(item);
  }

  /** Does it store such an item? */
  holds(pallet: string, item: string): boolean {
    return this.#storage.has(`${pallet}.${item}`);
  }

  /**
   * Makes sure that a map is keyed as the recorder builds its keys; a runtime that lacks the item passes.
   * @throws TenureError `TEN-CHAIN-011`
   */
  requireHashers(pallet: string, item: string, hashers: readonly Hasher[]): void {
    const found = this.#storage.get(`${pallet}.${item}`);
    if (found === undefined || found === hashers.join()) return;
    throw this.#unreadable(`${pallet}.${item} is keyed in an unknown way.`, found, hashers.join(", "));
  }

  /**
   * The events of a block that the recorder reads, in order.
   * @param hex the value of System.Events
   * @throws TenureError `TEN-CHAIN-011` when the bytes are not what the metadata says
   */
  events(hex: string | null, block: number): ChainEvent[] {
    if (hex === null) return [];
    const reader: Reader = { bytes: bytesOf(hex), at: 0 };
    const events: ChainEvent[] = [];
    try {
      const count = Number(readCount(reader));
      for (let index = 0; index < count; index++) {
        const phase = this.#phase.read(reader) as ScaleCase;
        const event = this.#event(reader, phase, index);
        this.#topics.skip(reader);
        if (event !== undefined) events.push(event);
      }
      if (reader.at !== reader.bytes.length) throw new RangeError(`${reader.bytes.length - reader.at} bytes are behind the last event`);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw this.#unreadable("The events of the block are not as the runtime's metadata says.", error.message, undefined, block);
    }
    return events;
  }

  #event(reader: Reader, phase: ScaleCase, index: number): ChainEvent | undefined {
    const { bytes, at } = reader;
    const layout = this.#events[bytes[at]]?.[bytes[at + 1]];
    if (layout === undefined) throw new RangeError(`event ${index} has the unknown number ${bytes[at]}.${bytes[at + 1]}`);
    reader.at += 2;
    const { name, fields, places } = layout;
    if (places === null) {
      for (const field of fields) field.skip(reader);
      return undefined;
    }
    const values = fields.map((field) => field.read(reader));
    const extrinsic = phase.name === "ApplyExtrinsic" ? (phase.fields[0] as number) : phase.name === "Initialization" ? -1 : END_OF_BLOCK;
    const read: Partial<Record<EventField, ScaleValue>> = {};
    for (const place of places) read[place.field] = values[place.index];
    return { name, extrinsic, event: index, ...read } as ChainEvent;
  }

  #read(metadata: string | Metadata): MetadataLatest {
    try {
      if (typeof metadata !== "string") return metadata.asLatest;
      return new Metadata(new TypeRegistry(), metadata as `0x${string}`).asLatest;
    } catch (error) {
      throw this.#unreadable("The runtime's metadata cannot be read.", error instanceof Error ? error.message : String(error));
    }
  }

  #layouts(pallet: PalletMetadataLatest, { lookup }: MetadataLatest, types: ScaleTypes): readonly (EventLayout | undefined)[] | undefined {
    if (pallet.events.isNone) return undefined;
    const wanted = WANTED_EVENTS[pallet.name.toString()] ?? {};
    const layouts: (EventLayout | undefined)[] = [];
    for (const variant of lookup.getSiType(pallet.events.unwrap().type).def.asVariant.variants) {
      const name = variant.name.toString();
      const fields = variant.fields.map(({ type }) => types.of(type));
      let places: FieldPlaces | null = null;
      if (Object.hasOwn(wanted, name)) {
        const declared: DeclaredField[] = variant.fields.map((field, index) => ({
          name: field.name.isSome ? field.name.unwrap().toString() : undefined,
          type: fields[index].name,
        }));
        places = placesOf(wanted[name], declared) ?? null;
        if (places === null) this.#passOver(name, wanted[name], declared);
      }
      layouts[variant.index.toNumber()] = { name, fields, places };
    }
    return layouts;
  }

  #passOver(name: string, wanted: WantedEvent, declared: readonly DeclaredField[]): void {
    if (wanted.essential !== true) {
      this.unreadEvents.push(name);
      return;
    }
    throw new TenureError({
      code: "TEN-CHAIN-010",
      what: `Runtime ${this.specVersion} gives ${name} a form that this Tenure does not know.`,
      place: { block: this.block },
      found: formWords(declared),
      allowed: knownForms(wanted),
      hint: "What is recorded up to this block stays. A newer Tenure may know the form.",
    });
  }

  #formatOf(item: string, { pallets, lookup }: MetadataLatest, types: ScaleTypes): ShareFormat | undefined {
    const entry = storageEntry(pallets, "SubtensorModule", item);
    if (entry === undefined || !entry.type.isMap) return undefined;
    const { value } = entry.type.asMap;
    const { name } = types.of(value);
    if (name === "u64") return "integer";
    const { def } = lookup.getSiType(value);
    const fields = def.isComposite ? def.asComposite.fields : [];
    const form = fields.map((field) => `${field.name.isSome ? field.name.unwrap().toString() : ""}: ${types.of(field.type).name}`).join();
    if (form === "bits: u128") return "fixed_64";
    if (form === "mantissa: u128,exponent: i64") return "decimal";
    throw this.#unreadable(`SubtensorModule.${item} holds values of an unknown type.`, `${name} {${form}}`);
  }

  #unreadable(what: string, found: string, allowed?: string, block = this.block): TenureError {
    return new TenureError({
      code: "TEN-CHAIN-011",
      what,
      place: { block },
      found: `${found} (spec ${this.specVersion})`,
      ...(allowed === undefined ? {} : { allowed }),
      hint: "What is recorded stays. A newer Tenure may know this runtime.",
    });
  }
}

function readCount(reader: Reader): number {
  const { bytes } = reader;
  const mode = bytes[0] & 3;
  const size = mode === 3 ? 5 : 1 << mode;
  if (bytes.length < size) throw new RangeError("the bytes end inside a value");
  reader.at = size;
  if (mode === 3) return bytes.readUInt32LE(1);
  return (size === 4 ? bytes.readUInt32LE(0) : bytes.readUIntLE(0, size)) >>> 2;
}

function storageEntry(pallets: Iterable<PalletMetadataLatest>, pallet: string, item: string): StorageEntryMetadataLatest | undefined {
  for (const { name, storage } of pallets) {
    if (name.toString() !== pallet || storage.isNone) continue;
    return storage.unwrap().items.find((entry) => entry.name.toString() === item);
  }
  return undefined;
}

/** The types of `phase` and `topics` of an event record, by the fields' names. */
function recordFields({ pallets, lookup }: MetadataLatest, types: ScaleTypes): { readonly phase: ScaleType; readonly topics: ScaleType } {
  const events = storageEntry(pallets, "System", "Events");
  if (events === undefined) throw new Error("it has no System.Events");
  const record = lookup.getSiType(lookup.getSiType(events.type.asPlain).def.asSequence.type).def.asComposite;
  const field = (name: string): ScaleType => {
    const found = record.fields.find((one) => one.name.isSome && one.name.unwrap().toString() === name);
    if (found === undefined) throw new Error(`an event record has no ${name}`);
    return types.of(found.type);
  };
  return { phase: field("phase"), topics: field("topics") };
}
