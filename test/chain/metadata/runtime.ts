import { h256, hashes, u32Type } from "../scale/common-types.js";
import { encodeFields, type Value } from "../scale/encode.js";
import { u8 } from "../scale/hex.js";
import { composite, sequenceOf, type Type, unnamedFields, type VariantType } from "../scale/type.js";
import { SYSTEM, systemStorage, TIMESTAMP, TRANSACTION_PAYMENT } from "./frame-pallets.js";
import { metadataHex, palletEventType } from "./metadata-hex.js";
import type { EventDeclaration, Pallet } from "./pallet.js";
import { subtensorEvents } from "./subtensor-events.js";
import { subtensorStorage } from "./subtensor-storage.js";
import { swapPallet } from "./swap-pallet.js";

const phase: VariantType = {
  kind: "variant",
  path: ["frame_system", "Phase"],
  variants: [
    { name: "ApplyExtrinsic", index: 0, fields: unnamedFields(u32Type) },
    { name: "Finalization", index: 1, fields: [] },
    { name: "Initialization", index: 2, fields: [] },
  ],
};

/** One version of the runtime: its metadata, and events in its own layout. */
export interface Runtime {
  readonly spec: number;
  readonly metadata: `0x${string}`;
  /** SCALE of an event: the pallet's index, the event's, the fields. */
  event(pallet: string, name: string, values: Value): string;
  /** Whether this runtime has the event. */
  has(pallet: string, name: string): boolean;
}

interface EncodableEvent extends EventDeclaration {
  readonly prefix: string;
}

const runtimes = new Map<number, Runtime>();

/** The runtime of a spec version, made when first asked for. */
export function runtimeOf(spec: number): Runtime {
  let runtime = runtimes.get(spec);
  if (runtime === undefined) {
    runtime = buildRuntime(spec);
    runtimes.set(spec, runtime);
  }
  return runtime;
}

function buildRuntime(spec: number): Runtime {
  const subtensor: Pallet = { name: "SubtensorModule", index: 7, storage: subtensorStorage(spec), events: subtensorEvents(spec) };
  const swap = swapPallet(spec);
  const others = [TIMESTAMP, TRANSACTION_PAYMENT, subtensor, ...(swap === undefined ? [] : [swap])];
  const eventTypes = new Map<Pallet, Type>();
  for (const pallet of [SYSTEM, ...others]) {
    if (pallet.events.length > 0) eventTypes.set(pallet, palletEventType(pallet.name, pallet.events));
  }
  const system: Pallet = { ...SYSTEM, storage: systemStorage(eventRecords(eventTypes)) };
  eventTypes.set(system, eventTypes.get(SYSTEM) as Type);
  const pallets = [system, ...others];
  const events = eventTable(pallets);
  return {
    spec,
    metadata: metadataHex(pallets, eventTypes),
    has: (pallet, name) => events.has(`${pallet}.${name}`),
    event: (pallet, name, values) => {
      const declared = events.get(`${pallet}.${name}`);
      if (declared === undefined) throw new Error(`Spec ${spec} has no event ${pallet}.${name}`);
      return declared.prefix + encodeFields(declared.fields, values);
    },
  };
}

function eventRecords(eventTypes: ReadonlyMap<Pallet, Type>): Type {
  const runtimeEvent: VariantType = {
    kind: "variant",
    path: ["node_subtensor_runtime", "RuntimeEvent"],
    variants: [...eventTypes].map(([pallet, type]) => ({ name: pallet.name, index: pallet.index, fields: unnamedFields(type) })),
  };
  const record = composite("frame_system::EventRecord", { phase, event: runtimeEvent, topics: hashes });
  return sequenceOf({
    ...record,
    params: [
      { name: "E", type: runtimeEvent },
      { name: "T", type: h256 },
    ],
  });
}

function eventTable(pallets: readonly Pallet[]): Map<string, EncodableEvent> {
  const table = new Map<string, EncodableEvent>();
  for (const pallet of pallets) {
    for (const [index, event] of pallet.events.entries()) {
      table.set(`${pallet.name}.${event.name}`, { ...event, prefix: u8(pallet.index) + u8(index) });
    }
  }
  return table;
}
