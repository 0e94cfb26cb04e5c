import { ROLES } from "../../../engine/index.js";
import type { OpenRun } from "../../../recorders/index.js";
import { numberColumn } from "../../reading/columns.js";
import type { EpochRow } from "../../reading/epochs.js";
import type { PositionRow } from "../../reading/positions.js";
import { readSpendingNotes, type SpendingNote } from "../../reading/spending-notes.js";

const MINER = ROLES.indexOf("miner");

/** What of all miners of a subnet, and of one of them, is known of each epoch; by its number. */
export class RunColumns {
  /** 1: the miner has a row of weights. */
  readonly weighed: Uint8Array;
  /** Of the miner. */
  readonly base: Float64Array;
  readonly factor: Float64Array;
  /** What its multiplier would be; applied or not. */
  readonly shadow: Float64Array;
  /** What its holding was measured at, where that is read; NaN: it is not. */
  readonly measured: Float64Array;
  readonly final: Float64Array;
  readonly gain: Float64Array;
  /** Of all: sums of base weights, and of these times the multiplier. */
  readonly baseSum: Float64Array;
  readonly weightSum: Float64Array;
  /** Paid as miners: to the miner, and to all with what goes elsewhere; rao. */
  readonly paidRao: Float64Array;
  readonly recordedRao: Float64Array;
  readonly potRao: Float64Array;
  /** Paid to it in other roles than that of a miner, rao by role. */
  readonly otherRolesRao = new Map<string, bigint>();
  /** Of the miner by stage, from 1: its share before, its factor, its share after. NaN: not recorded. */
  readonly stages = new Map<number, { readonly before: Float64Array; readonly factor: Float64Array; readonly after: Float64Array }>();

  /** What the budget of the list came to, by epoch; empty: there is none, or it was not recorded. */
  spending: ReadonlyMap<number, SpendingNote> = new Map();

  constructor(readonly epochs: readonly EpochRow[]) {
    const length = (epochs.at(-1)?.epoch ?? 0) + 1;
    const column = () => new Float64Array(length);
    this.weighed = new Uint8Array(length);
    [this.base, this.factor, this.shadow, this.final, this.gain, this.baseSum] = Array.from({ length: 6 }, column);
    this.measured = column().fill(Number.NaN);
    [this.weightSum, this.paidRao, this.recordedRao, this.potRao] = [column(), column(), column(), column()];
  }

  /** Had the miner a weight in an epoch? A row alone is none: where nobody has a base weight all have rows. */
  hasWeight(epoch: number): boolean {
    return this.weighed[epoch] === 1 && (this.base[epoch] > 0 || this.final[epoch] > 0);
  }

  stage(number: number) {
    const { length } = this.base;
    const known = this.stages.get(number);
    if (known !== undefined) return known;
    const column = () => new Float64Array(length).fill(Number.NaN);
    const made = { before: column(), factor: column(), after: column() };
    this.stages.set(number, made);
    return made;
  }
}

/** Reads them, each table once. Tables that were not recorded leave their columns at 0. */
export async function readRunColumns(
  run: OpenRun,
  positions: ReadonlyMap<number, PositionRow>,
  { position: own, netuid }: PositionRow,
  epochs: readonly EpochRow[],
): Promise<RunColumns> {
  const columns = new RunColumns(epochs);
  for (const { epoch, unallocated_rao, outside_rao } of epochs) columns.potRao[epoch] = unallocated_rao + outside_rao;
  const isOnSubnet = new Uint8Array(Math.max(-1, ...positions.keys()) + 1);
  for (const row of positions.values()) if (row.netuid === netuid) isOnSubnet[row.position] = 1;
  if (run.tables.includes("rewards")) await readRewards(run, columns, isOnSubnet, own);
  if (run.tables.includes("weights")) await readWeights(run, columns, isOnSubnet, own);
  if (run.tables.includes("stage_weights")) await readStages(run, columns, netuid, own);
  columns.spending = await readSpendingNotes(run, netuid);
  if (run.tables.includes("residuals")) {
    for await (const batch of run.readTable("residuals")) {
      const [subnet, epoch, amount] = ["netuid", "epoch", "amount_rao"].map((name) => numberColumn(batch, name));
      for (let row = 0; row < batch.rows; row++) if (subnet[row] === netuid) columns.potRao[epoch[row]] += amount[row];
    }
  }
  return columns;
}

async function readRewards(run: OpenRun, columns: RunColumns, isOnSubnet: Uint8Array, own: number): Promise<void> {
  const { potRao, paidRao, recordedRao, otherRolesRao } = columns;
  for await (const batch of run.readTable("rewards")) {
    const [epoch, position, role, recorded, paid] = ["epoch", "position", "role", "recorded_rao", "paid_rao"].map((name) =>
      numberColumn(batch, name),
    );
    for (let row = 0; row < batch.rows; row++) {
      if (role[row] !== MINER) {
        if (position[row] === own) otherRolesRao.set(ROLES[role[row]], (otherRolesRao.get(ROLES[role[row]]) ?? 0n) + BigInt(paid[row]));
        continue;
      }
      if (isOnSubnet[position[row]] !== 1) continue;
      potRao[epoch[row]] += paid[row];
      if (position[row] !== own) continue;
      paidRao[epoch[row]] += paid[row];
      recordedRao[epoch[row]] += recorded[row];
    }
  }
}

async function readWeights(run: OpenRun, columns: RunColumns, isOnSubnet: Uint8Array, own: number): Promise<void> {
  const names = ["epoch", "position", "base_weight", "multiplier", "shadow_multiplier", "final_weight", "weight_gain"];
  for await (const batch of run.readTable("weights")) {
    const [epoch, position, base, multiplier, shadow, final, gain] = names.map((name) => numberColumn(batch, name));
    for (let row = 0; row < batch.rows; row++) {
      if (isOnSubnet[position[row]] !== 1) continue;
      const at = epoch[row];
      columns.baseSum[at] += base[row];
      columns.weightSum[at] += base[row] * multiplier[row];
      if (position[row] !== own) continue;
      columns.weighed[at] = 1;
      columns.base[at] = base[row];
      columns.factor[at] = multiplier[row];
      columns.shadow[at] = shadow[row];
      columns.final[at] = final[row];
      columns.gain[at] = gain[row];
    }
  }
}

async function readStages(run: OpenRun, columns: RunColumns, netuid: number, own: number): Promise<void> {
  const names = ["netuid", "epoch", "position", "stage", "share_before", "factor", "share_after"];
  for await (const batch of run.readTable("stage_weights")) {
    const [subnet, epoch, position, stage, before, factor, after] = names.map((name) => numberColumn(batch, name));
    for (let row = 0; row < batch.rows; row++) {
      if (position[row] !== own || subnet[row] !== netuid) continue;
      const to = columns.stage(stage[row]);
      to.before[epoch[row]] = before[row];
      to.factor[epoch[row]] = factor[row];
      to.after[epoch[row]] = after[row];
    }
  }
}

/** What the holding of a position was measured at in each epoch, whether it shares a pot or not. */
export async function readMeasured(run: OpenRun, columns: RunColumns, own: number): Promise<void> {
  if (!run.tables.includes("holdings")) return;
  for await (const batch of run.readTable("holdings")) {
    const [epoch, position, multiplier] = ["epoch", "position", "multiplier"].map((name) => numberColumn(batch, name));
    for (let row = 0; row < batch.rows; row++) if (position[row] === own) columns.measured[epoch[row]] = multiplier[row];
  }
}
