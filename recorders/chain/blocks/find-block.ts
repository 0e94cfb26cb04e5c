import { instantText, TenureError } from "../../../engine/index.js";
import { bytesOf, unsigned } from "../little-endian.js";
import type { ChainClient } from "../rpc/chain-client.js";
import { RpcFailure } from "../rpc/rpc-failure.js";
import { readStorage } from "../storage/read-storage.js";
import { subtensorKeys } from "../storage/subtensor-keys.js";
import type { Bound } from "./bound.js";
import { readHash } from "./raw-block.js";

/**
 * The first block to record.
 * @throws TenureError `TEN-CHAIN-021` beyond the finalised head
 */
export async function firstBlock(client: ChainClient, bound: Exclude<Bound, "head">): Promise<number> {
  if ("block" in bound) return requireFinal(client, bound.block, "--from");
  const { finalizedBlock } = client;
  // The genesis block has no time, so it is never the first one at or after an instant.
  const block = await firstAtOrAfter(client, bound.timeMs, 1, finalizedBlock);
  if (block > finalizedBlock) throw await beyondHead(client, "--from", instantText(bound.timeMs));
  return block;
}

/**
 * The last block to record: the latest final one for `head`, the last one before or at an instant.
 * @throws TenureError `TEN-CHAIN-021` beyond the finalised head
 */
export async function lastBlock(client: ChainClient, bound: Bound): Promise<number> {
  const { finalizedBlock } = client;
  if (bound === "head") return finalizedBlock;
  if ("block" in bound) return requireFinal(client, bound.block, "--to");
  const after = await firstAtOrAfter(client, bound.timeMs + 1, 1, finalizedBlock);
  // A later block has a later time, so at the very time of the head nothing can come any more.
  if (after <= finalizedBlock || (await timeOf(client, finalizedBlock)) === bound.timeMs) return after - 1;
  throw await beyondHead(client, "--to", instantText(bound.timeMs));
}

async function requireFinal(client: ChainClient, block: number, option: string): Promise<number> {
  if (block <= client.finalizedBlock) return block;
  throw await beyondHead(client, option, String(block));
}

async function beyondHead(client: ChainClient, option: string, found: string): Promise<TenureError> {
  const { finalizedBlock } = client;
  const headMs = await timeOf(client, finalizedBlock);
  return new TenureError({
    code: "TEN-CHAIN-021",
    what: "The chain has not got that far: only final blocks are recorded.",
    place: { path: option },
    found,
    allowed: `up to block ${finalizedBlock}${headMs === undefined ? "" : ` (${instantText(headMs)})`}, the finalised head`,
    hint: "--to head stops there; --follow goes on with the chain.",
  });
}

/**
 * The first block of `from` to `to` whose time is at or after an instant; `to + 1` when there is none. A block whose state the
 * node has thrown away counts as earlier: whether the one that is found can be recorded is seen when its state is read.
 */
async function firstAtOrAfter(client: ChainClient, timeMs: number, from: number, to: number): Promise<number> {
  let [low, high] = [from, to + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (((await timeOf(client, middle)) ?? -1) < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Undefined where the node has thrown the state away. */
async function timeOf(client: ChainClient, block: number): Promise<number | undefined> {
  try {
    const [now] = await readStorage(client, [subtensorKeys.now], await readHash(client, block));
    return now === null ? 0 : Number(unsigned(bytesOf(now)));
  } catch (error) {
    if (error instanceof RpcFailure && error.kind === "pruned") return undefined;
    throw error;
  }
}
