import type { Account } from "../account.js";
import { SPEC } from "../metadata/specs.js";
import { SUBNET_ITEMS, storageKey } from "../state/storage-key.js";
import { type BlockContext, changeSilently, type Position } from "./block-context.js";
import { emptyUid, ownHotkey } from "./neuron-calls.js";

const SWAP_COST_RAO = 100_000_000n;

/** Gives all of a hotkey's stake and uids, on all subnets, to a new one. */
export function swapHotkey(context: BlockContext, coldkey: Account, from: Account, to: Account): void {
  const { state, pools } = context;
  ownHotkey(context, to, coldkey);
  const subnets = [...new Set([...context.subnets(), ...pools.subnets()])];
  changeSilently(context, "HotkeySwapped", positionsOfBoth(context, subnets, from, to), () => {
    for (const netuid of subnets) moveOnSubnet(context, netuid, from, to);
  });
  state.delete(storageKey.owner(from));
  state.removeAccount(storageKey.ownedHotkeys(coldkey), from);
  context.emit("SubtensorModule", "HotkeySwapped", { coldkey, old_hotkey: from, new_hotkey: to });
}

/** The same on one subnet; the old hotkey keeps its owner. */
export function swapHotkeyOnSubnet(context: BlockContext, coldkey: Account, from: Account, to: Account, netuid: number): void {
  ownHotkey(context, to, coldkey);
  const positions = positionsOfBoth(context, [netuid], from, to);
  changeSilently(context, "HotkeySwappedOnSubnet", positions, () => moveOnSubnet(context, netuid, from, to));
  context.emit("SubtensorModule", "HotkeySwappedOnSubnet", { coldkey, old_hotkey: from, new_hotkey: to, netuid });
}

/** Gives all of a coldkey's stake, hotkeys and subnets to a new one. */
export function swapColdkey(context: BlockContext, from: Account, to: Account): void {
  const { state, pools } = context;
  const held = pools.subnets().flatMap((netuid) => {
    const hotkeys = pools.hotkeys(netuid).filter((hotkey) => pools.coldkeys(netuid, hotkey).includes(from));
    return hotkeys.map((hotkey) => ({ netuid, hotkey }));
  });
  const positions = held.flatMap((each) => [
    { ...each, coldkey: from },
    { ...each, coldkey: to },
  ]);
  changeSilently(context, "ColdkeySwapped", positions, () => {
    for (const { netuid, hotkey } of held) pools.moveColdkey(netuid, hotkey, from, to);
  });
  state.delete(storageKey.stakingHotkeys(from));
  for (const hotkey of state.accounts(storageKey.ownedHotkeys(from))) {
    state.writeAccount(storageKey.owner(hotkey), to);
    state.addAccount(storageKey.ownedHotkeys(to), hotkey);
  }
  state.delete(storageKey.ownedHotkeys(from));
  for (const netuid of context.subnets()) {
    const ownerKey = storageKey.subnet("SubnetOwner", netuid);
    if (state.account(ownerKey) === from) state.writeAccount(ownerKey, to);
  }
  const { spec } = context.runtime;
  const cost = spec >= SPEC.stakeFee && spec < SPEC.freeColdkeySwap ? { swap_cost: SWAP_COST_RAO } : {};
  context.emit("SubtensorModule", "ColdkeySwapped", { old_coldkey: from, new_coldkey: to, ...cost });
}

/** Dissolves a subnet: its stake, its neurons and all that is kept by its netuid. */
export function removeNetwork(context: BlockContext, netuid: number): void {
  const { state, pools } = context;
  const hotkeys = pools.hotkeys(netuid);
  const positions = hotkeys.flatMap((hotkey) => positionsOf(context, netuid, hotkey));
  changeSilently(context, "NetworkRemoved", positions, () => {
    for (const hotkey of hotkeys) pools.dissolve(netuid, hotkey);
  });
  const count = state.number(storageKey.subnet("SubnetworkN", netuid));
  for (let uid = 0; uid < count; uid++) emptyUid(context, netuid, uid);
  for (const item of SUBNET_ITEMS) state.delete(storageKey.subnet(item, netuid));
  for (const item of ["SwapV3Initialized", "AlphaSqrtPrice", "SwapBalancer"] as const) state.delete(storageKey.swap(item, netuid));
  context.emit("SubtensorModule", "NetworkRemoved", [netuid]);
}

function moveOnSubnet(context: BlockContext, netuid: number, from: Account, to: Account): void {
  const { state, pools } = context;
  const coldkeys = pools.coldkeys(netuid, from);
  if (coldkeys.length > 0 || pools.poolRao(netuid, from) > 0n) pools.moveHotkey(netuid, from, to);
  for (const coldkey of coldkeys) {
    const isLeft = context.subnets().some((each) => pools.coldkeys(each, from).includes(coldkey));
    if (!isLeft) state.removeAccount(storageKey.stakingHotkeys(coldkey), from);
  }
  const uidKey = storageKey.uids(netuid, from);
  if (state.read(uidKey) === undefined) return;
  const uid = state.number(uidKey);
  state.delete(uidKey);
  state.writeNumber(storageKey.uids(netuid, to), uid);
  state.writeAccount(storageKey.keys(netuid, uid), to);
  const ownerHotkey = storageKey.subnet("SubnetOwnerHotkey", netuid);
  if (state.account(ownerHotkey) === from) state.writeAccount(ownerHotkey, to);
}

function positionsOf(context: BlockContext, netuid: number, hotkey: Account): Position[] {
  return context.pools.coldkeys(netuid, hotkey).map((coldkey) => ({ netuid, hotkey, coldkey }));
}

/** The positions under the old hotkey and, with the same coldkeys, under the new one. */
function positionsOfBoth(context: BlockContext, subnets: readonly number[], from: Account, to: Account): Position[] {
  return subnets.flatMap((netuid) => positionsOf(context, netuid, from).flatMap((each) => [each, { ...each, hotkey: to }]));
}
