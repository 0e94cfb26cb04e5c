import type { HeldExactly } from "../multipliers/index.js";
import type { StageFacts } from "./stage-facts.js";
import { unknownFacts } from "./unknown-facts.js";

/** What a factor stage knows of one miner. */
export interface OneMiner {
  readonly stakeRao: number;
  /** 0..1; NaN where nothing was received. */
  readonly heldShare: number;
  readonly heldDays: number;
  readonly exactly: HeldExactly | null;
  /** Price in force, TAO per alpha; 0: none. */
  readonly priceTaoPerAlpha: number;
}

/** The facts of an epoch with one miner, of uid 0, of whom no more is known: stages that ask more are not to be asked. */
export function factsOf({ stakeRao, heldShare, heldDays, exactly, priceTaoPerAlpha }: OneMiner): StageFacts {
  return {
    ...unknownFacts(1),
    stakeRao: Float64Array.of(stakeRao),
    heldShare: Float64Array.of(heldShare),
    heldDays: Float64Array.of(heldDays),
    exactly: () => exactly,
    priceTaoPerAlpha,
  };
}
