import { bytesOf, compactLength, unsigned, vectorOf64 } from "../little-endian.js";
import type { ChainClient } from "../rpc/chain-client.js";
import { readStorage } from "./read-storage.js";
import { subtensorKeys } from "./subtensor-keys.js";

/** What the validator on a uid has set, as the chain keeps it. */
export interface UidWeights {
  readonly uid: number;
  /** Only what a permitted validator sets counts. */
  readonly isPermitted: boolean;
  /** Who has set nothing for too long counts with no stake. */
  readonly isActive: boolean;
  /** Uids it rates and that registered before it set weights last, and 0 to 65,535 for each, relative to the others. */
  readonly weights: readonly (readonly [uid: number, weight: number])[];
}

/** What the chain has where a subnet states none: blocks, and thousandths of the tempo. */
const DEFAULT_CUTOFF_BLOCKS = 5_000;
const DEFAULT_CUTOFF_MILLI = 13_889;
const DEFAULT_TEMPO = 360;

/** When, and by which rule of activity, weights are asked for. */
export interface EpochToCome {
  /** Block of the epoch that they are for. */
  readonly epochBlock: number;
  /** Does the runtime count the cutoff of activity in thousandths of the tempo, and not in blocks? */
  readonly cutoffIsOfTempo: boolean;
}

/**
 * Blocks after which a validator that sets no weights is inactive; exactly so many are not too many.
 * @param cutoff as the runtime stores it: blocks, or thousandths of the tempo; null: it states none
 */
export function activityCutoffBlocks(cutoff: bigint | null, tempo: bigint | null, isOfTempo: boolean): bigint {
  if (!isOfTempo) return cutoff ?? BigInt(DEFAULT_CUTOFF_BLOCKS);
  const blocks = ((cutoff ?? BigInt(DEFAULT_CUTOFF_MILLI)) * (tempo ?? BigInt(DEFAULT_TEMPO))) / 1000n;
  return blocks > 1n ? blocks : 1n;
}

/**
 * The weights of all uids of a subnet after a block, by uid; who has set none is left out. Of a subnet with several mechanisms those of the
 * first.
 * @param uids how many uids the subnet has
 */
export async function readValidatorWeights(
  client: ChainClient,
  netuid: number,
  uids: number,
  hash: string,
  { epochBlock, cutoffIsOfTempo }: EpochToCome,
): Promise<UidWeights[]> {
  const each = (key: (netuid: number, uid: number) => string) => Array.from({ length: uids }, (_, uid) => key(netuid, uid));
  const ofSubnet = ["ValidatorPermit", "LastUpdate", "Tempo", cutoffIsOfTempo ? "ActivityCutoffFactorMilli" : "ActivityCutoff"].map(
    (item) => subtensorKeys.ofSubnet(item, netuid),
  );
  const keys = [...ofSubnet, ...each(subtensorKeys.weights), ...each(subtensorKeys.registeredAt)];
  const [permits, updates, tempo, cutoff, ...values] = await readStorage(client, keys, hash);
  const permitted = flags(permits);
  const updatedAt = vectorOf64(updates);
  const number = (value: string | null) => (value === null ? null : unsigned(bytesOf(value)));
  const cutoffBlocks = activityCutoffBlocks(number(cutoff), number(tempo), cutoffIsOfTempo);
  const registeredAt = values.slice(uids).map((value) => (value === null ? 0n : unsigned(bytesOf(value))));
  return values.slice(0, uids).flatMap((value, uid) => {
    // The chain passes over weights for who had the uid before.
    const weights = pairs(value).filter(([to]) => updatedAt[uid] === undefined || updatedAt[uid] > (registeredAt[to] ?? 0n));
    const isActive = updatedAt[uid] === undefined || updatedAt[uid] + cutoffBlocks >= BigInt(epochBlock);
    return pairs(value).length === 0 ? [] : [{ uid, isPermitted: permitted[uid] === true, isActive, weights }];
  });
}

/** A `Vec<bool>` of SCALE. */
function flags(hex: string | null): boolean[] {
  if (hex === null) return [];
  const bytes = bytesOf(hex);
  const { length, at } = compactLength(bytes);
  return Array.from({ length }, (_, index) => bytes[at + index] === 1);
}

/** A `Vec<(u16, u16)>` of SCALE. */
function pairs(hex: string | null): (readonly [number, number])[] {
  if (hex === null) return [];
  const bytes = bytesOf(hex);
  const { length, at } = compactLength(bytes);
  if (bytes.length !== at + length * 4) throw new RangeError(`a vector of ${length} pairs of u16 in ${bytes.length} bytes`);
  return Array.from({ length }, (_, index) => [bytes.readUInt16LE(at + index * 4), bytes.readUInt16LE(at + index * 4 + 2)]);
}
