import type { Account } from "../account.js";
import type { Value } from "../scale/encode.js";
import { addStakeBurn, changeLiquidity, claimRoot, destroyAlpha, payFeeInAlpha, type RootClaim } from "./alpha-calls.js";
import type { BlockContext } from "./block-context.js";
import { type Child, setChildren } from "./child-calls.js";
import { removeNetwork, swapColdkey, swapHotkey, swapHotkeyOnSubnet } from "./key-calls.js";
import { register, writeWeights } from "./neuron-calls.js";
import { addStake, moveStake, removeAllShares, removeStake, swapStake, transferStake } from "./stake-calls.js";

/** What one extrinsic does. All amounts are rao of alpha, all `tao` amounts rao of TAO. */
export class Extrinsic {
  readonly #context: BlockContext;

  constructor(context: BlockContext) {
    this.#context = context;
  }

  stakeAdded(ck: Account, hk: Account, netuid: number, alpha: bigint): void {
    addStake(this.#context, ck, hk, netuid, alpha);
  }

  /** Takes `alpha` from the position and, from spec 401 on, `fee` too; before that the fee is part of `alpha`. */
  stakeRemoved(ck: Account, hk: Account, netuid: number, alpha: bigint, fee = 0n): void {
    removeStake(this.#context, ck, hk, netuid, alpha, fee);
  }

  /** Takes `alpha` and, though the event does not say so, all shares that are left: what they are worth falls to the others. */
  stakeRemovedWithAllShares(ck: Account, hk: Account, netuid: number, alpha: bigint): void {
    removeAllShares(this.#context, ck, hk, netuid, alpha);
  }

  moved(ck: Account, hkFrom: Account, netuidFrom: number, hkTo: Account, netuidTo: number, alphaOut: bigint, alphaIn = alphaOut): void {
    const to = { toColdkey: ck, toHotkey: hkTo, toNetuid: netuidTo, toAlphaRao: alphaIn };
    moveStake(this.#context, { coldkey: ck, hotkey: hkFrom, netuid: netuidFrom, alphaRao: alphaOut, ...to });
  }

  transferred(
    ckFrom: Account,
    ckTo: Account,
    hk: Account,
    netuidFrom: number,
    netuidTo: number,
    alphaOut: bigint,
    alphaIn = alphaOut,
  ): void {
    const to = { toColdkey: ckTo, toHotkey: hk, toNetuid: netuidTo, toAlphaRao: alphaIn };
    transferStake(this.#context, { coldkey: ckFrom, hotkey: hk, netuid: netuidFrom, alphaRao: alphaOut, ...to });
  }

  swapped(ck: Account, hk: Account, netuidFrom: number, netuidTo: number, alphaOut: bigint, alphaIn: bigint): void {
    const to = { toColdkey: ck, toHotkey: hk, toNetuid: netuidTo, toAlphaRao: alphaIn };
    swapStake(this.#context, { coldkey: ck, hotkey: hk, netuid: netuidFrom, alphaRao: alphaOut, ...to });
  }

  /** Registers a hotkey at the lowest free uid, or at `replaceUid` in place of whoever has it; returns the uid. */
  register(netuid: number, hk: Account, ck: Account, replaceUid?: number): number {
    return register(this.#context, netuid, hk, ck, replaceUid);
  }

  burn(ck: Account, hk: Account, netuid: number, alpha: bigint): void {
    destroyAlpha(this.#context, "AlphaBurned", { netuid, hotkey: hk, coldkey: ck }, alpha);
  }

  recycle(ck: Account, hk: Account, netuid: number, alpha: bigint): void {
    destroyAlpha(this.#context, "AlphaRecycled", { netuid, hotkey: hk, coldkey: ck }, alpha);
  }

  hotkeySwapped(ck: Account, oldHotkey: Account, newHotkey: Account): void {
    swapHotkey(this.#context, ck, oldHotkey, newHotkey);
  }

  hotkeySwappedOnSubnet(ck: Account, oldHotkey: Account, newHotkey: Account, netuid: number): void {
    swapHotkeyOnSubnet(this.#context, ck, oldHotkey, newHotkey, netuid);
  }

  coldkeySwapped(oldColdkey: Account, newColdkey: Account): void {
    swapColdkey(this.#context, oldColdkey, newColdkey);
  }

  networkRemoved(netuid: number): void {
    removeNetwork(this.#context, netuid);
  }

  rootClaimed(ck: Account, claims: readonly RootClaim[]): void {
    claimRoot(this.#context, ck, claims);
  }

  /** The position pays `alpha` into the pool of the subnet. */
  liquidityAdded(ck: Account, hk: Account, netuid: number, tao: bigint, alpha: bigint): void {
    changeLiquidity(this.#context, "LiquidityAdded", { netuid, hotkey: hk, coldkey: ck }, tao, alpha);
  }

  /** The position gets `alpha` back from the pool of the subnet. */
  liquidityRemoved(ck: Account, hk: Account, netuid: number, tao: bigint, alpha: bigint): void {
    changeLiquidity(this.#context, "LiquidityRemoved", { netuid, hotkey: hk, coldkey: ck }, tao, alpha);
  }

  feeInAlpha(ck: Account, hk: Account, netuid: number, alpha: bigint): void {
    payFeeInAlpha(this.#context, { netuid, hotkey: hk, coldkey: ck }, alpha);
  }

  addStakeBurn(netuid: number, hk: Account, ck: Account, tao: bigint, alpha: bigint): void {
    addStakeBurn(this.#context, { netuid, hotkey: hk, coldkey: ck }, tao, alpha);
  }

  /** @param weights by uid; left out: the event alone */
  weightsSet(netuid: number, uid: number, weights?: readonly (readonly [uid: number, weight: number])[]): void {
    if (weights !== undefined) writeWeights(this.#context, netuid, uid, weights);
    this.event("SubtensorModule", "WeightsSet", [netuid, uid]);
  }

  setChildren(hk: Account, netuid: number, children: readonly Child[]): void {
    setChildren(this.#context, hk, netuid, children);
  }

  /** Emits any event of the runtime, without doing anything. */
  event(pallet: string, name: string, values: Value): void {
    this.#context.emit(pallet, name, values);
  }
}
