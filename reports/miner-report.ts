import { type NamedTerm, type ResultTableName, ruleLabel } from "../engine/index.js";
import type { HandedMinerEntry } from "../recorders/index.js";
import { basisAfterMs } from "./basis-after.js";
import { chosenPosition } from "./find-miner.js";
import { lastPaidEpoch, type PaidEpoch } from "./last-paid.js";
import { measuredMultiplier, meetsMinimum } from "./measured-multiplier.js";
import { multiplierTerms } from "./multiplier-terms.js";
import { knownTotals } from "./overview.js";
import { type Pay, payOf } from "./pay.js";
import { type Pool, poolOf } from "./pool.js";
import type { TableSource } from "./reading/columns.js";
import { type EpochRow, readEpochs } from "./reading/epochs.js";
import { type ExitRow, readExits } from "./reading/exits.js";
import { type HoldingRow, readHoldings } from "./reading/holdings.js";
import { type PositionRow, readPositions } from "./reading/positions.js";
import { readRewards } from "./reading/rewards.js";
import { readUnpaidInstalments, type UnpaidInstalments } from "./reading/schedules.js";
import { readTranches, type TrancheRow } from "./reading/tranches.js";
import { readWeights, type WeightRow } from "./reading/weights.js";
import { requireRecorded } from "./recorded-epochs.js";
import { type BeforeRule, type MultiplierEffect, multiplierEffect, type RunRules } from "./rules.js";
import { stageChain } from "./stage-chain.js";
import type { StageStep } from "./stage-step.js";
import { type WeightShares, weightShares } from "./weight-shares.js";
import { loweringWithdrawals, type Withdrawal } from "./withdrawals.js";

/** Which miner, at which epoch. */
export interface MinerSelection {
  /** A hotkey or a part of one, or a coldkey; or `position`. */
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

/** That a position was handed to a strategy. */
export interface HandedTo {
  /** How tables call who decides. */
  readonly name: string;
  readonly strategy: string;
  /** Until then it follows the recording. */
  readonly from_ms: number;
}

/** The rules that a miner's report is to be read with. */
export interface ReportRules {
  /** `stages` for a list of stages. */
  readonly rule: string;
  readonly retention_basis: "emissions" | "all_stake";
  readonly retention_scope: "lifetime" | "window";
  /** `vesting.start`: only what entered later counts. */
  readonly start_ms: number | null;
  readonly multiplier_effect: MultiplierEffect;
  /** What base weights are, and a change of share is measured from. */
  readonly before_rule: BeforeRule;
  readonly epochs_by: "emission" | "tempo";
  /** Whether miners' pay comes in instalments (`schedules`). */
  readonly scheduled: boolean;
  /** Why rules of files of one's own are not asked for their terms, in words. */
  readonly unread: readonly string[];
}

/**
 * Why a miner's multiplier is what it is, and what it did to its pay, at the end of one epoch. What the run did not
 * record is null. Names are those of the result tables.
 */
export interface MinerReport {
  readonly position: PositionRow;
  /** Null: nobody decides for it but the recording, or who is simulated. */
  readonly handed_over: HandedTo | null;
  /** Positions on the same hotkey and subnet, under other coldkeys. */
  readonly others_on_hotkey: readonly number[];
  /** Whether the run knew who was registered on the subnet. */
  readonly registry_known: boolean;
  readonly epoch: EpochRow | null;
  /** Holdings, weights and rewards were recorded every so many epochs. */
  readonly record_every: number;
  /** Is it the last of the run? */
  readonly at_end: boolean;
  readonly tables: readonly ResultTableName[];
  readonly rules: ReportRules;
  readonly holding: HoldingRow | null;
  /** The positions it was measured together with; null where it was measured by itself. */
  readonly pool: Pool | null;
  /** Applied, or what would be: see `rules.multiplier_effect`. */
  readonly multiplier: number | null;
  /** The rule's formula, term by term, inputs first; null where nothing was measured or received, or a plug-in cannot be asked. */
  readonly terms: readonly NamedTerm[] | null;
  /** What is to be said of the terms of a rule of one's own, in words; null: nothing. */
  readonly terms_note: string | null;
  /** What each stage of the list did; null where the rule is no list, or none of its stages counts. */
  readonly stages: readonly StageStep[] | null;
  /** What is to be recorded to know more of the stages, in words; null: nothing. */
  readonly stages_note: string | null;
  readonly minimum_stake: MinimumStake;
  readonly weight: WeightRow | null;
  readonly weight_shares: WeightShares | null;
  readonly pay: Pay;
  /** Where the epoch does not pay it: the last one that did, of those that were recorded; null where it is paid, or never was. */
  readonly last_paid: PaidEpoch | null;
  /** At the end of the run. */
  readonly unpaid_instalments: UnpaidInstalments | null;
  /** What lowered held_share, largest first, of the whole pool; null where exits or tranches were not recorded. */
  readonly withdrawals: readonly Withdrawal[] | null;
  readonly tranches: readonly TrancheRow[] | null;
  readonly exits: readonly ExitRow[] | null;
}

function reportRules(rules: RunRules): ReportRules {
  const { vesting, stages, epochs, schedules } = rules;
  return {
    rule: stages === null ? ruleLabel(vesting.rule) : "stages",
    retention_basis: vesting.retentionBasis,
    retention_scope: vesting.retentionScope,
    start_ms: vesting.startMs,
    multiplier_effect: multiplierEffect(rules),
    before_rule: rules.beforeRule,
    epochs_by: epochs,
    scheduled: schedules !== null,
    unread: rules.unread ?? [],
  };
}

/** Who decides for a position, of those that were handed over. */
function handedTo({ netuid, hotkey, coldkey }: PositionRow, handed: readonly HandedMinerEntry[]): HandedTo | null {
  const found = handed.find((one) => one.netuid === netuid && one.coldkey === coldkey && one.hotkeys.includes(hotkey));
  return found === undefined ? null : { name: found.name, strategy: found.strategy, from_ms: found.from_ms };
}

/**
 * Reads what is known of one miner. Refusals: `TEN-REPORT-001` to `-005`.
 * @param handed positions of the run that were handed to strategies
 */
export async function minerReport(
  run: TableSource,
  rules: RunRules,
  selection: MinerSelection,
  handed: readonly HandedMinerEntry[] = [],
): Promise<MinerReport> {
  const { vesting } = rules;
  const positions = await readPositions(run);
  const position = chosenPosition(positions, selection);
  const { position: id, netuid } = position;
  const onSubnet = [...positions.values()].filter((other) => other.netuid === netuid);
  const epochs = await readEpochs(run);
  const epoch = epochs.choose(netuid, selection.epoch);
  if (epoch !== undefined) requireRecorded(run, epochs, epoch, rules);

  const epochOf = (other: number) => (positions.get(other)?.netuid === netuid ? epoch?.epoch : undefined);
  const loneEpoch = epoch !== undefined && epochs.netuids.length === 1 ? epoch.epoch : undefined;
  const lastEpoch = epoch !== undefined && epochs.isLast(epoch) ? loneEpoch : undefined;
  const holdings = await readHoldings(run, epochOf, loneEpoch);
  const weights = await readWeights(run, epochOf, loneEpoch);
  const rewards = await readRewards(run, epochOf, lastEpoch, loneEpoch, id);
  const holding = holdings.get(id) ?? null;
  const weight = weights.get(id) ?? null;
  const pool = vesting.keyScope === "coldkey_even" ? poolOf(position, positions, holdings) : null;
  const receivedRao = pool === null ? (holding?.received_rao ?? 0) : Number(pool.received_rao);

  const measuredWith = new Set(pool === null ? [id] : pool.positions.map((member) => member.position));
  const tranches = (await readTranches(run, measuredWith)) ?? null;
  const exits = (await readExits(run, measuredWith)) ?? null;
  const pay = payOf(position, knownTotals(run, epochs, epoch, rules), rewards !== undefined && epoch !== undefined, rewards?.get(id));
  const asked = rules.stages === null && holding !== null && receivedRao > 0 ? multiplierTerms(vesting, holding) : null;
  const isLast = epoch !== undefined && epochs.isLast(epoch);
  const chain = epoch === undefined ? null : await stageChain(run, rules, { epoch, isLast, position: id, holding, weight });
  const isUnpaid = epoch !== undefined && pay.epoch_paid_rao === 0n;
  return {
    position,
    handed_over: handedTo(position, handed),
    others_on_hotkey: onSubnet.filter((other) => other.hotkey === position.hotkey && other !== position).map((other) => other.position),
    registry_known: onSubnet.some(({ uid }) => uid >= 0),
    epoch: epoch ?? null,
    record_every: rules.record.everyEpochs,
    at_end: epoch === undefined || epochs.isLast(epoch),
    tables: run.tables,
    rules: reportRules(rules),
    holding,
    pool,
    multiplier: rules.stages === null ? measuredMultiplier(vesting, holding, weight) : (weight?.shadow_multiplier ?? null),
    stages: chain?.steps ?? null,
    stages_note: chain?.note ?? null,
    terms: asked === null || asked.terms.length === 0 ? null : asked.terms,
    terms_note: asked?.note ?? null,
    minimum_stake: {
      minimum_rao: vesting.minimumStakeRao,
      unit: vesting.minimumStakeUnit,
      met: holding === null ? null : meetsMinimum(vesting, holding),
      below_minimum: vesting.belowMinimum,
    },
    weight,
    weight_shares: weight && epoch ? await weightShares(run, weight, weights, rewards, epoch, rules) : null,
    pay,
    last_paid: isUnpaid ? await lastPaidEpoch(run, rules, position, positions, epochs, epoch) : null,
    unpaid_instalments: rules.schedules === null ? null : ((await readUnpaidInstalments(run, id)) ?? null),
    withdrawals:
      tranches && exits && epoch && holding
        ? loweringWithdrawals(exits, tranches, {
            allStake: vesting.retentionBasis === "all_stake",
            afterMs: basisAfterMs(vesting, epoch.end_ms),
            nowMs: epoch.end_ms,
            receivedRao,
          })
        : null,
    tranches: tranches?.filter((row) => row.position === id) ?? null,
    exits: exits?.filter((row) => row.position === id) ?? null,
  };
}
