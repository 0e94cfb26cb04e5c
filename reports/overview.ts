import type { BehaviourGroup } from "../scenarios/index.js";
import { measuredMultiplier } from "./measured-multiplier.js";
import { type Horizon, payWithin, sortMiners } from "./miner-columns.js";
import type { MinerLine } from "./miner-line.js";
import { minerPayOf, type PayTotals, payOf } from "./pay.js";
import type { TableSource } from "./reading/columns.js";
import { type EpochRow, type Epochs, readEpochs } from "./reading/epochs.js";
import { readHoldings } from "./reading/holdings.js";
import { type PositionRow, readPositions, wasPaid } from "./reading/positions.js";
import { readRewards } from "./reading/rewards.js";
import { readWeights } from "./reading/weights.js";
import { requireRecorded } from "./recorded-epochs.js";
import { type BeforeRule, type MultiplierEffect, multiplierEffect, type RunRules } from "./rules.js";

/** What an overview is to show. */
export interface OverviewView {
  /** Pay and its change of one epoch, `last` for each subnet's last one; null: of the whole run. */
  readonly epoch: number | "last" | null;
  /** As `sortMiners` takes it; left out: best paid first. */
  readonly sort?: string | undefined;
  /** Of synthetic miners, by hotkey. */
  readonly behaviours?: ReadonlyMap<string, BehaviourGroup>;
  /** A subnet that is shown otherwise, or null. */
  readonly besides?: number | null;
}

export const WHOLE_RUN: OverviewView = { epoch: null };

/** The miners of a subnet, with what they hold and are paid. */
export interface SubnetOverview {
  readonly netuid: number;
  /** What pay and its change are of. Holdings are those at the end of `epoch`. */
  readonly horizon: Horizon;
  readonly epochs: number;
  /** What ends an epoch. */
  readonly epochs_by: "emission" | "tempo";
  /** The epoch that holdings and weights are of, of a whole run its last; null where the subnet has none. */
  readonly epoch: EpochRow | null;
  readonly multiplier_effect: MultiplierEffect;
  /** What a change of share is measured from; changes of pay are against the recording. */
  readonly before_rule: BeforeRule;
  /** Best paid first, or as it was asked for; all positions where none takes part as a miner. */
  readonly miners: readonly MinerLine[];
}

/** What a miner got over the horizon, as far as the run recorded it, else what is left of its earnings. */
function rank(line: MinerLine, horizon: Horizon): bigint {
  return payWithin(line, horizon)?.paid ?? line.pay.paid_rao ?? line.pay.epoch_paid_rao ?? BigInt(line.position.at_end.earned_rao);
}

function bestPaidFirst(horizon: Horizon): (a: MinerLine, b: MinerLine) => number {
  const stake = ({ stake_rao, position }: MinerLine) => stake_rao ?? position.at_end.stake_rao;
  return (a, b) => {
    const [left, right] = [rank(a, horizon), rank(b, horizon)];
    if (left !== right) return left > right ? -1 : 1;
    return stake(b) - stake(a) || a.position.position - b.position.position;
  };
}

/** Does it take part as a miner? A position that nobody ever paid or registered has the role of a miner without being one. */
export function isMiner({ position, weight }: MinerLine): boolean {
  return position.role === "miner" && (position.uid >= 0 || weight !== null || wasPaid(position));
}

/** What `readMinerLines` found. */
export interface MinerLines {
  readonly epochs: Epochs;
  /** The epoch that is shown, by subnet. */
  readonly chosen: ReadonlyMap<number, EpochRow>;
  readonly positions: ReadonlyMap<number, PositionRow>;
  /** The positions that take part as miners, or all where none does, best paid first. */
  readonly lines: readonly MinerLine[];
}

/** The epoch to show of each subnet: the wanted one (none where it lacks it), or its last. Refuses an epoch that no subnet has. */
function chooseEpochs(epochs: Epochs, wanted: number | undefined): ReadonlyMap<number, EpochRow> {
  const chosen = new Map<number, EpochRow>();
  const some = wanted !== undefined && epochs.netuids.some((netuid) => epochs.find(netuid, wanted) !== undefined);
  for (const netuid of epochs.netuids) {
    const epoch = some ? epochs.find(netuid, wanted) : epochs.choose(netuid, wanted);
    if (epoch !== undefined) chosen.set(netuid, epoch);
  }
  return chosen;
}

/** Which totals of pay are known at an epoch; without an epoch all there is is the end of the run. */
export function knownTotals(run: TableSource, epochs: Epochs, epoch: EpochRow | undefined, { record }: RunRules): PayTotals {
  if (epoch === undefined || epochs.isLast(epoch)) return "run";
  return record.everyEpochs === 1 && run.tables.includes("rewards") ? "summed" : "unknown";
}

/** Reads the miners of a run at an epoch; positions that were not there yet are left out. Refusals: `TEN-REPORT-003`, `-005`. */
export async function readMinerLines(run: TableSource, rules: RunRules, view: OverviewView = WHOLE_RUN): Promise<MinerLines> {
  const wantedEpoch = typeof view.epoch === "number" ? view.epoch : undefined;
  const positions = await readPositions(run);
  const epochs = await readEpochs(run);
  const chosen = chooseEpochs(epochs, wantedEpoch);
  for (const epoch of chosen.values()) requireRecorded(run, epochs, epoch, rules);
  const epochOf = (position: number) => chosen.get(positions.get(position)?.netuid ?? -1)?.epoch;
  const [only] = [...chosen.values()];
  const lastEpoch = epochs.netuids.length === 1 && only !== undefined && epochs.isLast(only) ? only.epoch : undefined;
  const holdings = await readHoldings(run, epochOf, lastEpoch);
  const weights = await readWeights(run, epochOf, lastEpoch);
  const rewards = await readRewards(run, epochOf, lastEpoch);
  const measured = run.tables.includes("holdings");
  const all: MinerLine[] = [];
  for (const position of positions.values()) {
    const { position: id, netuid } = position;
    if (netuid === view.besides) continue;
    const epoch = chosen.get(netuid);
    const holding = holdings.get(id) ?? null;
    if (epochs.of(netuid).length > 0 && (epoch === undefined || (measured && holding === null))) continue;
    const weight = weights.get(id) ?? null;
    const totals = knownTotals(run, epochs, epoch, rules);
    all.push({
      position,
      behaviour: view.behaviours?.get(position.hotkey) ?? null,
      stake_rao: view.epoch === null ? position.at_end.stake_rao : (holding?.stake_rao ?? null),
      holding,
      multiplier: measuredMultiplier(rules.vesting, holding, weight),
      weight,
      pay: (position.role === "miner" ? minerPayOf : payOf)(
        position,
        totals,
        rewards !== undefined && epoch !== undefined,
        rewards?.get(id),
      ),
    });
  }
  const miners = all.filter(isMiner);
  const horizon = view.epoch === null ? "run" : "epoch";
  return { epochs, chosen, positions, lines: (miners.length > 0 ? miners : all).sort(bestPaidFirst(horizon)) };
}

/** All miners, subnet by subnet. Refusals: `TEN-REPORT-003`, `-005`, `-006`. */
export async function runOverview(run: TableSource, rules: RunRules, view: OverviewView = WHOLE_RUN): Promise<SubnetOverview[]> {
  const { epochs, chosen, positions, lines } = await readMinerLines(run, rules, view);
  const horizon = view.epoch === null ? "run" : "epoch";
  const sorted = view.sort === undefined ? lines : sortMiners(lines, horizon, view.sort);
  const netuids = new Set([...epochs.netuids, ...[...positions.values()].map(({ netuid }) => netuid)]);
  return [...netuids]
    .filter((netuid) => netuid !== view.besides)
    .sort((a, b) => a - b)
    .map((netuid) => ({
      netuid,
      horizon,
      epochs: epochs.of(netuid).length,
      epochs_by: rules.epochs,
      epoch: chosen.get(netuid) ?? null,
      multiplier_effect: multiplierEffect(rules),
      before_rule: rules.beforeRule,
      miners: sorted.filter(({ position }) => position.netuid === netuid),
    }));
}
