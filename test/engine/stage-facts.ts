import type { StageFacts } from "../../engine/rules/stages/index.js";

/** Facts of an epoch of so many miners, uids and keys in order; what is not given is 0, and nothing received yet. */
export function stageFacts(count: number, given: Partial<StageFacts>): StageFacts {
  const zeros = () => new Float64Array(count);
  return {
    count,
    endMs: 0,
    uid: Int32Array.from({ length: count }, (_, i) => i),
    key: Int32Array.from({ length: count }, (_, i) => i),
    registeredMs: zeros(),
    stakeRao: zeros(),
    heldShare: zeros().fill(Number.NaN),
    heldDays: zeros(),
    collateralRao: zeros(),
    volumeRao: zeros(),
    earnedRao: zeros(),
    movedRao: zeros(),
    score: zeros().fill(Number.NaN),
    scoredMs: zeros().fill(-1),
    scoreColumn: () => Number.NaN,
    exactly: () => null,
    isNamed: () => false,
    hasTag: () => false,
    priceTaoPerAlpha: 0,
    priceMs: -1,
    usdPerTao: 0,
    usdPerTaoMs: -1,
    potRao: 0,
    obligations: [],
    ...given,
  };
}
