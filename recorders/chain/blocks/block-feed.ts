import type { ChainClient } from "../rpc/chain-client.js";
import { otherFork } from "../rpc/chain-errors.js";
import { type RawBlock, type RawBlockRequest, readHashes, readRawBlock } from "./raw-block.js";

/** Hashes of one `chain_getBlockHash`. */
export const HASHES_PER_REQUEST = 256;
/** Blocks fetched ahead, for each request that may be under way: enough that a slow answer does not hold up the others. */
const AHEAD_PER_REQUEST = 4;

/**
 * Blocks `from` to `to` in order, fetched ahead of their use with as many requests at a time as the client allows. Only
 * blocks that the node in use calls final are asked for; at its head the feed waits for the chain to go on.
 * @param to Infinity: without end
 * @param concurrency how many requests the client has under way at the most
 * @throws what `readRawBlock` throws
 */
export async function* blockFeed(
  client: ChainClient,
  request: RawBlockRequest,
  from: number,
  to: number,
  concurrency: number,
): AsyncGenerator<RawBlock> {
  const ahead: Promise<RawBlock>[] = [];
  let hashes: string[] = [];
  /** Block that `hashes[0]` is of; it begins one block before the first that is fetched, which must be its parent. */
  let firstHashed = from;
  let next = from;
  while (next <= to || ahead.length > 0) {
    while (next <= to && ahead.length < concurrency * AHEAD_PER_REQUEST) {
      if (hashes.length === 0 || next - firstHashed >= hashes.length) {
        if (client.finalizedBlock < next) {
          // What is there already is handed out before the feed waits for the chain to go on.
          if (ahead.length > 0) break;
          await client.waitForFinalized(next);
          client.signal.throwIfAborted();
        }
        const parent = hashes.at(-1);
        firstHashed = Math.max(0, next - 1);
        hashes = await readHashes(client, firstHashed, Math.min(to, firstHashed + HASHES_PER_REQUEST - 1, client.finalizedBlock));
        // After a change of node: it must be of the fork that the blocks so far are of.
        if (parent !== undefined && hashes[0] !== parent) throw otherFork(client.endpoint, firstHashed, hashes[0], parent);
      }
      const hash = hashes[next - firstHashed];
      const block = readRawBlock(client, request, next, hash);
      // Whoever takes it is told; after an interruption nobody may.
      block.catch(() => undefined);
      ahead.push(block);
      next++;
    }
    yield await (ahead.shift() as Promise<RawBlock>);
  }
}
