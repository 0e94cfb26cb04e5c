import type { TypeRegistry } from "@polkadot/types";
import type { MetadataLatest } from "@polkadot/types/interfaces";
import { compactToU8a } from "@polkadot/util";

/** Events of a busy block, by pallet and name, with how many of each; those that a runtime lacks are left out. */
const BUSY_BLOCK: readonly (readonly [pallet: string, event: string, count: number])[] = [
  ["System", "ExtrinsicSuccess", 60],
  ["System", "NewAccount", 2],
  ["Balances", "Withdraw", 50],
  ["Balances", "Deposit", 40],
  ["Balances", "Transfer", 10],
  ["TransactionPayment", "TransactionFeePaid", 55],
  ["SubtensorModule", "WeightsSet", 20],
  ["SubtensorModule", "StakeAdded", 20],
  ["SubtensorModule", "StakeRemoved", 20],
  ["SubtensorModule", "StakeMoved", 4],
  ["SubtensorModule", "StakeTransferred", 2],
  ["SubtensorModule", "StakeSwapped", 2],
  ["SubtensorModule", "NeuronRegistered", 2],
  ["SubtensorModule", "AxonServed", 6],
  ["SubtensorModule", "RootClaimed", 4],
  ["Commitments", "Commitment", 6],
  ["Drand", "NewPulse", 2],
];

export interface SampleBlock {
  /** Value of System.Events. */
  readonly hex: string;
  readonly events: number;
}

/** Writes the events of a busy block, with the empty value of every field, as the library encodes it. */
export function sampleBlock(registry: TypeRegistry, { pallets, lookup }: MetadataLatest): SampleBlock {
  const kinds = BUSY_BLOCK.flatMap(([pallet, event, count]) => {
    const found = pallets.find(({ name }) => name.toString() === pallet);
    if (found === undefined || found.events.isNone) return [];
    const variant = lookup.getSiType(found.events.unwrap().type).def.asVariant.variants.find(({ name }) => name.toString() === event);
    if (variant === undefined) return [];
    const fields = variant.fields.map(({ type }) => registry.createTypeUnsafe(registry.createLookupType(type), []).toU8a());
    const body = Buffer.concat([Uint8Array.of(found.index.toNumber(), variant.index.toNumber()), ...fields]);
    return [{ body, count }];
  });
  const records: Uint8Array[] = [];
  // Kinds in turns, as extrinsics mix them.
  for (let round = 0; kinds.some(({ count }) => count > round); round++) {
    for (const { body, count } of kinds) if (count > round) records.push(record(round, body));
  }
  return { hex: `0x${Buffer.concat([compactToU8a(records.length), ...records]).toString("hex")}`, events: records.length };
}

/** Of an extrinsic, without topics. */
function record(extrinsic: number, event: Uint8Array): Uint8Array {
  const index = Buffer.alloc(4);
  index.writeUInt32LE(extrinsic);
  return Buffer.concat([Uint8Array.of(0), index, event, Uint8Array.of(0)]);
}
