import type { Subnet } from "../../books/subnet.js";
import { floor } from "../../kernel/math.js";
import { ExactSum } from "../../kernel/money.js";
import { BLOCK_MS } from "../../kernel/time.js";

/** What all miners of a subnet are taken to earn, where the streams hold only some of them (`emission.outside`). */
export class WholePot {
  /** What all are taken to earn over the run, and what those of the streams were recorded to, rao. */
  readonly wholeRao = new ExactSum();
  readonly recordedRao = new ExactSum();
  /** Epochs in which the recorded miners' pay was above the whole pot. */
  exceeded = 0;

  constructor(private readonly raoPerBlock: number) {}

  /** The pot of an epoch by its blocks, at least what is recorded; rao. */
  of(subnet: Subnet, endMs: number, minersRao: number): number {
    const block = endBlock(subnet, endMs);
    const blocks =
      subnet.epochEndBlock >= 0 && block >= 0 ? block - subnet.epochEndBlock : floor((endMs - subnet.epochEndMs) / BLOCK_MS + 0.5);
    let potRao = floor(this.raoPerBlock * blocks);
    if (potRao < minersRao) {
      this.exceeded += 1;
      potRao = minersRao;
    }
    this.wholeRao.add(potRao);
    this.recordedRao.add(minersRao);
    return potRao;
  }
}

/** Block of the mark that ends an epoch, or of the emission that was paid at its very end; -1: there is none, or it is not known. */
export function endBlock({ group, markBlock }: Subnet, endMs: number): number {
  if (markBlock >= 0) return markBlock;
  if (group.instantMs !== endMs || group.count === 0) return -1;
  let block = group.block[0];
  if (group.manyBlocks) for (let row = 1; row < group.count; row++) if (group.block[row] > block) block = group.block[row];
  return block;
}
