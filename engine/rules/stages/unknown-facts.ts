import type { StageFacts } from "./stage-facts.js";

/** Facts of an epoch of so many miners, uids and keys in order, of whom no more is known; amounts of all are one array. */
export function unknownFacts(count: number): StageFacts {
  const nothing = new Float64Array(count);
  const unmeasured = new Float64Array(count).fill(Number.NaN);
  const places = Int32Array.from({ length: count }, (_, i) => i);
  return {
    count,
    endMs: 0,
    uid: places,
    key: places,
    registeredMs: nothing,
    stakeRao: nothing,
    heldShare: unmeasured,
    heldDays: nothing,
    collateralRao: nothing,
    volumeRao: nothing,
    earnedRao: nothing,
    movedRao: nothing,
    score: unmeasured,
    scoredMs: new Float64Array(count).fill(-1),
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
  };
}
