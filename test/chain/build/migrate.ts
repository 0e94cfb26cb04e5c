import { SPEC } from "../metadata/specs.js";
import { compact, text, u64 } from "../scale/hex.js";
import type { BlockState } from "../state/block-state.js";
import { poolShares, positionShares } from "../state/position-value.js";
import { encodeShares } from "../state/share-number.js";
import { LAST_RUNTIME_UPGRADE, storageKey } from "../state/storage-key.js";
import type { BlockContext } from "./block-context.js";
import { balanceQuote } from "./set-price.js";

const SPEC_NAME = "node-subtensor";

/** Writes the version whose migrations have run. */
export function writeLastUpgrade(state: BlockState, spec: number): void {
  state.write(LAST_RUNTIME_UPGRADE, compact(spec) + text(SPEC_NAME));
}

/** What the first block of a new runtime does before all else, coming from the version `from`. */
export function migrate(context: BlockContext, from: number): void {
  const to = context.runtime.spec;
  if (to <= from) throw new Error(`A runtime cannot go back from ${from} to ${to}`);
  if (from < SPEC.fixedPointShares && to >= SPEC.fixedPointShares) widenShares(context);
  if (from < SPEC.balancer && to >= SPEC.balancer) {
    for (const netuid of context.subnets()) {
      balanceQuote(context, netuid);
      const lastEpoch = context.state.amount(storageKey.subnet("LastMechansimStepBlock", netuid));
      context.state.write(storageKey.subnet("LastEpochBlock", netuid), u64(lastEpoch));
    }
  }
  writeLastUpgrade(context.state, to);
}

/** Writes every row of shares as U64F64; AlphaV2 in turn takes rows over one by one, when their stake changes. */
function widenShares({ state, pools }: BlockContext): void {
  for (const netuid of pools.subnets()) {
    for (const hotkey of pools.hotkeys(netuid)) {
      const pool = poolShares(state.read, netuid, hotkey);
      if (pool.numerator === 0n) continue;
      state.write(storageKey.totalHotkeyShares(netuid, hotkey), encodeShares("u64f64", pool));
      for (const coldkey of pools.coldkeys(netuid, hotkey)) {
        const shares = positionShares(state.read, netuid, hotkey, coldkey);
        state.write(storageKey.alpha(netuid, hotkey, coldkey), encodeShares("u64f64", shares));
      }
    }
  }
}
