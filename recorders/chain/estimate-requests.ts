import { HASHES_PER_REQUEST } from "./blocks/block-feed.js";
import { bytesOf, unsigned } from "./little-endian.js";
import { openRecordingOfChain } from "./opening.js";
import { DEFAULT_CHUNK_BLOCKS, DEFAULT_CONCURRENCY, type RecordChainOptions } from "./record-options.js";
import { openSession, readBlockBefore } from "./session.js";
import { KEYS_PER_REQUEST, readStorage } from "./storage/read-storage.js";
import { subtensorKeys } from "./storage/subtensor-keys.js";

/** Where the chain says nothing of it. */
const DEFAULT_TEMPO = 360;

/** What a recording will ask of a node. */
export interface RequestEstimate {
  readonly chain: string;
  readonly from_block: number;
  readonly to_block: number;
  readonly blocks: number;
  /** On the recorded subnets, before the first block. */
  readonly positions: number;
  readonly hotkeys: number;
  readonly requests: {
    /** Connecting, and finding who holds what. Counted: the estimate has just made them. */
    readonly opening: number;
    readonly hashes: number;
    readonly blocks: number;
    readonly epochs: number;
    readonly chunks: number;
    readonly total: number;
  };
  readonly epochs: number;
  readonly chunks: number;
  /** How long it takes where each answer takes as long as those to this estimate. */
  readonly seconds: number;
}

/** Answers that are timed, one after the other. */
const TIMED_READS = 3;

/**
 * Says how many requests a recording takes, without recording: the opening is done for it, the rest is computed. Blocks with a
 * registration, a key swap, a root claim or the like take two to five more each, which cannot be known before.
 * @throws TenureError what `recordChain` throws before its first block
 */
export async function estimateRequests(options: RecordChainOptions): Promise<RequestEstimate> {
  const ending = new AbortController();
  const onAbort = () => ending.abort(options.signal?.reason);
  options.signal?.throwIfAborted();
  options.signal?.addEventListener("abort", onAbort, { once: true });
  try {
    const session = await openSession(options, ending.signal);
    const { client, netuids, fromBlock, toBlock } = session;
    try {
      const before = await readBlockBefore(session, fromBlock, options);
      const { positions, previous } = await openRecordingOfChain(session, before, (done, hotkeys) =>
        options.onProgress?.({ stage: "finding positions", done, total: done === 0 ? undefined : hotkeys, block: before.block }),
      );
      const opening = client.requests;
      const tempos = await readStorage(
        client,
        netuids.map((netuid) => subtensorKeys.ofSubnet("Tempo", netuid)),
        before.hash,
      );
      const blocks = toBlock - fromBlock + 1;
      const chunkBlocks = options.chunkBlocks ?? DEFAULT_CHUNK_BLOCKS;
      const chunks = Math.floor(toBlock / chunkBlocks) - Math.floor(fromBlock / chunkBlocks) + 1;
      const items = (names: readonly string[]) => names.filter((name) => previous.runtime.hasStorage("SubtensorModule", name)).length;
      const [sums, shares] = [items(["TotalHotkeyShares", "TotalHotkeySharesV2"]), items(["Alpha", "AlphaV2"])];
      let [epochs, epochRequests, chunkRequests, hotkeys] = [0, 0, 0, 0];
      netuids.forEach((netuid, index) => {
        const held = positions.on([netuid]);
        const own = new Set(held.map(({ hotkey }) => hotkey)).size;
        const tempo = tempos[index] === null ? DEFAULT_TEMPO : Number(unsigned(bytesOf(tempos[index])));
        const balances = Math.ceil((own * (1 + sums) + held.length * shares) / KEYS_PER_REQUEST);
        const seats = 2 * Math.ceil((before.subnets[index]?.uids ?? 0) / KEYS_PER_REQUEST);
        const ownEpochs = Math.floor(blocks / (tempo + 1));
        epochs += ownEpochs;
        // Balances before and after, what the chain says of the epoch, the seats, and what validators set.
        const set = options.validatorWeights === true ? Math.ceil((2 * (before.subnets[index]?.uids ?? 0) + 4) / KEYS_PER_REQUEST) : 0;
        epochRequests += ownEpochs * (2 * balances + 2 + seats + set);
        chunkRequests += chunks * (balances + seats);
        hotkeys += own;
      });
      const hashes = Math.ceil(blocks / (HASHES_PER_REQUEST - 1));
      const total = opening + hashes + blocks + epochRequests + chunkRequests;
      const began = performance.now();
      for (let read = 0; read < TIMED_READS; read++) await readBlockBefore(session, fromBlock, options);
      // Each reads a hash and a block.
      const answerMs = (performance.now() - began) / (2 * TIMED_READS);
      return {
        chain: session.chainName,
        from_block: fromBlock,
        to_block: toBlock,
        blocks,
        positions: positions.size,
        hotkeys,
        requests: {
          opening,
          hashes,
          blocks,
          epochs: epochRequests,
          chunks: chunkRequests,
          total,
        },
        epochs,
        chunks,
        seconds: Math.ceil((total * answerMs) / 1_000 / (options.concurrency ?? DEFAULT_CONCURRENCY)),
      };
    } finally {
      client.close();
    }
  } finally {
    options.signal?.removeEventListener("abort", onAbort);
    ending.abort();
  }
}
