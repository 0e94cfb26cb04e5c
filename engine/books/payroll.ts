import { ROLES } from "../tables/streams.js";
import type { Outputs } from "./outputs.js";
import { PayTotals } from "./pay-totals.js";
import type { PositionBook } from "./position-book.js";
import type { Schedules } from "./schedules.js";

const MINER = ROLES.indexOf("miner");

/** Pays positions out of emission, at once or by a vesting schedule, and knows what each was paid. */
export class Payroll {
  /** Of every position, over the whole run. */
  readonly totals = new PayTotals();
  /** Last pay of a position and the epoch it was paid in, for pruning. */
  private lastPayRao = new Float64Array(256);
  private lastPayEpoch = new Int32Array(256);

  constructor(
    private readonly positions: PositionBook,
    private readonly outputs: Outputs,
    private readonly schedules: Schedules | null,
  ) {}

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

  /**
   * Pays a position.
   * @param recordedRao what the recording says it was paid
   * @param block that paid it; -1: unknown
   */
  pay(position: number, timeMs: number, recordedRao: number, paidRao: number, role: number, block: number): void {
    this.totals.add(position, recordedRao, paidRao);
    if (this.schedules !== null && role === MINER && paidRao > 0) {
      if (this.schedules.start(position, timeMs, paidRao) !== null) {
        this.positions.recordedOnly(position, timeMs, recordedRao);
        return;
      }
    }
    this.book(position, timeMs, recordedRao, paidRao, block);
  }

  /** Books emission, and writes its row of the table `flows`. Answers its tranche, -1 for nothing. */
  book(position: number, timeMs: number, recordedRao: number, paidRao: number, block: number, extrinsic = -1, event = -1): number {
    const tranche = this.positions.emission(position, timeMs, recordedRao, paidRao);
    const { flows } = this.outputs.tables;
    if (flows !== null && paidRao > 0) {
      flows.write({ timeMs, position, flow: "emission", amountRao: paidRao, counterparty: -1, block, extrinsic, event });
    }
    return tranche;
  }
}
