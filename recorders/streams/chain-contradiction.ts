import type { ChainSection } from "./chain-section.js";

/** What is looked at of a manifest. */
interface ChainFiles {
  readonly chain?: ChainSection | undefined;
  readonly streams: Readonly<
    Record<
      string,
      { readonly files: readonly { readonly path: string; readonly from_block: number | null; readonly to_block: number | null }[] }
    >
  >;
}

/** What of a manifest does not agree with the rest of it. */
export interface Contradiction {
  /** In the manifest. */
  readonly path: string;
  readonly found: string | number;
  readonly allowed: string;
}

/**
 * Do the blocks that a recording of a chain says it holds agree with its chunks, these with each other, and its files with
 * them? The names of files are in the digest, so a block cannot be changed unseen.
 */
export function chainContradiction(manifest: ChainFiles): Contradiction | undefined {
  const { chain } = manifest;
  if (chain === undefined) return undefined;
  return inChunks(chain) ?? inFiles(manifest, chain);
}

function inChunks({ from_block, to_block, chunk_blocks, chunks, spec_versions }: ChainSection): Contradiction | undefined {
  let next = from_block;
  for (const [index, chunk] of chunks.entries()) {
    const path = `chain.chunks.${index}`;
    if (chunk.from_block !== next) {
      const where = index === 0 ? "chain.from_block" : "the block after the chunk before";
      return { path: `${path}.from_block`, found: chunk.from_block, allowed: `${next}, ${where}` };
    }
    const end = (Math.floor(next / chunk_blocks) + 1) * chunk_blocks - 1;
    const isLast = index === chunks.length - 1;
    if (chunk.to_block < next || chunk.to_block > end || (!isLast && chunk.to_block < end)) {
      return { path: `${path}.to_block`, found: chunk.to_block, allowed: isLast ? `${next} to ${end}` : `${end}, where its chunk ends` };
    }
    next = chunk.to_block + 1;
  }
  if (to_block !== next - 1) return { path: "chain.to_block", found: to_block, allowed: `${next - 1}, where its last chunk ends` };
  const versions = [...new Set(chunks.flatMap((chunk) => chunk.spec_versions.map(({ spec_version }) => spec_version)))];
  if (versions.join() === spec_versions.join()) return undefined;
  return { path: "chain.spec_versions", found: spec_versions.join(", "), allowed: `${versions.join(", ")}, those of its chunks` };
}

function inFiles({ streams }: ChainFiles, { chunks }: ChainSection): Contradiction | undefined {
  for (const [kind, stream] of Object.entries(streams)) {
    for (const [index, file] of stream.files.entries()) {
      const path = `streams.${kind}.files.${index}`;
      const [, from, to] = /(\d+)-(\d+)\.arrow$/.exec(file.path) ?? [];
      const chunk = chunks.find(({ from_block, to_block }) => from_block === Number(from) && to_block === Number(to));
      if (chunk === undefined) return { path: `${path}.path`, found: file.path, allowed: "a file named after the blocks of a chunk" };
      // What was held before the first block is written with it, at the block before.
      const first = chunk.from_block - 1;
      if (file.from_block !== null && file.from_block < first) {
        return { path: `${path}.from_block`, found: file.from_block, allowed: `${first} or more, as its chunk` };
      }
      if (file.to_block !== null && file.to_block > chunk.to_block) {
        return { path: `${path}.to_block`, found: file.to_block, allowed: `${chunk.to_block} or less, as its chunk` };
      }
    }
  }
  return undefined;
}
