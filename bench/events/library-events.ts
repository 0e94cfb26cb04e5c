import type { TypeRegistry } from "@polkadot/types";
import type { EventRecord } from "@polkadot/types/interfaces";
import { END_OF_BLOCK } from "../../engine/index.js";

/** What the library's decoder makes of an event that the recorder reads, as far as both are compared. */
export interface ComparedEvent {
  readonly name: string;
  readonly extrinsic: number;
  readonly event: number;
  /** Accounts as hex, amounts and numbers in decimals; in order. */
  readonly fields: readonly string[];
}

/** A block's events by polkadot.js in its fastest use: one registry for the spec version, the bytes, no API around it. */
export function decodeByLibrary(registry: TypeRegistry, hex: string): readonly EventRecord[] {
  return registry.createType("Vec<EventRecord>", Buffer.from(hex.slice(2), "hex")) as unknown as readonly EventRecord[];
}

/**
 * What is compared of decoded events.
 * @param wanted names of the events that the recorder reads
 */
export function comparedEvents(records: readonly EventRecord[], wanted: ReadonlySet<string>): ComparedEvent[] {
  const events: ComparedEvent[] = [];
  records.forEach(({ phase, event }, index) => {
    const { data } = event;
    const name = data.method;
    if (!wanted.has(name)) return;
    const extrinsic = phase.isApplyExtrinsic ? phase.asApplyExtrinsic.toNumber() : phase.isInitialization ? -1 : END_OF_BLOCK;
    events.push({ name, extrinsic, event: index, fields: data.map((value) => textOf(value)) });
  });
  return events;
}

function textOf(value: { toRawType(): string; toHex(): string; toString(): string }): string {
  return value.toRawType() === "AccountId" ? value.toHex() : value.toString();
}
