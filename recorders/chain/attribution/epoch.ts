import type { BlockTime } from "./block-rows.js";
import type { EpochFacts } from "./epoch-facts.js";

/** An epoch of a subnet, in the block at hand. */
export interface Epoch {
  readonly netuid: number;
  readonly facts: EpochFacts;
  readonly at: BlockTime;
  /** When the weights were in force that it paid by: the block before. */
  readonly weighedAt: BlockTime;
  /** Block of the subnet's epoch before; -1: there was none. */
  readonly lastEpochBlock: number;
}
