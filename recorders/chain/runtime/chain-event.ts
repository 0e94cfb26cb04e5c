import type { EventFields } from "./event-shapes.js";

/** One event of a block, as far as the recorder reads it. */
export interface ChainEvent extends EventFields {
  /** Without its pallet: `StakeAdded`. */
  readonly name: string;
  /** Index of the extrinsic that made it; -1 before the first extrinsic, `END_OF_BLOCK` after the last one. */
  readonly extrinsic: number;
  /** Index of the event in its block. */
  readonly event: number;
}
