import { ROLES } from "../tables/streams.js";
import { PayTotals } from "./pay-totals.js";

const MINER = ROLES.indexOf("miner");

/** What each position was paid: over the whole run, and last. */
export class Payroll {
  /** Of every position, over the whole run. */
  readonly totals = new PayTotals();
  /** The part of it in each role but that of a miner, by code of `ROLES`, once somebody was paid in it. */
  private readonly inRole = new Map<number, PayTotals>();
  private positions = 0;
  /** Last pay of a position and the epoch it was paid in, for pruning. */
  private lastPayRao = new Float64Array(256);
  private lastPayEpoch = new Int32Array(256);

  ensurePositions(count: number): void {
    this.positions = count;
    this.totals.ensurePositions(count);
    for (const totals of this.inRole.values()) totals.ensurePositions(count);
    if (count <= this.lastPayRao.length) return;
    const lastPayRao = new Float64Array(count * 2);
    lastPayRao.set(this.lastPayRao);
    this.lastPayRao = lastPayRao;
    const lastPayEpoch = new Int32Array(count * 2);
    lastPayEpoch.set(this.lastPayEpoch);
    this.lastPayEpoch = lastPayEpoch;
  }

  /** Adds whole amounts from 0 to 2^53 - 1 to the totals of a position. @param role code of `ROLES` */
  add(position: number, recordedRao: number, paidRao: number, role: number): void {
    this.totals.add(position, recordedRao, paidRao);
    if (role === MINER) return;
    let totals = this.inRole.get(role);
    if (totals === undefined) {
      totals = new PayTotals();
      totals.ensurePositions(this.positions);
      this.inRole.set(role, totals);
    }
    totals.add(position, recordedRao, paidRao);
  }

  /** What a position was paid in a role over the whole run, rao. @param role code of `ROLES` */
  inRoleOf(position: number, role: number): { readonly recordedRao: bigint; readonly paidRao: bigint } {
    if (role !== MINER) {
      const totals = this.inRole.get(role);
      return { recordedRao: totals?.recordedRao(position) ?? 0n, paidRao: totals?.paidRao(position) ?? 0n };
    }
    let [recordedRao, paidRao] = [this.totals.recordedRao(position), this.totals.paidRao(position)];
    for (const totals of this.inRole.values()) {
      recordedRao -= totals.recordedRao(position);
      paidRao -= totals.paidRao(position);
    }
    return { recordedRao, paidRao };
  }

  /** What the position was paid in an epoch of its subnet, if it is the last it was paid in; rao. */
  lastPayOf(epoch: number, position: number): number {
    return this.lastPayEpoch[position] === epoch ? this.lastPayRao[position] : 0;
  }

  /** The pay of the subnet's last epoch goes to a position that takes another's place, with the seat. */
  passOn(epoch: number, from: number, to: number): void {
    const paidRao = this.lastPayOf(epoch, from);
    if (paidRao === 0) return;
    this.lastPayRao[from] = 0;
    this.note(epoch, to, paidRao);
  }

  /** Notes pay of an epoch; a position may be paid for several roles in one. */
  note(epoch: number, position: number, paidRao: number): void {
    if (this.lastPayEpoch[position] === epoch) this.lastPayRao[position] += paidRao;
    else {
      this.lastPayEpoch[position] = epoch;
      this.lastPayRao[position] = paidRao;
    }
  }
}
