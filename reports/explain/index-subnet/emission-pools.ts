import type { RewardsConfiguration } from "../../../engine/index.js";
import { dividePot } from "../pot-division.js";
import { partOf } from "../shared-pot.js";

/** Shares that miss 1 by less are meant to sum to 1. */
const SUM_TOLERANCE = 1e-9;

/** What an epoch's emission is shared into, in rao; what is left of it is of no pool. */
export interface EmissionPools {
  readonly basePoolRao: bigint;
  readonly tierPoolRao: bigint;
  readonly validatorPoolRao: bigint;
}

/** The pools of an emission, by largest remainders (docs/explanation/rewards.md). */
export function emissionPools(emissionRao: bigint, { base, tierBonus, validators }: RewardsConfiguration["pools"]): EmissionPools {
  const rest = 1 - (base + tierBonus + validators);
  const pools = dividePot(emissionRao, [base, tierBonus, validators, rest > SUM_TOLERANCE ? rest : 0]);
  const poolRao = (k: number) => (pools === null ? 0n : partOf(pools, k));
  return { basePoolRao: poolRao(0), tierPoolRao: poolRao(1), validatorPoolRao: poolRao(2) };
}
