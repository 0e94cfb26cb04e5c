import { type StreamKind, TenureError } from "../../engine/index.js";
import type { RecordingManifest } from "../streams/index.js";
import { BlockAttribution } from "./attribution/block-attribution.js";
import { blockFeed } from "./blocks/block-feed.js";
import { explainPruned, type RawBlock } from "./blocks/raw-block.js";
import { ChunkFacts } from "./chunk-facts.js";
import { ChainFolder, type RecordingIdentity } from "./folder/chain-folder.js";
import { withChunk } from "./folder/chain-manifest.js";
import { AccountAddresses, ChunkWriter } from "./folder/chunk-writer.js";
import { type Opening, openRecordingOfChain, reopenRecordingOfChain } from "./opening.js";
import {
  DEFAULT_CHUNK_BLOCKS,
  DEFAULT_CONCURRENCY,
  DEFAULT_PRICE_EVERY_BLOCKS,
  type RecordChainOptions,
  type RecordReport,
} from "./record-options.js";
import { WALL_CLOCK } from "./rpc/clock.js";
import { DEFAULT_PATIENCE } from "./rpc/patience.js";
import { untilAborted } from "./rpc/until-aborted.js";
import { type ChainSession, openSession, readBlockBefore } from "./session.js";

const KINDS: readonly StreamKind[] = ["stake", "emission", "balances", "price", "registry"];
/**
 * Records a range of a chain, or goes on with a recording that was interrupted. Chunks are written whole or not at all; an
 * abort, or a refusal in the middle of a chunk, closes it at the last good block, and the next call takes that chunk up again
 * from its beginning, so that the bytes in the end do not depend on interruptions.
 * @throws TenureError `TEN-CHAIN-...`, `TEN-STREAM-...`
 */
export async function recordChain(options: RecordChainOptions): Promise<RecordReport> {
  const { signal } = options;
  const ending = new AbortController();
  // Closing the chunk at hand takes a few requests; a node that is slow by then is not waited for.
  const closingMs = options.patience?.closingMs ?? DEFAULT_PATIENCE.closingMs;
  const clock = options.clock ?? WALL_CLOCK;
  let callOff = () => {};
  const onAbort = () => {
    callOff = clock.alarm(closingMs, () => ending.abort());
  };
  signal?.throwIfAborted();
  // A folder that is not to be written to is told of before a node is asked for anything.
  await ChainFolder.read(options.out);
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    const session = await untilAborted(openSession(options, ending.signal), signal);
    try {
      return await recordSession(session, options);
    } finally {
      ending.abort();
      session.client.close();
    }
  } finally {
    callOff();
    ending.abort();
    signal?.removeEventListener("abort", onAbort);
  }
}

async function recordSession(session: ChainSession, options: RecordChainOptions): Promise<RecordReport> {
  const identity: RecordingIdentity = {
    genesis_hash: session.client.genesisHash,
    netuids: session.netuids,
    from_block: session.fromBlock,
    chunk_blocks: options.chunkBlocks ?? DEFAULT_CHUNK_BLOCKS,
    price_every_blocks: options.priceEveryBlocks ?? DEFAULT_PRICE_EVERY_BLOCKS,
    weights: options.weights ?? false,
    ...(options.validatorWeights === true ? { validator_weights: true } : {}),
  };
  const folder = await ChainFolder.open(options.out, identity);
  const recorder = new ChainRecorder(session, options, identity, folder);
  try {
    await recorder.record();
  } finally {
    await recorder.abandon();
    await folder.release();
  }
  return {
    folder: options.out,
    manifest: folder.manifest,
    blocks: recorder.blocks,
    requests: session.client.requests,
    interrupted: options.signal?.aborted === true,
  };
}

/** The chunk under way. */
interface Chunk {
  readonly writer: ChunkWriter;
  readonly facts: ChunkFacts;
}

class ChainRecorder {
  /** Blocks kept by this call. */
  blocks = 0;
  readonly #accounts = new AccountAddresses();
  #chunk: Chunk | undefined;

  constructor(
    private readonly session: ChainSession,
    private readonly options: RecordChainOptions,
    private readonly identity: RecordingIdentity,
    private readonly folder: ChainFolder,
  ) {}

  async record(): Promise<void> {
    const { signal } = this.options;
    const { client } = this.session;
    const last = this.options.follow === true ? Number.POSITIVE_INFINITY : this.session.toBlock;
    const recorded = this.folder.manifest?.chain;
    const tail = recorded?.chunks.at(-1);
    if (tail !== undefined) {
      await client.anchorAt(tail.to_block, tail.to_hash);
      if (tail.to_block >= last) return;
    }
    const first = this.#resumeAt(this.folder.manifest);
    const before = await untilAborted(readBlockBefore(this.session, first, this.options), signal);
    const opening = await untilAborted(this.#open(before), signal);
    const attribution = new BlockAttribution(
      { ...this.session, ...opening, weights: this.identity.weights, validatorWeights: this.identity.validator_weights === true },
      opening.previous,
    );
    this.#chunk = await this.#newChunk(first, opening.previous.timeMs);
    await this.#chunk.writer.write(opening.rows);

    const request = { netuids: this.session.netuids, priceEveryBlocks: this.identity.price_every_blocks };
    const feed = blockFeed(client, request, first, last, this.options.concurrency ?? DEFAULT_CONCURRENCY);
    let next = first;
    try {
      for (; next <= last; next++) {
        const raw = (await untilAborted(feed.next(), signal)).value as RawBlock;
        client.noteAnchor(raw.block, raw.hash);
        this.#chunk ??= await this.#newChunk(next, attribution.last.timeMs);
        const rows = await attribution.take(raw, this.#chunk.facts.ledger);
        this.#chunk.facts.take(raw, attribution.last.runtime);
        await this.#chunk.writer.write(rows);
        this.#report(raw.block, first, last);
        if (raw.block === last || (raw.block + 1) % this.identity.chunk_blocks === 0) await this.#close(attribution);
        signal?.throwIfAborted();
      }
    } catch (error) {
      const refusal = await explainPruned(client, next, error);
      await this.#keep(attribution, refusal);
      if (signal?.aborted !== true) throw refusal;
    }
  }

  async abandon(): Promise<void> {
    await this.#chunk?.writer.abandon();
  }

  /** A chunk that was closed before its end is recorded again from its beginning. */
  #resumeAt(manifest: RecordingManifest | undefined): number {
    const tail = manifest?.chain?.chunks.at(-1);
    if (tail === undefined) return this.identity.from_block;
    const isWhole = (tail.to_block + 1) % this.identity.chunk_blocks === 0;
    return isWhole ? tail.to_block + 1 : tail.from_block;
  }

  #open(before: RawBlock): Promise<Opening> {
    const { manifest, path } = this.folder;
    if (manifest !== undefined && before.block >= this.identity.from_block) {
      return reopenRecordingOfChain(this.session, before, path, manifest);
    }
    return openRecordingOfChain(this.session, before, (done, hotkeys) =>
      this.options.onProgress?.({ stage: "finding positions", done, total: done === 0 ? undefined : hotkeys, block: before.block }),
    );
  }

  async #newChunk(fromBlock: number, previousMs: number): Promise<Chunk> {
    const { manifest } = this.folder;
    // A recording that was begun without marks goes on without: in part of its time they would say that nothing ended before.
    const isMarked = manifest === undefined || manifest.streams.epoch_marks !== undefined;
    const kinds: readonly StreamKind[] = [
      ...KINDS,
      ...(this.identity.weights ? ["weights" as const] : []),
      ...(this.identity.validator_weights === true ? ["validator_weights" as const] : []),
      ...(isMarked ? ["epoch_marks" as const] : []),
    ];
    return { writer: await ChunkWriter.open(this.folder, kinds, this.#accounts), facts: new ChunkFacts(fromBlock, previousMs) };
  }

  /** Ends the chunk with the block that was taken last, and names it in the manifest. */
  async #close(attribution: BlockAttribution): Promise<void> {
    const chunk = this.#chunk;
    const last = chunk?.facts.last;
    if (chunk === undefined || last === undefined) return;
    await chunk.writer.write(await attribution.close(chunk.facts.ledger));
    const isFirst = chunk.facts.fromBlock === this.identity.from_block;
    const files = await chunk.writer.finish(chunk.facts.fromBlock, last.block, isFirst);
    this.#chunk = undefined;
    const before = this.folder.manifest?.chain?.to_block ?? this.identity.from_block - 1;
    await this.folder.commit(
      withChunk(this.folder.manifest, this.folder.manifest?.chain?.name ?? this.session.chainName, this.identity, {
        files,
        facts: chunk.facts.facts(last),
      }),
    );
    this.blocks += Math.max(0, last.block - before);
  }

  /** After an interruption or a refusal: closes the chunk at hand, unless it would be shorter than what is there already. */
  async #keep(attribution: BlockAttribution, reason: unknown): Promise<void> {
    const last = this.#chunk?.facts.last;
    if (last === undefined || last.block <= (this.folder.manifest?.chain?.to_block ?? -1)) return;
    // A node that has stopped answering will not answer what closing asks either.
    if (reason instanceof TenureError && (reason.code === "TEN-CHAIN-002" || reason.code === "TEN-STREAM-017")) return;
    try {
      await this.#close(attribution);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      // The reason itself once more: it is told as what ended the recording.
      if (error instanceof TenureError && reason instanceof TenureError && error.code === reason.code) return;
      this.options.onTrouble?.(`The blocks since the last whole chunk could not be kept: ${error.message}`);
    }
  }

  #report(block: number, first: number, last: number): void {
    const isFollowing = last === Number.POSITIVE_INFINITY;
    const total = isFollowing ? undefined : last - first + 1;
    this.options.onProgress?.({ stage: isFollowing ? "following" : "recording", done: block - first + 1, total, block });
  }
}
