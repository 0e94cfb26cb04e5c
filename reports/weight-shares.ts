import { sendsElsewhere } from "./elsewhere.js";
import type { TableSource } from "./reading/columns.js";
import type { EpochRow } from "./reading/epochs.js";
import { readResiduals } from "./reading/residuals.js";
import type { RewardSums } from "./reading/rewards.js";
import type { WeightRow } from "./reading/weights.js";
import { multiplierEffect, type RunRules } from "./rules.js";

/** What a miner's change of share can be worked out from again. */
export interface WeightShares {
  /** Share of the sum of all base weights, 0..1; null where `outside` carries a part and nothing is left to tell it from. */
  readonly base_share: number | null;
  /** What was shared among the miners (and `outside`) in the epoch; null where not all of it was recorded. */
  readonly pot_rao: bigint | null;
  /** The tables that a run is to record to have the pot; empty where it is known. */
  readonly pot_lacks: readonly ("rewards" | "residuals")[];
}

/**
 * @param weights of all miners of the subnet in the epoch
 * @param rewards of all positions of the subnet
 */
export async function weightShares(
  run: TableSource,
  own: WeightRow,
  weights: ReadonlyMap<number, WeightRow>,
  rewards: ReadonlyMap<number, RewardSums> | undefined,
  epoch: EpochRow,
  rules: RunRules,
): Promise<WeightShares> {
  const { emission } = rules;
  let sum = 0;
  for (const { base_weight } of weights.values()) sum += base_weight;
  // The table has no row of `outside`; its part shows in the gain only.
  const hidden = own.weight_gain > 0 ? own.final_weight / own.weight_gain : null;
  const base = emission.outside === null ? (sum > 0 ? own.base_weight / sum : 0) : hidden;
  const elsewhereRao = await residualRao(run, epoch, rules);
  if (rewards === undefined || elsewhereRao === null) {
    const lacks = [...(rewards === undefined ? (["rewards"] as const) : []), ...(elsewhereRao === null ? (["residuals"] as const) : [])];
    return { base_share: base, pot_rao: null, pot_lacks: lacks };
  }
  let pot = BigInt(epoch.unallocated_rao) + BigInt(epoch.outside_rao) + elsewhereRao;
  for (const { epochPaidAsMiner } of rewards.values()) pot += epochPaidAsMiner.total;
  return { base_share: base, pot_rao: pot, pot_lacks: [] };
}

/** What of the pot a list of stages sent elsewhere than to miners; null where it may have sent some and the run did not record it. */
async function residualRao(run: TableSource, { netuid, epoch }: EpochRow, rules: RunRules): Promise<bigint | null> {
  // What a list would do is not paid.
  if (rules.stages === null || multiplierEffect(rules) !== "applied" || !sendsElsewhere(rules.stages)) return 0n;
  const rows = await readResiduals(run, netuid, epoch);
  return rows === null ? null : rows.reduce((sum, { amount_rao }) => sum + BigInt(amount_rao), 0n);
}
