import { TenureError } from "../../../engine/index.js";
import { bytesOf, unsigned } from "../little-endian.js";
import type { ChainClient } from "../rpc/chain-client.js";
import { unreadableAnswer } from "../rpc/chain-errors.js";
import { RpcFailure } from "../rpc/rpc-failure.js";
import { readCompact } from "../runtime/scale-type.js";
import { priceKeys } from "../storage/alpha-price.js";
import { readStorage } from "../storage/read-storage.js";
import { subtensorKeys } from "../storage/subtensor-keys.js";

/** What one request tells of a block. */
export interface RawBlock {
  readonly block: number;
  readonly hash: string;
  readonly timeMs: number;
  /** Of the runtime that made it. */
  readonly specVersion: number;
  /** Value of System.Events; null: none. */
  readonly events: string | null;
  /** By recorded subnet, in their order. */
  readonly subnets: readonly RawSubnet[];
}

export interface RawSubnet {
  readonly netuid: number;
  /** Block of the subnet's last epoch; -1: none yet. */
  readonly lastEpochBlock: number;
  /** How many uids are in use. */
  readonly uids: number;
  /** Values of `priceKeys`; null in blocks whose price is not recorded. */
  readonly price: readonly (string | null)[] | null;
}

/** Which blocks' prices are recorded: every so many. */
export interface RawBlockRequest {
  readonly netuids: readonly number[];
  readonly priceEveryBlocks: number;
}

/**
 * Reads a block with one request: its events, time and runtime, and of each subnet whether an epoch ended in it. The keys are
 * the same under every runtime; what a runtime does not know is null.
 * @throws TenureError `TEN-CHAIN-006`; RpcFailure `pruned`; what `ChainClient.call` throws
 */
export async function readRawBlock(
  client: ChainClient,
  { netuids, priceEveryBlocks }: RawBlockRequest,
  block: number,
  hash: string,
  forcePrice = false,
): Promise<RawBlock> {
  const withPrice = forcePrice || block % priceEveryBlocks === 0;
  const keys = [subtensorKeys.events, subtensorKeys.now, subtensorKeys.lastRuntimeUpgrade];
  for (const netuid of netuids) {
    keys.push(subtensorKeys.ofSubnet("LastMechansimStepBlock", netuid), subtensorKeys.ofSubnet("SubnetworkN", netuid));
    if (withPrice) keys.push(...priceKeys(netuid));
  }
  const [events, now, upgrade, ...rest] = await readStorage(client, keys, hash);
  if (upgrade === null) throw unreadableAnswer(client.endpoint, "state_queryStorageAt", `no System.LastRuntimeUpgrade in block ${block}`);
  // Genesis is made without a time; the first block has one.
  const timeMs = now === null ? 0 : Number(unsigned(bytesOf(now)));
  const width = rest.length / netuids.length;
  const subnets = netuids.map((netuid, index): RawSubnet => {
    const [last, uids, ...price] = rest.slice(index * width, (index + 1) * width);
    return {
      netuid,
      lastEpochBlock: last === null ? -1 : Number(unsigned(bytesOf(last))),
      uids: uids === null ? 0 : Number(unsigned(bytesOf(uids))),
      price: withPrice ? price : null,
    };
  });
  const specVersion = Number(readCompact({ bytes: bytesOf(upgrade), at: 0 }));
  return { block, hash, timeMs, specVersion, events, subnets };
}

/** How often a node that is behind another one is waited for. */
const HASH_ATTEMPTS = 3;

/**
 * Hashes of final blocks `from` to `to`, in one request. After a change of node the new one may be behind: it is waited for.
 * @throws TenureError `TEN-CHAIN-006`; what `ChainClient.call` throws
 */
export async function readHashes(client: ChainClient, from: number, to: number): Promise<string[]> {
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  for (let attempt = 1; ; attempt++) {
    const answer = await client.call("chain_getBlockHash", [numbers]);
    const hashes = Array.isArray(answer) ? (answer as unknown[]) : [];
    // A node that was asked before it was final there might name a block of another fork.
    const isFinal = client.finalizedBlock >= to;
    if (isFinal && hashes.length === numbers.length && hashes.every((hash) => typeof hash === "string")) return hashes as string[];
    if (attempt === HASH_ATTEMPTS) throw unreadableAnswer(client.endpoint, "chain_getBlockHash", answer);
    await client.waitForFinalized(to);
    client.signal.throwIfAborted();
  }
}

/** The hash of one block that is known to be final. */
export async function readHash(client: ChainClient, block: number): Promise<string> {
  return (await readHashes(client, block, block))[0];
}

/** Turns a node's word that a state is pruned into a refusal that says from which block on it has state. */
export async function explainPruned(client: ChainClient, block: number, error: unknown): Promise<unknown> {
  if (!(error instanceof RpcFailure) || error.kind !== "pruned") return error;
  const from = await oldestState(client, block).catch(() => undefined);
  return new TenureError({
    code: "TEN-CHAIN-005",
    what: `The node has no state of block ${block}: it is not an archive node.`,
    place: { path: client.endpoint },
    found: from === undefined ? "a pruned node" : `state from block ${from} on`,
    allowed: "an archive node",
    // A recording begins from the state of the block before, and that one was made by the runtime in the state of its parent.
    hint: `What is recorded stays. ${from === undefined ? "" : `This node can record --from ${from + 2} or later; `}history before needs an archive node.`,
  });
}

/** The oldest block after `block` whose state the node has, found by halving; undefined when it has none at all. */
async function oldestState(client: ChainClient, block: number): Promise<number | undefined> {
  let [without, withState] = [block, client.finalizedBlock];
  if (!(await hasState(client, withState))) return undefined;
  while (withState - without > 1) {
    const middle = Math.floor((without + withState) / 2);
    if (await hasState(client, middle)) withState = middle;
    else without = middle;
  }
  return withState;
}

async function hasState(client: ChainClient, block: number): Promise<boolean> {
  const hash = await readHash(client, block);
  try {
    await readStorage(client, [subtensorKeys.now], hash);
    return true;
  } catch (error) {
    if (error instanceof RpcFailure && error.kind === "pruned") return false;
    throw error;
  }
}
