import { STREAM_KINDS, type StreamKind } from "../../../engine/index.js";
import {
  type ChainChunk,
  type ChainSection,
  RECORDING_FORMAT,
  RECORDING_VERSION,
  type RecordingFile,
  type RecordingManifest,
  recordingDigest,
} from "../../streams/index.js";
import { toolVersion } from "../../versions.js";
import type { RecordingIdentity } from "./chain-folder.js";

const ROOT = 0;

/** A chunk that is finished: its files, and what it says of itself. */
export interface FinishedChunk {
  readonly files: ReadonlyMap<StreamKind, RecordingFile>;
  readonly facts: ChainChunk;
}

/**
 * The manifest with a chunk more. An earlier, shorter one that begins at the same block is replaced. It holds no time of its
 * making and nothing of how often it was interrupted, so equal blocks give equal bytes.
 */
export function withChunk(
  earlier: RecordingManifest | undefined,
  chainName: string,
  identity: RecordingIdentity,
  { files, facts }: FinishedChunk,
): RecordingManifest {
  const chunks = [...(earlier?.chain?.chunks ?? []).filter(({ from_block }) => from_block < facts.from_block), facts];
  const streams: RecordingManifest["streams"] = {};
  for (const kind of STREAM_KINDS) {
    const kept = (earlier?.streams[kind]?.files ?? []).filter(({ path }) => firstBlockOf(path) < facts.from_block);
    const added = files.get(kind);
    const all = added === undefined ? kept : [...kept, added];
    if (all.length > 0) streams[kind] = { rows: all.reduce((sum, { rows }) => sum + rows, 0), files: all, notes: [] };
  }
  const { netuids, genesis_hash, from_block, chunk_blocks, price_every_blocks, weights, validator_weights } = identity;
  const chain: ChainSection = {
    name: chainName,
    genesis_hash,
    from_block,
    to_block: facts.to_block,
    chunk_blocks,
    price_every_blocks,
    weights,
    ...(validator_weights === true ? { validator_weights } : {}),
    spec_versions: [...new Set(chunks.flatMap(({ spec_versions }) => spec_versions.map(({ spec_version }) => spec_version)))],
    chunks,
  };
  return {
    format: RECORDING_FORMAT,
    version: RECORDING_VERSION,
    tool: { name: "tenure", version: toolVersion() },
    digest: recordingDigest(streams),
    source: { importer: "chain", inputs: [], options: {}, netuids: [...netuids], chain: chainName },
    coverage: "subnet",
    figures: figuresOf(chain),
    chain,
    streams,
    notes: notesOf(chain, netuids),
  };
}

/** The block that a chunk's file begins with, from its name. */
function firstBlockOf(path: string): number {
  return Number(/(\d+)-\d+\.arrow$/.exec(path)?.[1]);
}

function figuresOf({ from_block, to_block, chunks }: ChainSection): RecordingManifest["figures"] {
  const total = (count: (chunk: ChainChunk) => number) => chunks.reduce((sum, chunk) => sum + count(chunk), 0);
  return {
    blocks: to_block - from_block + 1,
    chunks: chunks.length,
    epochs: total(({ epochs }) => epochs),
    gaps: total(({ gaps }) => gaps.length),
    quarantined_blocks: total(({ quarantined }) => new Set(quarantined.flatMap(({ blocks }) => blocks)).size),
    rounding_rows: total(({ residuals }) => residuals.rounding.rows),
    unexplained_rows: total(({ residuals }) => residuals.unexplained.rows),
    unexplained_rao: chunks.reduce((sum, { residuals }) => sum + BigInt(residuals.unexplained.rao), 0n).toString(),
    worst_unexplained_rao: chunks.reduce((worst, { residuals }) => Math.max(worst, residuals.unexplained.worst_rao), 0),
    worst_epoch_excess_rao: worstExcess({ chunks }),
    worst_pay_difference_rao: chunks.reduce((worst, { residuals }) => Math.max(worst, residuals.pay_check.worst_rao), 0),
  };
}

/** The most that was recorded of an epoch beyond what the chain says it paid, rao. */
function worstExcess({ chunks }: Pick<ChainSection, "chunks">): number {
  const differences = chunks.flatMap(({ epoch_sums = [] }) =>
    epoch_sums.map(({ recorded_rao, unpaid_rao, emission_rao, owner_cut_rao }) =>
      Number(BigInt(recorded_rao) + BigInt(unpaid_rao) - BigInt(emission_rao) - BigInt(owner_cut_rao ?? 0)),
    ),
  );
  return differences.reduce((worst, each) => Math.max(worst, each), 0);
}

/** What to know before trusting the recording, in words. */
function notesOf({ chunks }: ChainSection, netuids: readonly number[]): string[] {
  const notes: string[] = [];
  const unexplained = chunks.reduce((sum, { residuals }) => sum + residuals.unexplained.rows, 0);
  if (unexplained > 0) {
    notes.push(
      `${unexplained === 1 ? "1 change of stake has" : `${unexplained} changes of stake have`} no event that explains it; written as unexplained, at the block before the next epoch at the latest.`,
    );
  }
  if (netuids.includes(ROOT)) {
    notes.push("The root has no epochs of its own: what its stake grew by is written at the end of each chunk, not as emission.");
  }
  const unread = chunks.flatMap(({ spec_versions }) => spec_versions.flatMap(({ unread_events }) => unread_events));
  if (unread.length > 0) {
    notes.push(
      `Events of a form that this Tenure does not know were passed over: ${[...new Set(unread)].join(", ")}. What they changed is written as unexplained.`,
    );
  }
  const gaps = chunks.flatMap((chunk) => chunk.gaps);
  if (gaps.length > 0)
    notes.push(
      `The chain stood still for over a minute ${gaps.length === 1 ? "once" : `${gaps.length} times`}, first after block ${gaps[0].after_block}.`,
    );
  return notes;
}
