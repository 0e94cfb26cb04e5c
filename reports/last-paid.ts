import { measuredMultiplier } from "./measured-multiplier.js";
import { knownTotals } from "./overview.js";
import { type Pay, payOf } from "./pay.js";
import type { TableSource } from "./reading/columns.js";
import type { EpochRow, Epochs } from "./reading/epochs.js";
import { readHoldings } from "./reading/holdings.js";
import { readLastPaid } from "./reading/last-paid.js";
import type { PositionRow } from "./reading/positions.js";
import { readRewards } from "./reading/rewards.js";
import { readWeights, type WeightRow } from "./reading/weights.js";
import type { RunRules } from "./rules.js";
import { type WeightShares, weightShares } from "./weight-shares.js";

/** What a miner was paid in an epoch, and from which weight. */
export interface PaidEpoch {
  readonly epoch: EpochRow;
  readonly multiplier: number | null;
  readonly weight: WeightRow | null;
  readonly weight_shares: WeightShares | null;
  readonly pay: Pay;
}

/**
 * Of a position that an epoch does not pay: the last one before that did, as far as epochs were recorded; null where none
 * did.
 */
export async function lastPaidEpoch(
  run: TableSource,
  rules: RunRules,
  position: PositionRow,
  positions: ReadonlyMap<number, PositionRow>,
  epochs: Epochs,
  unpaid: EpochRow,
): Promise<PaidEpoch | null> {
  const number = await readLastPaid(run, position.position, unpaid.epoch);
  const epoch = number === undefined ? undefined : epochs.find(position.netuid, number);
  if (epoch === undefined) return null;
  const epochOf = (other: number) => (positions.get(other)?.netuid === position.netuid ? epoch.epoch : undefined);
  const holding = (await readHoldings(run, epochOf)).get(position.position) ?? null;
  const weights = await readWeights(run, epochOf);
  const rewards = await readRewards(run, epochOf);
  const weight = weights.get(position.position) ?? null;
  return {
    epoch,
    multiplier: measuredMultiplier(rules.vesting, holding, weight),
    weight,
    weight_shares: weight === null ? null : await weightShares(run, weight, weights, rewards, epoch, rules),
    pay: payOf(position, knownTotals(run, epochs, epoch, rules), rewards !== undefined, rewards?.get(position.position)),
  };
}
