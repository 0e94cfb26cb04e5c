import type { RecordingManifest } from "../streams/index.js";
import type { Bound } from "./blocks/bound.js";
import type { Clock } from "./rpc/clock.js";
import type { Patience } from "./rpc/patience.js";

/** Blocks of a chunk: a day of 12-second blocks. */
export const DEFAULT_CHUNK_BLOCKS = 7_200;
/** Two minutes of 12-second blocks. */
export const DEFAULT_PRICE_EVERY_BLOCKS = 10;
export const DEFAULT_CONCURRENCY = 8;

/** How far a recording is. */
export interface RecordProgress {
  readonly stage: "finding positions" | "recording" | "following";
  /** Blocks done in this call; hotkeys while positions are found. */
  readonly done: number;
  /** Undefined when there is no end. */
  readonly total: number | undefined;
  /** The block it is at. */
  readonly block: number;
}

/** What is recorded of a chain, and into which folder. */
export interface RecordChainOptions {
  readonly endpoints: readonly string[];
  readonly netuids: readonly number[];
  readonly from: Exclude<Bound, "head">;
  readonly to: Bound;
  readonly out: string;
  /** Goes on with the chain after `to` (which is the head then) until it is interrupted. */
  readonly follow?: boolean;
  readonly concurrency?: number;
  readonly chunkBlocks?: number;
  readonly priceEveryBlocks?: number;
  /** Also records incentives, as base weights. */
  readonly weights?: boolean;
  /** Also records what validators had set at each epoch, for `weights: { from: yuma }`. */
  readonly validatorWeights?: boolean;
  readonly patience?: Partial<Patience>;
  /** What `patience` is measured by; left out: the time of this machine. */
  readonly clock?: Clock;
  readonly onProgress?: (progress: RecordProgress) => void;
  /** Told of what goes wrong and is mended, in words. */
  readonly onTrouble?: (words: string) => void;
  /** An abort ends the recording after the block at hand; what is done is kept. */
  readonly signal?: AbortSignal;
}

/** What was recorded of a chain. */
export interface RecordReport {
  readonly folder: string;
  /** Undefined where nothing could be kept: it was interrupted before the first chunk. */
  readonly manifest: RecordingManifest | undefined;
  /** Blocks recorded by this call; 0 when all was there. */
  readonly blocks: number;
  /** Requests sent by this call. */
  readonly requests: number;
  readonly interrupted: boolean;
}
