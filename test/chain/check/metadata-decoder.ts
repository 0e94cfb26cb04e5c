import { Metadata, TypeRegistry } from "@polkadot/types";
import type { EventRecord } from "@polkadot/types/interfaces";
import { hexToU8a, u8aToHex } from "@polkadot/util";
import type { Account } from "../account.js";
import { runtimeOf } from "../metadata/runtime.js";
import { SYSTEM_EVENTS, storageKey } from "../state/storage-key.js";
import type { TestChain } from "../test-chain.js";

/** What a client of the node makes of a runtime's metadata. */
export interface Decoder {
  readonly registry: TypeRegistry;
  readonly metadata: Metadata;
}

const decoders = new Map<number, Decoder>();

/** The decoder of a runtime, made when first asked for. */
export function decoderOf(spec: number): Decoder {
  let decoder = decoders.get(spec);
  if (decoder === undefined) {
    const registry = new TypeRegistry();
    const metadata = new Metadata(registry, runtimeOf(spec).metadata);
    registry.setMetadata(metadata, undefined, undefined, true);
    decoder = { registry, metadata };
    decoders.set(spec, decoder);
  }
  return decoder;
}

/** The events of a block as a node's client decodes them, with the runtime of the parent. */
export function eventsOf(chain: TestChain, block: number): EventRecord[] {
  const { registry } = decoderOf(chain.spec(block - 1));
  const hex = chain.storage(SYSTEM_EVENTS, block) as string;
  const events = registry.createType("Vec<EventRecord>", hex);
  if (u8aToHex(events.toU8a()) !== hex) throw new Error(`The events of block ${block} encode otherwise than they decode`);
  return [...events] as unknown as EventRecord[];
}

/** A balance from rows that are decoded with the types of the metadata alone. */
export function balanceByMetadata(chain: TestChain, netuid: number, hotkey: Account, coldkey: Account, block: number): bigint {
  const { registry, metadata } = decoderOf(chain.spec(block - 1));
  const pallet = metadata.asLatest.pallets.find((each) => each.name.eq("SubtensorModule"));
  const decode = (item: string, key: string): Record<string, bigint> | bigint | undefined => {
    const hex = chain.storage(key, block);
    if (hex === null) return undefined;
    const declared = pallet?.storage.unwrap().items.find((each) => each.name.eq(item));
    const value = registry.createType(registry.createLookupType(declared?.type.asMap.value as never), hexToU8a(hex)) as never as {
      toBigInt?: () => bigint;
      toJSON(): Record<string, string | number>;
    };
    if (value.toBigInt !== undefined) return value.toBigInt();
    return Object.fromEntries(Object.entries(value.toJSON()).map(([name, each]) => [name, BigInt(each)]));
  };
  // In units of 10^-60.
  const unit = 10n ** 60n;
  const shares = (row: Record<string, bigint> | bigint | undefined): bigint | undefined => {
    if (row === undefined) return undefined;
    if (typeof row === "bigint") return row * unit;
    if (row.bits !== undefined) return (row.bits * unit) >> 64n;
    return row.exponent >= 0n ? row.mantissa * 10n ** row.exponent * unit : (row.mantissa * unit) / 10n ** -row.exponent;
  };
  const share =
    shares(decode("Alpha", storageKey.alpha(netuid, hotkey, coldkey))) ??
    shares(decode("AlphaV2", storageKey.alphaV2(netuid, hotkey, coldkey)));
  const denominator =
    shares(decode("TotalHotkeyShares", storageKey.totalHotkeyShares(netuid, hotkey))) ??
    shares(decode("TotalHotkeySharesV2", storageKey.totalHotkeySharesV2(netuid, hotkey)));
  const total = decode("TotalHotkeyAlpha", storageKey.totalHotkeyAlpha(netuid, hotkey)) as bigint;
  return (total * (share as bigint)) / (denominator as bigint);
}
