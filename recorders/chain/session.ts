import { BLOCK_MS, TenureError } from "../../engine/index.js";
import { firstBlock, lastBlock } from "./blocks/find-block.js";
import { explainPruned, type RawBlock, readHash, readRawBlock } from "./blocks/raw-block.js";
import { DEFAULT_CONCURRENCY, DEFAULT_PRICE_EVERY_BLOCKS, type RecordChainOptions } from "./record-options.js";
import { ChainClient } from "./rpc/chain-client.js";
import { ChainLibrary } from "./runtime/chain-library.js";
import { Runtimes } from "./runtime/runtimes.js";
import { readStorage, walkKeys } from "./storage/read-storage.js";
import { subtensorKeys } from "./storage/subtensor-keys.js";

/** A chain that answers, and the range of it that is wanted. */
export interface ChainSession {
  readonly client: ChainClient;
  readonly runtimes: Runtimes;
  readonly chainName: string;
  /** Ascending, each once. */
  readonly netuids: readonly number[];
  readonly fromBlock: number;
  readonly toBlock: number;
}

/**
 * Connects, and finds out what the options mean on this chain.
 * @param signal ends every request
 * @throws TenureError `TEN-CHAIN-001`, `-004`, `-020` to `-024`
 */
export async function openSession(options: RecordChainOptions, signal: AbortSignal): Promise<ChainSession> {
  const { endpoints, concurrency = DEFAULT_CONCURRENCY, patience, clock, onTrouble } = options;
  const client = new ChainClient({ endpoints, concurrency, patience, clock, onTrouble, signal });
  try {
    await client.connect();
    const library = new ChainLibrary(client);
    const chainName = await library.chainName().catch(async (error) => {
      throw await explainPruned(client, client.finalizedBlock, error);
    });
    const fromBlock = await firstBlock(client, options.from);
    const toBlock = await lastBlock(client, options.to);
    requireRange(fromBlock, toBlock);
    const netuids = [...new Set(options.netuids)].sort((a, b) => a - b);
    await requireSubnets(client, netuids, fromBlock, toBlock);
    return {
      client,
      runtimes: new Runtimes(library),
      chainName,
      netuids,
      fromBlock,
      toBlock,
    };
  } catch (error) {
    client.close();
    throw error;
  }
}

/**
 * The block before the first one that is recorded, with prices: the state that a recording begins from.
 * @throws TenureError `TEN-CHAIN-005` the node has thrown its state away
 */
export async function readBlockBefore(session: ChainSession, block: number, options: RecordChainOptions): Promise<RawBlock> {
  const { client, netuids } = session;
  const number = block - 1;
  const hash = await readHash(client, number);
  const request = { netuids, priceEveryBlocks: options.priceEveryBlocks ?? DEFAULT_PRICE_EVERY_BLOCKS };
  try {
    const raw = await readRawBlock(client, request, number, hash, true);
    if (raw.timeMs > 0) return raw;
    // Genesis is made without a time: a block before the first one that has one.
    const { timeMs } = await readRawBlock(client, request, block, await readHash(client, block));
    return { ...raw, timeMs: Math.max(0, timeMs - BLOCK_MS) };
  } catch (error) {
    throw await explainPruned(client, number, error);
  }
}

function requireRange(fromBlock: number, toBlock: number): void {
  if (fromBlock < 1) {
    throw new TenureError({
      code: "TEN-CHAIN-022",
      what: "A recording begins from the state of the block before, so it cannot begin with block 0.",
      place: { path: "--from" },
      found: fromBlock,
      allowed: "1 or more",
    });
  }
  if (fromBlock <= toBlock) return;
  throw new TenureError({
    code: "TEN-CHAIN-022",
    what: "The range ends before it begins.",
    place: { path: "--to" },
    found: `blocks ${fromBlock} to ${toBlock}`,
    allowed: `--to at block ${fromBlock} or later`,
  });
}

/** @throws TenureError `TEN-CHAIN-023` a subnet that there is neither at the end of the range nor at its beginning */
async function requireSubnets(client: ChainClient, netuids: readonly number[], fromBlock: number, toBlock: number): Promise<void> {
  let missing = netuids;
  for (const block of [toBlock, fromBlock]) {
    missing = await subnetsMissing(client, missing, block);
    if (missing.length === 0) return;
  }
  const known = await subnetsOf(client, toBlock);
  throw new TenureError({
    code: "TEN-CHAIN-023",
    what: "There is no such subnet on this chain.",
    place: { path: "--netuid", block: toBlock },
    found: missing[0],
    allowed: known.length === 0 ? "a subnet of the chain" : known.join(", "),
  });
}

async function subnetsMissing(client: ChainClient, netuids: readonly number[], block: number): Promise<number[]> {
  const keys = netuids.map((netuid) => subtensorKeys.ofSubnet("NetworksAdded", netuid));
  try {
    const values = await readStorage(client, keys, await readHash(client, block));
    return netuids.filter((_, index) => values[index] !== "0x01");
  } catch (error) {
    throw await explainPruned(client, block, error);
  }
}

async function subnetsOf(client: ChainClient, block: number): Promise<number[]> {
  const known: number[] = [];
  await walkKeys(client, subtensorKeys.all("NetworksAdded"), await readHash(client, block), (keys) => {
    for (const key of keys) known.push(Buffer.from(key.slice(-4), "hex").readUInt16LE(0));
  });
  return known.sort((a, b) => a - b);
}
