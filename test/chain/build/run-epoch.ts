import type { Account } from "../account.js";
import { SPEC } from "../metadata/specs.js";
import { u8, u16, u64, vector } from "../scale/hex.js";
import { storageKey } from "../state/storage-key.js";
import type { BlockContext } from "./block-context.js";

/**
 * What an epoch pays, in rao of alpha. `burned` is incentive that does not arrive: that of the owner's hotkeys. `autoStake` is incentive of `hk` that lands on the position of its owner under
 * the hotkey `destination`.
 */
export type Pay =
  | { readonly kind: "incentive" | "dividends" | "owner" | "burned"; readonly hk: Account; readonly alpha: bigint }
  | { readonly kind: "autoStake"; readonly hk: Account; readonly destination: Account; readonly alpha: bigint };

const U16_MAX = 65_535n;

/** Pays an epoch of a subnet and writes what it leaves in storage. */
export function runEpoch(context: BlockContext, netuid: number, pays: readonly Pay[]): void {
  const { state } = context;
  const receivers = new Set(pays.map((pay) => (pay.kind === "autoStake" ? pay.destination : pay.hk)));
  bookEmission(context, netuid, [...receivers], () => {
    for (const pay of pays) payOut(context, netuid, pay);
  });
  drainOwnerCut(context, netuid, pays);
  state.write(storageKey.subnet("LastMechansimStepBlock", netuid), u64(BigInt(context.number)));
  if (context.runtime.spec >= SPEC.balancer) state.write(storageKey.subnet("LastEpochBlock", netuid), u64(BigInt(context.number)));
  writeNeuronVectors(context, netuid, pays);
}

/**
 * The owner's cut was set aside block by block since the last epoch, in equal parts, that of the epoch's block included. How much
 * it is, is known only here, so what the block before had is written now.
 */
function drainOwnerCut({ state, number, runtime }: BlockContext, netuid: number, pays: readonly Pay[]): void {
  if (runtime.spec < SPEC.ownerCut) return;
  const key = storageKey.subnet("PendingOwnerCut", netuid);
  const blocks = BigInt(number - state.number(storageKey.subnet("LastMechansimStepBlock", netuid)));
  const cut = pays.reduce((sum, { kind, alpha }) => (kind === "owner" ? sum + alpha : sum), 0n);
  state.writeBefore(key, u64((cut * (blocks - 1n)) / blocks));
  state.write(key, u64(0n));
}

/** Whose `Emission` counts what a hotkey was paid: its own, or that of a child that earned for it. */
function earningUid({ state }: BlockContext, netuid: number, hotkey: Account, count: number): number | undefined {
  const uidKey = storageKey.uids(netuid, hotkey);
  if (state.read(uidKey) !== undefined) return state.number(uidKey);
  for (let uid = 0; uid < count; uid++) {
    const child = state.account(storageKey.keys(netuid, uid));
    if (child !== undefined && state.read(storageKey.parentKeys(netuid, child))?.includes(hotkey.slice(2)) === true) return uid;
  }
  return undefined;
}

function payOut(context: BlockContext, netuid: number, pay: Pay): void {
  if (pay.kind === "burned") return;
  const { state, pools } = context;
  const owner = state.account(storageKey.owner(pay.hk));
  if (owner === undefined) throw new Error("Nobody owns the hotkey that an epoch pays");
  if (pay.kind === "autoStake") {
    pools.add(netuid, pay.destination, owner, pay.alpha);
    const { destination, hk: hotkey, alpha: incentive } = pay;
    context.emit("SubtensorModule", "AutoStakeAdded", { netuid, destination, hotkey, owner, incentive });
  } else if (pools.isUnshared(netuid, pay.hk)) pools.add(netuid, pay.hk, owner, pay.alpha);
  else pools.writePoolRao(netuid, pay.hk, pools.poolRao(netuid, pay.hk) + pay.alpha);
}

function bookEmission(context: BlockContext, netuid: number, hotkeys: readonly Account[], pay: () => void): void {
  const { pools, truth, number: block, timeMs } = context;
  const before = new Map(hotkeys.map((hotkey) => [hotkey, valuesOf(context, netuid, hotkey)]));
  pay();
  for (const hotkey of hotkeys) {
    for (const coldkey of pools.coldkeys(netuid, hotkey)) {
      const amountRao = pools.valueRao(netuid, hotkey, coldkey) - (before.get(hotkey)?.get(coldkey) ?? 0n);
      if (amountRao !== 0n) truth.emission.push({ block, timeMs, netuid, hotkey, coldkey, amountRao });
    }
  }
}

function valuesOf({ pools }: BlockContext, netuid: number, hotkey: Account): Map<Account, bigint> {
  return new Map(pools.coldkeys(netuid, hotkey).map((coldkey) => [coldkey, pools.valueRao(netuid, hotkey, coldkey)]));
}

/** Emission, Incentive, Dividends and ValidatorPermit by uid; the owner's cut is in none of them. */
function writeNeuronVectors(context: BlockContext, netuid: number, pays: readonly Pay[]): void {
  const { state } = context;
  const count = state.number(storageKey.subnet("SubnetworkN", netuid));
  const incentives = new Array<bigint>(count).fill(0n);
  const dividends = new Array<bigint>(count).fill(0n);
  for (const pay of pays) {
    const uid = pay.kind === "owner" ? undefined : earningUid(context, netuid, pay.hk, count);
    if (uid !== undefined) (pay.kind === "dividends" ? dividends : incentives)[uid] += pay.alpha;
  }
  const incentiveSum = incentives.reduce((sum, each) => sum + each, 0n);
  let dividendMax = 0n;
  for (const each of dividends) if (each > dividendMax) dividendMax = each;
  state.write(storageKey.subnet("Incentive", netuid), vector(incentives.map((each) => u16(proportion(each, incentiveSum)))));
  state.write(storageKey.subnet("Dividends", netuid), vector(dividends.map((each) => u16(proportion(each, dividendMax)))));
  state.write(storageKey.subnet("Emission", netuid), vector(incentives.map((each, uid) => u64(each + dividends[uid]))));
  state.write(storageKey.subnet("ValidatorPermit", netuid), vector(dividends.map((each) => u8(each > 0n ? 1 : 0))));
  if (context.runtime.spec >= SPEC.autoStake) {
    context.emit("SubtensorModule", "IncentiveAlphaEmittedToMiners", { netuid, emissions: incentives });
  }
}

function proportion(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : Number((part * U16_MAX) / whole);
}
