import { PayTotals } from "./pay-totals.js";

/** What each position was paid: over the whole run, and last. */
export class Payroll {
  /** Of every position, over the whole run. */
  readonly totals = new PayTotals();
  /** Last pay of a position and the epoch it was paid in, for pruning. */
  private lastPayRao = new Float64Array(256);
  private lastPayEpoch = new Int32Array(256);

  ensurePositions(count: number): void {
    this.totals.ensurePositions(count);
    if (count <= this.lastPayRao.length) return;
    const lastPayRao = new Float64Array(count * 2);
    lastPayRao.set(this.lastPayRao);
    this.lastPayRao = lastPayRao;
    const lastPayEpoch = new Int32Array(count * 2);
    lastPayEpoch.set(this.lastPayEpoch);
    this.lastPayEpoch = lastPayEpoch;
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
