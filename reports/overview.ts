import type { TableSource } from "./reading/columns.js";
import { type EpochRow, type Epochs, readEpochs } from "./reading/epochs.js";
import { type HoldingRow, readHoldings } from "./reading/holdings.js";
import { type PositionRow, readPositions } from "./reading/positions.js";
import { type RewardTotals, readRewardTotals } from "./reading/rewards.js";
import { readWeights, type WeightRow } from "./reading/weights.js";

/** One miner of an overview. What the run did not record is null. */
export interface MinerLine {
  readonly position: PositionRow;
  readonly holding: HoldingRow | null;
  readonly weight: WeightRow | null;
  readonly pay: RewardTotals | null;
}

export interface SubnetOverview {
  readonly netuid: number;
  readonly epochs: number;
  /** The epoch that holdings and weights are of; null where the subnet has none. */
  readonly epoch: EpochRow | null;
  /** Best paid first; all positions where none takes part as a miner. */
  readonly miners: readonly MinerLine[];
}

/** What a miner got, as far as the run recorded it: pay, else what is left of its earnings, else stake. */
function rank({ pay, position }: MinerLine): bigint {
  return pay?.paid_rao ?? BigInt(position.earned_rao);
}

function compareMiners(a: MinerLine, b: MinerLine): number {
  const [left, right] = [rank(a), rank(b)];
  if (left !== right) return left > right ? -1 : 1;
  return b.position.stake_rao - a.position.stake_rao || a.position.position - b.position.position;
}

/** Does it take part as a miner? A position that nobody ever paid or registered has the role of a miner without being one. */
export function isMiner({ position, weight, pay }: MinerLine): boolean {
  return position.role === "miner" && (position.uid >= 0 || position.earned_rao > 0 || weight !== null || pay !== null);
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

/** Reads the miners of a run at an epoch. Refusal: `TEN-REPORT-003`. */
export async function readMinerLines(run: TableSource, wantedEpoch?: number): Promise<MinerLines> {
  const positions = await readPositions(run);
  const epochs = await readEpochs(run);
  const chosen = chooseEpochs(epochs, wantedEpoch);
  const epochOf = (position: number) => chosen.get(positions.get(position)?.netuid ?? -1)?.epoch;
  const lastEpoch = wantedEpoch === undefined && chosen.size === 1 ? [...chosen.values()][0].epoch : undefined;
  const holdings = await readHoldings(run, epochOf, lastEpoch);
  const weights = await readWeights(run, epochOf, lastEpoch);
  const pay = await readRewardTotals(run, epochOf);
  const all = [...positions.values()].map((position) => ({
    position,
    holding: holdings.get(position.position) ?? null,
    weight: weights.get(position.position) ?? null,
    pay: pay?.get(position.position) ?? null,
  }));
  const miners = all.filter(isMiner);
  return { epochs, chosen, positions, lines: (miners.length > 0 ? miners : all).sort(compareMiners) };
}

/** All miners, subnet by subnet. Refusal: `TEN-REPORT-003`. */
export async function runOverview(run: TableSource, wantedEpoch?: number): Promise<SubnetOverview[]> {
  const { epochs, chosen, positions, lines } = await readMinerLines(run, wantedEpoch);
  const netuids = new Set([...epochs.netuids, ...[...positions.values()].map(({ netuid }) => netuid)]);
  return [...netuids]
    .sort((a, b) => a - b)
    .map((netuid) => ({
      netuid,
      epochs: epochs.of(netuid).length,
      epoch: chosen.get(netuid) ?? null,
      miners: lines.filter(({ position }) => position.netuid === netuid),
    }));
}
