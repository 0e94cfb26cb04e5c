import type { EpochRow } from "./reading/epochs.js";
import type { RewardSums } from "./reading/rewards.js";
import type { WeightRow } from "./reading/weights.js";
import type { RunRules } from "./rules.js";

/** What a miner's change of share can be worked out from again. */
export interface WeightShares {
  /** Share of the sum of all base weights, 0..1; null where `outside` carries a part and nothing is left to tell it from. */
  readonly base_share: number | null;
  /** What was shared among the miners (and `outside`) in the epoch; null where rewards were not recorded. */
  readonly pot_rao: bigint | null;
}

/**
 * @param weights of all miners of the subnet in the epoch
 * @param rewards of all positions of the subnet
 * @param residualRao what of the pot a list of stages sent elsewhere than to miners
 */
export function weightShares(
  own: WeightRow,
  weights: ReadonlyMap<number, WeightRow>,
  rewards: ReadonlyMap<number, RewardSums> | undefined,
  epoch: EpochRow,
  { emission }: RunRules,
  residualRao: bigint = 0n,
): WeightShares {
  let sum = 0;
  for (const { base_weight } of weights.values()) sum += base_weight;
  // The table has no row of `outside`; its part shows in the gain only.
  const hidden = own.weight_gain > 0 ? own.final_weight / own.weight_gain : null;
  const base = emission.outside === null ? (sum > 0 ? own.base_weight / sum : 0) : hidden;
  if (rewards === undefined) return { base_share: base, pot_rao: null };
  let pot = BigInt(epoch.unallocated_rao) + BigInt(epoch.outside_rao) + residualRao;
  for (const { epochPaidAsMiner } of rewards.values()) pot += epochPaidAsMiner.total;
  return { base_share: base, pot_rao: pot };
}
