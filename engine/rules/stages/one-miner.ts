import type { HeldExactly } from "../multipliers/index.js";
import type { StageFacts } from "./stage-facts.js";

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
    count: 1,
    endMs: 0,
    uid: Int32Array.of(0),
    key: Int32Array.of(0),
    registeredMs: Float64Array.of(0),
    stakeRao: Float64Array.of(stakeRao),
    heldShare: Float64Array.of(heldShare),
    heldDays: Float64Array.of(heldDays),
    collateralRao: Float64Array.of(0),
    volumeRao: Float64Array.of(0),
    earnedRao: Float64Array.of(0),
    movedRao: Float64Array.of(0),
    score: Float64Array.of(Number.NaN),
    scoredMs: Float64Array.of(-1),
    scoreColumn: () => Number.NaN,
    exactly: () => exactly,
    isNamed: () => false,
    hasTag: () => false,
    priceTaoPerAlpha,
    priceMs: -1,
    usdPerTao: 0,
    usdPerTaoMs: -1,
    potRao: 0,
    obligations: [],
  };
}
