import type { ChainClient } from "../rpc/chain-client.js";
import { byPosition, type PositionId, positionKey } from "./position-id.js";
import { type BlockState, requireAlpha } from "./read-balances.js";
import { walkKeys } from "./read-storage.js";
import { coldkeyOfKey, hotkeyOfKey, subtensorKeys } from "./subtensor-keys.js";

/** Told how far the search is. */
export type FindProgress = (hotkeysDone: number, hotkeys: number, keysRead: number) => void;

/**
 * All positions that there are on some subnets after a block: the hotkeys with alpha on them (a walk over all entries of
 * TotalHotkeyAlpha), then everyone who staked on each of these.
 * @throws TenureError `TEN-CHAIN-013`; what `ChainClient.call` throws
 */
export async function findPositions(
  client: ChainClient,
  state: BlockState,
  netuids: readonly number[],
  onProgress?: FindProgress,
): Promise<PositionId[]> {
  requireAlpha(state.runtime, state.block);
  let keysRead = 0;
  const hotkeys = new Set<string>();
  await walkKeys(client, subtensorKeys.all("TotalHotkeyAlpha"), state.hash, (keys) => {
    keysRead += keys.length;
    for (const key of keys) {
      const { hotkey, netuid } = hotkeyOfKey(key);
      if (netuids.includes(netuid)) hotkeys.add(hotkey);
    }
    onProgress?.(0, hotkeys.size, keysRead);
  });
  const items = ["Alpha", "AlphaV2"].filter((item) => state.runtime.hasStorage("SubtensorModule", item));
  const found = new Map<string, PositionId>();
  let done = 0;
  const search = async (hotkey: string): Promise<void> => {
    for (const item of items) {
      await walkKeys(client, subtensorKeys.positionsOf(item, hotkey), state.hash, (keys) => {
        keysRead += keys.length;
        for (const key of keys) {
          const { coldkey, netuid } = coldkeyOfKey(key);
          const position = { netuid, hotkey, coldkey };
          if (netuids.includes(netuid)) found.set(positionKey(position), position);
        }
      });
    }
    done++;
    onProgress?.(done, hotkeys.size, keysRead);
  };
  await Promise.all([...hotkeys].map(search));
  return [...found.values()].sort(byPosition);
}
