import { DAY_MS, MULTIPLIER_RULE_REGISTRY, type NamedTerm, type VestingConfiguration } from "../engine/index.js";
import { findMiner, findPosition } from "./find-miner.js";
import type { TableSource } from "./reading/columns.js";
import { type EpochRow, readEpochs } from "./reading/epochs.js";
import { type ExitRow, readExits } from "./reading/exits.js";
import { type HoldingRow, readHoldings } from "./reading/holdings.js";
import { type PositionRow, readPositions } from "./reading/positions.js";
import { type RewardTotals, readRewardTotals } from "./reading/rewards.js";
import { readTranches, type TrancheRow } from "./reading/tranches.js";
import { readWeights, type WeightRow } from "./reading/weights.js";
import { loweringWithdrawals, type Withdrawal } from "./withdrawals.js";

export interface MinerSelection {
  /** A hotkey or a part of one; or `position`. */
  readonly hotkey?: string | undefined;
  readonly position?: number | undefined;
  /** Default: the subnet's last one. */
  readonly epoch?: number | undefined;
}

export interface MinimumStake {
  /** Rao of `unit`. */
  readonly minimum_rao: number;
  readonly unit: "alpha" | "tao";
  /** Null where it is in TAO: the price of the epoch is not in the results. */
  readonly met: boolean | null;
  readonly below_minimum: "no_bonus" | "zero";
}

/**
 * Why a miner's multiplier is what it is, and what it did to its pay, at the end of one epoch. What the run did not
 * record is null. Names are those of the result tables.
 */
export interface MinerReport {
  readonly position: PositionRow;
  readonly epoch: EpochRow | null;
  readonly vesting_mode: "on" | "shadow" | "off";
  readonly rule: string;
  readonly retention_basis: "emissions" | "all_stake";
  readonly retention_scope: "lifetime" | "window";
  readonly holding: HoldingRow | null;
  /** The rule's formula, term by term, inputs first; null where nothing was measured or received. */
  readonly terms: readonly NamedTerm[] | null;
  readonly minimum_stake: MinimumStake;
  readonly weight: WeightRow | null;
  readonly pay: RewardTotals | null;
  /** What lowered held_share, largest first; null where exits or tranches were not recorded. */
  readonly withdrawals: readonly Withdrawal[] | null;
  readonly tranches: readonly TrancheRow[] | null;
  readonly exits: readonly ExitRow[] | null;
}

/** The instant after which an entry counts for retention. */
function basisAfterMs(vesting: VestingConfiguration, nowMs: number): number {
  const start = vesting.startMs ?? Number.NEGATIVE_INFINITY;
  return vesting.retentionScope === "window" ? Math.max(start, nowMs - vesting.retentionWindowDays * DAY_MS) : start;
}

function minimumStake(vesting: VestingConfiguration, holding: HoldingRow | null): MinimumStake {
  const known = holding !== null && vesting.minimumStakeUnit === "alpha";
  return {
    minimum_rao: vesting.minimumStakeRao,
    unit: vesting.minimumStakeUnit,
    met: known ? holding.stake_rao >= vesting.minimumStakeRao : null,
    below_minimum: vesting.belowMinimum,
  };
}

/** Reads what is known of one miner. Refusals: `TEN-REPORT-001` to `-004`. */
export async function minerReport(run: TableSource, vesting: VestingConfiguration, selection: MinerSelection): Promise<MinerReport> {
  const positions = await readPositions(run);
  const position =
    selection.position === undefined ? findMiner(positions.values(), selection.hotkey ?? "") : findPosition(positions, selection.position);
  const id = position.position;
  const epoch = (await readEpochs(run)).choose(position.netuid, selection.epoch) ?? null;
  const epochOf = (other: number) => (other === id ? epoch?.epoch : undefined);

  const holding = (await readHoldings(run, epochOf)).get(id) ?? null;
  const weight = (await readWeights(run, epochOf)).get(id) ?? null;
  const pay = (await readRewardTotals(run, epochOf))?.get(id) ?? null;
  const tranches = (await readTranches(run, id)) ?? null;
  const exits = (await readExits(run, id)) ?? null;
  const measured = holding !== null && holding.received_rao > 0 ? holding : null;
  return {
    position,
    epoch,
    vesting_mode: vesting.mode,
    rule: vesting.rule,
    retention_basis: vesting.retentionBasis,
    retention_scope: vesting.retentionScope,
    holding,
    terms: measured && MULTIPLIER_RULE_REGISTRY[vesting.rule].explain(vesting, measured.held_share, measured.held_days),
    minimum_stake: minimumStake(vesting, holding),
    weight,
    pay,
    withdrawals:
      tranches && exits && epoch && holding
        ? loweringWithdrawals(exits, tranches, {
            allStake: vesting.retentionBasis === "all_stake",
            afterMs: basisAfterMs(vesting, epoch.end_ms),
            nowMs: epoch.end_ms,
            receivedRao: holding.received_rao,
          })
        : null,
    tranches,
    exits,
  };
}
