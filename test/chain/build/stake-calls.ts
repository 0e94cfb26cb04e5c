import type { Account } from "../account.js";
import { SPEC } from "../metadata/specs.js";
import type { Value } from "../scale/encode.js";
import { subnetPrice, worthRao } from "../state/subnet-price.js";
import type { TrueFlow } from "../truth.js";
import { type BlockContext, changeSilently } from "./block-context.js";

/** The pool's fee on the TAO of an addition, as its event tells it: 1 / this. */
const TAO_FEE_DIVISOR = 2000n;

export function addStake(context: BlockContext, coldkey: Account, hotkey: Account, netuid: number, alphaRao: bigint): void {
  context.pools.add(netuid, hotkey, coldkey, alphaRao);
  const taoRao = taoOf(context, netuid, alphaRao);
  emitStake(context, "StakeAdded", { coldkey, hotkey, netuid, alphaRao, taoRao, feeRao: taoRao / TAO_FEE_DIVISOR });
  bookFlow(context, { event: "StakeAdded", action: "add", netuid, hotkey, coldkey, amountRao: alphaRao });
}

/** From `SPEC.floatShares` on the fee is taken on top of the alpha, before that it is part of it. */
export function removeStake(
  context: BlockContext,
  coldkey: Account,
  hotkey: Account,
  netuid: number,
  alphaRao: bigint,
  feeRao: bigint,
): void {
  const debitRao = context.runtime.spec >= SPEC.floatShares ? alphaRao + feeRao : alphaRao;
  context.pools.remove(netuid, hotkey, coldkey, debitRao);
  emitStake(context, "StakeRemoved", { coldkey, hotkey, netuid, alphaRao, taoRao: taoOf(context, netuid, alphaRao), feeRao });
  bookFlow(context, { event: "StakeRemoved", action: "remove", netuid, hotkey, coldkey, amountRao: debitRao });
}

/**
 * A removal as share pools of old runtimes made it where few shares would be left: the position loses all of them, and what they
 * stood for beyond the amount falls to the others that stake on the hotkey. No event tells.
 */
export function removeAllShares(context: BlockContext, coldkey: Account, hotkey: Account, netuid: number, alphaRao: bigint): void {
  removeStake(context, coldkey, hotkey, netuid, alphaRao, 0n);
  const positions = context.pools.coldkeys(netuid, hotkey).map((each) => ({ netuid, hotkey, coldkey: each }));
  changeSilently(context, "sharesSpilled", positions, () => context.pools.spill(netuid, hotkey, coldkey));
}

/** A movement of stake from one position to another, of which `to` names what differs. */
export interface Movement {
  readonly coldkey: Account;
  readonly hotkey: Account;
  readonly netuid: number;
  readonly alphaRao: bigint;
  readonly toColdkey: Account;
  readonly toHotkey: Account;
  readonly toNetuid: number;
  readonly toAlphaRao: bigint;
}

export function moveStake(context: BlockContext, movement: Movement): void {
  const { coldkey, hotkey, netuid, toHotkey, toNetuid } = movement;
  const taoRao = moveAlpha(context, movement);
  const summary = [coldkey, hotkey, netuid, toHotkey, toNetuid];
  context.emit("SubtensorModule", "StakeMoved", context.runtime.spec >= SPEC.stakeFee ? [...summary, taoRao] : summary);
  bookMovement(context, movement, "StakeMoved", "move");
}

export function transferStake(context: BlockContext, movement: Movement): void {
  const { coldkey, toColdkey, hotkey, netuid, toNetuid } = movement;
  const taoRao = moveAlpha(context, movement);
  context.emit("SubtensorModule", "StakeTransferred", [coldkey, toColdkey, hotkey, netuid, toNetuid, taoRao]);
  bookMovement(context, movement, "StakeTransferred", "transfer");
}

export function swapStake(context: BlockContext, movement: Movement): void {
  const { coldkey, hotkey, netuid, toNetuid } = movement;
  const taoRao = moveAlpha(context, movement);
  context.emit("SubtensorModule", "StakeSwapped", [coldkey, hotkey, netuid, toNetuid, taoRao]);
  bookMovement(context, movement, "StakeSwapped", "swap");
}

/** Moves the alpha and, in the runtimes that do so, tells both halves; returns the TAO that it is worth. */
function moveAlpha(context: BlockContext, movement: Movement): bigint {
  const { coldkey, hotkey, netuid, alphaRao, toColdkey, toHotkey, toNetuid, toAlphaRao } = movement;
  const taoRao = taoOf(context, netuid, alphaRao);
  context.pools.remove(netuid, hotkey, coldkey, alphaRao);
  context.pools.add(toNetuid, toHotkey, toColdkey, toAlphaRao);
  if (context.runtime.spec >= SPEC.stakeFee) {
    emitStake(context, "StakeRemoved", { coldkey, hotkey, netuid, alphaRao, taoRao, feeRao: 0n });
    const target = { coldkey: toColdkey, hotkey: toHotkey, netuid: toNetuid, alphaRao: toAlphaRao };
    emitStake(context, "StakeAdded", { ...target, taoRao, feeRao: 0n });
  }
  return taoRao;
}

interface StakeChange {
  readonly coldkey: Account;
  readonly hotkey: Account;
  readonly netuid: number;
  readonly alphaRao: bigint;
  readonly taoRao: bigint;
  readonly feeRao: bigint;
}

function emitStake(context: BlockContext, event: "StakeAdded" | "StakeRemoved", change: StakeChange): void {
  const { spec } = context.runtime;
  const { coldkey, hotkey, netuid, alphaRao, taoRao, feeRao } = change;
  if (spec < SPEC.stakeByColdkey && spec !== SPEC.devNetwork) {
    context.emit("SubtensorModule", event, [hotkey, taoRao]);
    return;
  }
  const values: Value[] = [coldkey, hotkey, taoRao, alphaRao, netuid];
  if (spec >= SPEC.stakeFee) values.push(feeRao);
  if (spec >= SPEC.future) values.push("None");
  context.emit("SubtensorModule", event, values);
}

function taoOf(context: BlockContext, netuid: number, alphaRao: bigint): bigint {
  return worthRao(subnetPrice(context.state.read, context.runtime.spec, netuid), alphaRao);
}

function bookMovement(context: BlockContext, movement: Movement, event: TrueFlow["event"], action: TrueFlow["action"]): void {
  const { coldkey, hotkey, netuid, alphaRao, toColdkey, toHotkey, toNetuid, toAlphaRao } = movement;
  const target = { toNetuid, toHotkey, toColdkey, toAmountRao: toAlphaRao };
  bookFlow(context, { event, action, netuid, hotkey, coldkey, amountRao: alphaRao, ...target });
}

function bookFlow(context: BlockContext, flow: Omit<TrueFlow, "block" | "timeMs" | "extrinsic">): void {
  const extrinsic = context.extrinsic ?? 0;
  context.truth.flows.push({ block: context.number, timeMs: context.timeMs, extrinsic, ...flow });
}
