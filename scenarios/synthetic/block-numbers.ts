import { BLOCK_MS, math } from "../../engine/index.js";

/** The block of an instant: 12 s a block, from the block at the start on. */
export function blockAt(timeMs: number, startMs: number, firstBlock: number): number {
  return firstBlock + math.floor((timeMs - startMs) / BLOCK_MS);
}
