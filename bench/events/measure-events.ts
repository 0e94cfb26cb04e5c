import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expandMetadata, Metadata, TypeRegistry } from "@polkadot/types";
import { compactStripLength, u8aToHex } from "@polkadot/util";
import type { EventFields } from "../../recorders/chain/runtime/event-shapes.js";
import { WANTED_EVENTS } from "../../recorders/chain/runtime/event-shapes.js";
import { Runtime } from "../../recorders/chain/runtime/runtime.js";
import { subtensorKeys } from "../../recorders/chain/storage/subtensor-keys.js";
import { runtimeOf } from "../../test/chain/metadata/runtime.js";
import { packageRoot } from "../package-root.js";
import type { PartContext } from "../part-context.js";
import { type Samples, samplesOf } from "../samples.js";
import { type ComparedEvent, comparedEvents, decodeByLibrary } from "./library-events.js";
import { sampleBlock } from "./sample-events.js";

/** Runtimes whose metadata the shared data holds; without it, one of the test chain. */
const REAL_SPECS = [218, 346, 393, 424];
const TEST_SPEC = 424;

/** The recorder's own readers beside polkadot.js, for one runtime. */
export interface SpecEvents {
  readonly spec: number;
  readonly is_real: boolean;
  readonly events: number;
  /** Of them, those that the recorder reads. */
  readonly read: number;
  readonly own_us_per_event: Samples;
  readonly library_us_per_event: Samples;
  /** The library's time over the recorder's, medians. */
  readonly events_ratio: number;
  readonly own_us_per_key: Samples;
  readonly library_us_per_key: Samples;
  readonly keys_ratio: number;
}

export interface EventsResult {
  readonly runtimes: readonly SpecEvents[];
}

/**
 * Events of a busy block, and storage keys of positions, by the recorder's own code and by polkadot.js with one registry for the
 * runtime, in turns. Where both do not say the same there is no time but an error.
 */
export async function measureEvents({ quick, progress }: PartContext): Promise<EventsResult> {
  const folder = resolve(process.env.TENURE_SHARED ?? join(packageRoot(), "../shared"), "data/chain");
  const real = REAL_SPECS.filter((spec) => existsSync(join(folder, `metadata-${spec}.hex`)));
  const sources =
    real.length > 0
      ? real.map((spec) => ({ spec, metadata: readFileSync(join(folder, `metadata-${spec}.hex`), "utf8").trim() }))
      : [{ spec: TEST_SPEC, metadata: runtimeOf(TEST_SPEC).metadata }];
  const runtimes: SpecEvents[] = [];
  for (const { spec, metadata } of sources) {
    progress(`events: spec ${spec}${real.length > 0 ? "" : " of the test chain"}`);
    runtimes.push({ ...measureSpec(spec, metadata, quick), is_real: real.length > 0 });
  }
  return { runtimes };
}

function measureSpec(spec: number, metadata: string, quick: boolean): Omit<SpecEvents, "is_real"> {
  const registry = new TypeRegistry();
  const parsed = new Metadata(registry, metadata as `0x${string}`);
  registry.setMetadata(parsed, undefined, undefined, true);
  const { query } = expandMetadata(registry, parsed);
  const runtime = new Runtime(spec, metadata, 1);
  const { hex, events } = sampleBlock(registry, parsed.asLatest);
  const wanted = new Set(Object.values(WANTED_EVENTS).flatMap((pallet) => Object.keys(pallet)));
  const own = runtime.events(hex, 1);
  const library = comparedEvents(decodeByLibrary(registry, hex), wanted);
  requireSame(spec, own.length, library.length);
  own.forEach((event, index) => {
    requireSameEvent(spec, event, library[index]);
  });

  const accounts = Array.from({ length: 500 }, (_, index) => `0x${index.toString(16).padStart(64, "5a")}`);
  const ownKeys = () => accounts.map((account) => subtensorKeys.ofPosition("Alpha", account, accounts[0], 30));
  const libraryKeys = () => {
    const alpha = query.subtensorModule.alpha as unknown as (...keys: unknown[]) => Uint8Array;
    return accounts.map((account) => u8aToHex(compactStripLength(alpha(account, accounts[0], 30))[1]));
  };
  const [ownFirst, libraryFirst] = [ownKeys(), libraryKeys()];
  ownFirst.forEach((key, index) => {
    requireSame(spec, key, libraryFirst[index]);
  });

  const us = { own: [] as number[], library: [] as number[], ownKey: [] as number[], libraryKey: [] as number[] };
  // The first rounds are for the compiler of Node.
  const [before, rounds] = quick ? [0, 1] : [3, 15];
  for (let round = -before; round < rounds; round++) {
    const times = {
      own: timed(() => runtime.events(hex, 1), 10) / events,
      library: timed(() => decodeByLibrary(registry, hex), 10) / events,
      ownKey: timed(ownKeys, 2) / accounts.length,
      libraryKey: timed(libraryKeys, 2) / accounts.length,
    };
    if (round < 0) continue;
    for (const name of ["own", "library", "ownKey", "libraryKey"] as const) us[name].push(times[name]);
  }
  const [ownEvent, libraryEvent, ownKey, libraryKey] = [us.own, us.library, us.ownKey, us.libraryKey].map((all) => samplesOf(all, 3));
  return {
    spec,
    events,
    read: own.length,
    own_us_per_event: ownEvent,
    library_us_per_event: libraryEvent,
    events_ratio: Number((libraryEvent.median / ownEvent.median).toFixed(1)),
    own_us_per_key: ownKey,
    library_us_per_key: libraryKey,
    keys_ratio: Number((libraryKey.median / ownKey.median).toFixed(1)),
  };
}

/** Microseconds of CPU of one call. */
function timed(work: () => unknown, times: number): number {
  const { user, system } = process.cpuUsage();
  for (let time = 0; time < times; time++) work();
  const used = process.cpuUsage({ user, system });
  return (used.user + used.system) / times;
}

/** Every field that the recorder took must be one that the library decoded, in the same order of events. */
function requireSameEvent(spec: number, own: EventFields & Omit<ComparedEvent, "fields">, library: ComparedEvent): void {
  const { name, extrinsic, event, ...fields } = own;
  requireSame(spec, `${name} ${extrinsic} ${event}`, `${library.name} ${library.extrinsic} ${library.event}`);
  for (const value of Object.values(fields)) {
    const text = Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
    if (!library.fields.includes(text))
      throw new Error(`spec ${spec}: ${name} has ${text} here; polkadot.js has ${library.fields.join(", ")}`);
  }
}

function requireSame(spec: number, own: unknown, library: unknown): void {
  if (own !== library) throw new Error(`spec ${spec}: ${String(own)} here is ${String(library)} by polkadot.js`);
}
