import type { Account } from "../account.js";
import { decodeVector, u8, u16, u64, vector } from "../scale/hex.js";
import { type SubnetItem, storageKey } from "../state/storage-key.js";
import type { BlockContext } from "./block-context.js";

/** What each neuron of a subnet has in the subnet's vectors: the bytes of one item. */
const NEURON_VECTORS: readonly (readonly [SubnetItem, number])[] = [
  ["Incentive", 2],
  ["Dividends", 2],
  ["Emission", 8],
  ["ValidatorPermit", 1],
  ["LastUpdate", 8],
];

export interface NewNetwork {
  readonly owner: Account;
  readonly ownerHotkey: Account;
  readonly capacity: number;
  readonly tempo: number;
}

export function addNetwork(context: BlockContext, netuid: number, network: NewNetwork): void {
  const { state } = context;
  state.write(storageKey.subnet("NetworksAdded", netuid), u8(1));
  state.writeNumber(storageKey.subnet("Tempo", netuid), network.tempo);
  state.writeNumber(storageKey.subnet("SubnetworkN", netuid), 0);
  state.writeAccount(storageKey.subnet("SubnetOwner", netuid), network.owner);
  state.writeAccount(storageKey.subnet("SubnetOwnerHotkey", netuid), network.ownerHotkey);
  ownHotkey(context, network.ownerHotkey, network.owner);
  context.capacities.set(netuid, network.capacity);
  context.emit("SubtensorModule", "NetworkAdded", [netuid, 0]);
}

/** Gives a hotkey the lowest free uid or, where one is named, that one in place of whom it belongs to. */
export function register(context: BlockContext, netuid: number, hotkey: Account, coldkey: Account, replaceUid?: number): number {
  const { state } = context;
  if (state.read(storageKey.uids(netuid, hotkey)) !== undefined) throw new Error("The hotkey is registered already");
  const uid = replaceUid ?? freeUid(context, netuid);
  emptyUid(context, netuid, uid);
  const countKey = storageKey.subnet("SubnetworkN", netuid);
  const count = state.number(countKey);
  if (uid > count) throw new RangeError(`Uid ${uid} would leave a gap behind ${count}`);
  if (uid === count) state.writeNumber(countKey, count + 1);
  state.writeAccount(storageKey.keys(netuid, uid), hotkey);
  state.writeNumber(storageKey.uids(netuid, hotkey), uid);
  state.write(storageKey.blockAtRegistration(netuid, uid), u64(BigInt(context.number)));
  ownHotkey(context, hotkey, coldkey);
  zeroNeuron(context, netuid, uid);
  context.emit("SubtensorModule", "NeuronRegistered", [netuid, uid, hotkey]);
  context.truth.registrations.push({ block: context.number, timeMs: context.timeMs, netuid, uid, hotkey, coldkey });
  return uid;
}

/** Takes the uid from whom it belongs to, if anyone, and books it. No event tells of it. */
export function emptyUid(context: BlockContext, netuid: number, uid: number): void {
  const { state } = context;
  const hotkey = state.account(storageKey.keys(netuid, uid));
  if (hotkey === undefined) return;
  const coldkey = state.account(storageKey.owner(hotkey)) as Account;
  state.delete(storageKey.keys(netuid, uid));
  state.delete(storageKey.uids(netuid, hotkey));
  state.delete(storageKey.blockAtRegistration(netuid, uid));
  context.truth.deregistrations.push({ block: context.number, timeMs: context.timeMs, netuid, uid, hotkey, coldkey });
}

/** Registers the ownership of a hotkey, which a hotkey has once. */
export function ownHotkey(context: BlockContext, hotkey: Account, coldkey: Account): void {
  const { state } = context;
  const owner = state.account(storageKey.owner(hotkey));
  if (owner !== undefined && owner !== coldkey) throw new Error("The hotkey belongs to another coldkey");
  state.writeAccount(storageKey.owner(hotkey), coldkey);
  state.addAccount(storageKey.ownedHotkeys(coldkey), hotkey);
}

/** What the validator on a uid sets, in place of all it set before. */
export function writeWeights(
  { state, number }: BlockContext,
  netuid: number,
  uid: number,
  weights: readonly (readonly [number, number])[],
): void {
  state.write(storageKey.weights(netuid, uid), vector(weights.map(([to, weight]) => u16(to) + u16(weight))));
  const key = storageKey.subnet("LastUpdate", netuid);
  const updates = decodeVector(state.read(key) ?? "00", 8);
  updates[uid] = u64(BigInt(number));
  state.write(key, vector(updates));
}

function freeUid(context: BlockContext, netuid: number): number {
  const count = context.state.number(storageKey.subnet("SubnetworkN", netuid));
  for (let uid = 0; uid < count; uid++) {
    if (context.state.read(storageKey.keys(netuid, uid)) === undefined) return uid;
  }
  const capacity = context.capacities.get(netuid) ?? 0;
  if (count >= capacity) throw new RangeError(`Subnet ${netuid} is full: name the uid to replace`);
  return count;
}

/** A new neuron starts with nothing in the vectors that the last epoch wrote. */
function zeroNeuron(context: BlockContext, netuid: number, uid: number): void {
  for (const [item, itemBytes] of NEURON_VECTORS) {
    const key = storageKey.subnet(item, netuid);
    const items = decodeVector(context.state.read(key) ?? "00", itemBytes);
    const zero = "00".repeat(itemBytes);
    while (items.length <= uid) items.push(zero);
    items[uid] = zero;
    context.state.write(key, vector(items));
  }
}
