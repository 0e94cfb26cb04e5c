import type { Account } from "../account.js";
import { SPEC } from "../metadata/specs.js";
import { subnetPrice, worthRao } from "../state/subnet-price.js";
import { type BlockContext, changeSilently, type Position } from "./block-context.js";
import { addStake } from "./stake-calls.js";

/** Alpha that is destroyed: recycled into the subnet's emission, or burned for good. */
export function destroyAlpha(context: BlockContext, event: "AlphaRecycled" | "AlphaBurned", position: Position, alphaRao: bigint): void {
  const { netuid, hotkey, coldkey } = position;
  changeSilently(context, event, [position], () => context.pools.remove(netuid, hotkey, coldkey, alphaRao));
  context.emit("SubtensorModule", event, [coldkey, hotkey, alphaRao, netuid]);
}

/** TAO that buys alpha and burns it at once: nothing of it stays in the position, which may be worth a rao less than it got. */
export function addStakeBurn(context: BlockContext, position: Position, taoRao: bigint, alphaRao: bigint): void {
  const { netuid, hotkey, coldkey } = position;
  addStake(context, coldkey, hotkey, netuid, alphaRao);
  const valueRao = context.pools.valueRao(netuid, hotkey, coldkey);
  destroyAlpha(context, "AlphaBurned", position, alphaRao < valueRao ? alphaRao : valueRao);
  context.emit("SubtensorModule", "AddStakeBurn", { netuid, hotkey, amount: taoRao, alpha: alphaRao });
}

export interface RootClaim {
  readonly hk: Account;
  readonly netuid: number;
  readonly alpha: bigint;
}

/** Root dividends that a coldkey claims as alpha: one event without amounts for all of them. */
export function claimRoot(context: BlockContext, coldkey: Account, claims: readonly RootClaim[]): void {
  for (const { hk, netuid, alpha } of claims) {
    const position = { netuid, hotkey: hk, coldkey };
    changeSilently(context, "RootClaimed", [position], () => context.pools.add(netuid, hk, coldkey, alpha));
  }
  context.emit("SubtensorModule", "RootClaimed", { coldkey });
}

/** A transaction fee paid in alpha; no event told so before `SPEC.alphaFeeEvent`. */
export function payFeeInAlpha(context: BlockContext, position: Position, alphaRao: bigint): void {
  const { netuid, hotkey, coldkey } = position;
  const isTold = context.runtime.spec >= SPEC.alphaFeeEvent;
  const cause = isTold ? "TransactionFeePaidWithAlpha" : "feeInAlpha";
  changeSilently(context, cause, [position], () => context.pools.remove(netuid, hotkey, coldkey, alphaRao));
  if (!isTold) return;
  const taoRao = worthRao(subnetPrice(context.state.read, context.runtime.spec, netuid), alphaRao);
  context.emit("SubtensorModule", "TransactionFeePaidWithAlpha", { who: coldkey, netuid, alpha_fee: alphaRao, tao_amount: taoRao });
}

/** A change of a position that nothing tells. */
export function changeWithoutEvent(context: BlockContext, position: Position, signedAlphaRao: bigint): void {
  const { netuid, hotkey, coldkey } = position;
  changeSilently(context, "silent", [position], () => {
    if (signedAlphaRao >= 0n) context.pools.add(netuid, hotkey, coldkey, signedAlphaRao);
    else context.pools.remove(netuid, hotkey, coldkey, -signedAlphaRao);
  });
}

/** User liquidity is paid from the position and returned to it. */
export function changeLiquidity(
  context: BlockContext,
  event: "LiquidityAdded" | "LiquidityRemoved",
  position: Position,
  taoRao: bigint,
  alphaRao: bigint,
): void {
  const { netuid, hotkey, coldkey } = position;
  const isAdded = event === "LiquidityAdded";
  changeSilently(context, event, [position], () => {
    if (isAdded) context.pools.remove(netuid, hotkey, coldkey, alphaRao);
    else context.pools.add(netuid, hotkey, coldkey, alphaRao);
  });
  context.emit("Swap", event, {
    coldkey,
    hotkey,
    netuid,
    position_id: 1n,
    liquidity: alphaRao,
    tao: taoRao,
    alpha: alphaRao,
    ...(isAdded ? {} : { fee_tao: 0n, fee_alpha: 0n }),
    tick_low: -1000,
    tick_high: 1000,
  });
}
