import type { Account } from "../account.js";
import type { Runtime } from "../metadata/runtime.js";
import type { Value } from "../scale/encode.js";
import type { BlockState } from "../state/block-state.js";
import type { SharePools } from "../state/share-pools.js";
import type { Truth } from "../truth.js";

/** What every operation on the block under construction works with. */
export interface BlockContext {
  readonly number: number;
  readonly timeMs: number;
  /** The runtime that the block runs with: that of its parent's state. */
  readonly runtime: Runtime;
  readonly state: BlockState;
  readonly pools: SharePools;
  readonly truth: Truth;
  /** The most neurons of each subnet. */
  readonly capacities: Map<number, number>;
  /** The subnets there are, in the order they were added. */
  readonly subnets: () => number[];
  /** The number of the extrinsic being applied. */
  readonly extrinsic: number | undefined;
  emit(pallet: string, event: string, values: Value): void;
}

export interface Position {
  readonly netuid: number;
  readonly hotkey: Account;
  readonly coldkey: Account;
}

/** Does something to positions and books what it changed as silent, under its cause. */
export function changeSilently(context: BlockContext, cause: string, positions: readonly Position[], change: () => void): void {
  const before = positions.map((each) => context.pools.valueRao(each.netuid, each.hotkey, each.coldkey));
  change();
  for (const [index, { netuid, hotkey, coldkey }] of positions.entries()) {
    const amountRao = context.pools.valueRao(netuid, hotkey, coldkey) - before[index];
    if (amountRao === 0n) continue;
    context.truth.silent.push({ block: context.number, timeMs: context.timeMs, cause, netuid, hotkey, coldkey, amountRao });
  }
}
