import type { MetadataLatest, PalletMetadataLatest } from "@polkadot/types/interfaces";
import { type DeclaredField, formWords, knownForms, placesOf, WANTED_EVENTS } from "./event-shapes.js";
import { READ_MAPS } from "./known-maps.js";
import { readMetadataFile } from "./read-metadata-file.js";
import { Runtime } from "./runtime.js";
import { ScaleTypes } from "./scale-type.js";

/** An event or a storage item that the recorder reads, as a runtime has it. */
export interface InspectedPart {
  readonly kind: "event" | "storage";
  /** `Pallet.Name`. */
  readonly name: string;
  /**
   * `known`: in a form that is read; `unknown`: in another one; `absent`: the runtime does not have it, as most do not have some.
   */
  readonly state: "known" | "unknown" | "absent";
  /** Nothing can be recorded unless it is known; the others are for what only some runtimes have. */
  readonly needed: boolean;
  /** Fields of an event, or how a map is keyed; null where it is absent. */
  readonly form: string | null;
  /** The forms that are read. */
  readonly allowed: string;
}

/** What a runtime's metadata means for a recording. */
export interface RuntimeInspection {
  readonly file: string;
  /** Null where the metadata does not say. */
  readonly spec_name: string | null;
  readonly spec_version: number | null;
  readonly metadata_version: number;
  readonly can_be_recorded: boolean;
  /** Why not, in words; empty where it can. */
  readonly faults: readonly string[];
  /** How shares of a hotkey's alpha are written, by item. */
  readonly shares: Readonly<Record<string, string>>;
  readonly parts: readonly InspectedPart[];
}

/** Without these there is nothing to record, or nobody to tell whose it is. */
const NEEDED_EVENTS: ReadonlySet<string> = new Set(["StakeAdded", "StakeRemoved", "NeuronRegistered"]);
const NEEDED_ITEMS: ReadonlySet<string> = new Set([
  "TotalHotkeyAlpha",
  "TotalHotkeyShares",
  "Alpha",
  "Keys",
  "Owner",
  "SubnetworkN",
  "NetworksAdded",
  "LastMechansimStepBlock",
  "Emission",
  "Incentive",
]);
const PLAIN_ITEMS: readonly (readonly [pallet: string, item: string])[] = [
  ["System", "Events"],
  ["System", "LastRuntimeUpgrade"],
  ["Timestamp", "Now"],
];
const SHARE_ITEMS = ["Alpha", "AlphaV2", "TotalHotkeyShares", "TotalHotkeySharesV2"];

/**
 * Says whether a runtime can be recorded, from a file with its metadata: which events and storage the recorder reads are there, in
 * which form, and what is missing.
 * @throws TenureError `TEN-CHAIN-042`
 */
export async function inspectRuntime(file: string): Promise<RuntimeInspection> {
  const metadata = await readMetadataFile(file);
  const latest = metadata.asLatest;
  const parts = [...inspectEvents(latest), ...inspectStorage(latest)];
  const faults = parts.filter(isFault).map(faultWords);
  const { name, version } = specOf(latest);
  const shares: Record<string, string> = {};
  try {
    // What the recorder itself makes of it; its refusal counts even where the list above has nothing against it.
    const runtime = new Runtime(version ?? 0, metadata, 0);
    for (const item of SHARE_ITEMS) {
      const format = runtime.shareFormat(item);
      if (format !== undefined) shares[item] = format;
    }
  } catch (error) {
    if (faults.length === 0) faults.push(error instanceof Error ? error.message : String(error));
  }
  return {
    file,
    spec_name: name,
    spec_version: version,
    metadata_version: metadata.version,
    can_be_recorded: faults.length === 0,
    faults,
    shares,
    parts,
  };
}

function isFault({ state, needed }: InspectedPart): boolean {
  return needed ? state !== "known" : false;
}

function faultWords({ kind, name, state, form, allowed }: InspectedPart): string {
  if (state === "absent") return `The ${kind} ${name} is missing.`;
  return `The ${kind === "event" ? "event" : "storage item"} ${name} has an unknown form: ${form} instead of ${allowed}.`;
}

function* inspectEvents({ pallets, lookup }: MetadataLatest): Generator<InspectedPart> {
  const types = new ScaleTypes(lookup);
  for (const [pallet, wanted] of Object.entries(WANTED_EVENTS)) {
    const found = palletOf(pallets, pallet);
    const variants =
      found === undefined || found.events.isNone ? [] : [...lookup.getSiType(found.events.unwrap().type).def.asVariant.variants];
    for (const [name, event] of Object.entries(wanted)) {
      const variant = variants.find((one) => one.name.toString() === name);
      const declared = variant?.fields.map((field): DeclaredField => {
        return { name: field.name.isSome ? field.name.unwrap().toString() : undefined, type: types.of(field.type).name };
      });
      const state = declared === undefined ? "absent" : placesOf(event, declared) === undefined ? "unknown" : "known";
      // Where an event that names amounts is there in another form, they cannot be taken from anywhere else.
      const needed = NEEDED_EVENTS.has(name) || (event.essential === true && state !== "absent");
      const form = declared === undefined ? null : formWords(declared);
      yield { kind: "event", name: `${pallet}.${name}`, state, needed, form, allowed: knownForms(event) };
    }
  }
}

function* inspectStorage({ pallets }: MetadataLatest): Generator<InspectedPart> {
  for (const [pallet, item, hashers] of [...PLAIN_ITEMS.map(([pallet, item]) => [pallet, item, []] as const), ...READ_MAPS]) {
    const found = palletOf(pallets, pallet);
    const entry =
      found === undefined || found.storage.isNone ? undefined : found.storage.unwrap().items.find(({ name }) => name.toString() === item);
    const words = (keys: readonly string[]) => (keys.length === 0 ? "a single value" : `keyed by ${keys.join(", ")}`);
    const keys = entry === undefined ? undefined : entry.type.isMap ? entry.type.asMap.hashers.map(({ type }) => type as string) : [];
    const state = keys === undefined ? "absent" : keys.join() === hashers.join() ? "known" : "unknown";
    const needed = hashers.length === 0 || (pallet === "SubtensorModule" && NEEDED_ITEMS.has(item)) || state === "unknown";
    yield {
      kind: "storage",
      name: `${pallet}.${item}`,
      state,
      needed,
      form: keys === undefined ? null : words(keys),
      allowed: words(hashers),
    };
  }
}

function palletOf(pallets: Iterable<PalletMetadataLatest>, name: string): PalletMetadataLatest | undefined {
  for (const pallet of pallets) if (pallet.name.toString() === name) return pallet;
  return undefined;
}

/** The constant `System.Version` begins with name, implementation, authoring version and spec version. */
function specOf({ pallets, registry }: MetadataLatest): { readonly name: string | null; readonly version: number | null } {
  const constant = palletOf(pallets, "System")?.constants.find(({ name }) => name.toString() === "Version");
  if (constant === undefined) return { name: null, version: null };
  const [name, , , version] = registry.createType("(Text, Text, u32, u32)", constant.value.toU8a(true)) as unknown as readonly [
    { toString(): string },
    unknown,
    unknown,
    { toNumber(): number },
  ];
  return { name: name.toString(), version: version.toNumber() };
}
