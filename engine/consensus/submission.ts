import type { SignedNavAttestation } from "./nav-attestation.js";

/** What a validator hands in for an epoch. */
export interface Submission {
  /** One weight a miner, relative to each other. */
  readonly weights: Float64Array;
  /** Null where no NAV is attested, for instance because it was stale. */
  readonly attestation: SignedNavAttestation | null;
}

/** Far above any real weight, far below where sums of weights overflow. */
const LARGEST_WEIGHT = 1e100;

/** Are these weights one a miner, each from 0 to 1e100? */
export function areWeights(weights: Float64Array, miners: number): boolean {
  if (weights.length !== miners) return false;
  for (let miner = 0; miner < miners; miner++) if (!(weights[miner] >= 0 && weights[miner] <= LARGEST_WEIGHT)) return false;
  return true;
}
