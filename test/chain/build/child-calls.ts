import type { Account } from "../account.js";
import { decodeVector, u64, vector } from "../scale/hex.js";
import { storageKey } from "../state/storage-key.js";
import type { BlockContext } from "./block-context.js";

/** What part of its stake a hotkey lends to a child, and to whom. */
export type Child = readonly [proportion: bigint, hotkey: Account];

/** A proportion and an account. */
const PARENT_BYTES = 40;

/** Names the children of a hotkey on a subnet; each knows its parents from then on. */
export function setChildren(context: BlockContext, parent: Account, netuid: number, children: readonly Child[]): void {
  const { state } = context;
  for (const [proportion, child] of children) {
    const key = storageKey.parentKeys(netuid, child);
    const hex = state.read(key);
    const others = (hex === undefined ? [] : decodeVector(hex, PARENT_BYTES)).filter((item) => !item.endsWith(parent.slice(2)));
    state.write(key, vector([...others, u64(proportion) + parent.slice(2)]));
  }
  context.emit("SubtensorModule", "SetChildren", [parent, netuid, children]);
}
