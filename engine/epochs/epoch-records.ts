import type { Outputs } from "../books/outputs.js";
import type { Subnet } from "../books/subnet.js";
import { normalise } from "../kernel/normalise.js";
import type { Measurements } from "../vesting/measurements.js";
import type { EpochSheet } from "./epoch-sheet.js";

/** A share below the least normal double has lost its digits and counts as 0 (docs/explanation/weights.md). */
const SMALLEST_SHARE = 2.2250738585072014e-308;

/** Writes down what was measured, shared and paid at the end of an epoch, where the tables are asked for. */
export class EpochRecords {
  private baseShare = new Float64Array(257);

  constructor(
    private readonly outputs: Outputs,
    private readonly everyEpochs: number,
  ) {}

  /** Is the epoch one of those that are recorded, whatever follows? */
  isRecorded(subnet: Subnet): boolean {
    return subnet.epoch % this.everyEpochs === 0;
  }

  /** Of every position of the subnet, as measured. */
  holdings(subnet: Subnet, measured: Measurements): void {
    const table = this.outputs.tables.holdings;
    if (table === null) return;
    if (!this.isRecorded(subnet)) this.outputs.beginProvisional(table, subnet.configuration.netuid);
    const count = measured.count;
    const to = table.room(count);
    const first = table.rows;
    to.epoch.fill(subnet.epoch, first, first + count);
    to.position.set(subnet.positions.subarray(0, count), first);
    to.stakeRao.set(measured.stakeRao.subarray(0, count), first);
    to.receivedRao.set(measured.receivedRao.subarray(0, count), first);
    to.remainingRao.set(measured.remainingRao.subarray(0, count), first);
    to.heldShare.set(measured.heldShare.subarray(0, count), first);
    to.heldDays.set(measured.heldDays.subarray(0, count), first);
    to.multiplier.set(measured.multiplier.subarray(0, count), first);
    table.filled(count);
  }

  /** From base weights to shares, of the miners. */
  weights(subnet: Subnet, { miners, base, factor, shown, final, member }: EpochSheet): void {
    const table = this.outputs.tables.weights;
    if (table === null) return;
    if (!this.isRecorded(subnet)) this.outputs.beginProvisional(table, subnet.configuration.netuid);
    if (this.baseShare.length <= miners) this.baseShare = new Float64Array(miners * 2 + 1);
    const { baseShare } = this;
    baseShare.set(base.subarray(0, miners + 1));
    normalise(baseShare, miners + 1);
    const to = table.room(miners);
    for (let k = 0, row = table.rows; k < miners; k++, row++) {
      to.epoch[row] = subnet.epoch;
      to.position[row] = subnet.positions[member[k]];
      to.baseWeight[row] = base[k];
      to.multiplier[row] = factor[k];
      to.shadowMultiplier[row] = shown[k];
      to.finalWeight[row] = final[k];
      to.weightGain[row] = baseShare[k] >= SMALLEST_SHARE ? final[k] / baseShare[k] : 1;
    }
    table.filled(miners);
  }

  /** What rows say, and are paid. */
  rewards(subnet: Subnet, { paid }: EpochSheet): void {
    const table = this.outputs.tables.rewards;
    if (table === null) return;
    if (!this.isRecorded(subnet)) this.outputs.beginProvisional(table, subnet.configuration.netuid);
    const { group } = subnet;
    const to = table.room(group.count);
    for (let i = 0, row = table.rows; i < group.count; i++, row++) {
      to.epoch[row] = subnet.epoch;
      to.position[row] = group.position[i];
      to.role[row] = group.role[i];
      to.recordedRao[row] = group.amountRao[i];
      to.paidRao[row] = paid[i];
    }
    table.filled(group.count);
  }

  /** The epoch itself. */
  epoch(subnet: Subnet, measured: Measurements, sheet: EpochSheet, paidRao: number): void {
    const { endMs, recordedRao, unallocatedRao, outsideRao } = sheet;
    let sum = 0;
    for (let i = 0; i < measured.count; i++) sum += measured.multiplier[i];
    this.outputs.tables.epochs?.write({
      netuid: subnet.configuration.netuid,
      epoch: subnet.epoch,
      startMs: subnet.epochEndMs,
      endMs,
      positions: measured.count,
      recordedRao,
      paidRao,
      unallocatedRao,
      outsideRao,
      meanMultiplier: measured.count === 0 ? 1 : sum / measured.count,
    });
  }
}
