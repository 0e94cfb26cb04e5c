import type { EmissionConfiguration } from "../configuration.js";
import { max } from "../kernel/math.js";
import { ExactSum, mulDivFloor } from "../money.js";
import { AuditedLedger } from "./audited-ledger.js";
import { EMISSION_SOURCE, Ledger, type LedgerListener, type LedgerRules, MANUAL_SOURCE } from "./ledger.js";
import { POSITION_STATE } from "./position-state.js";

/**
 * The ledger of a run and, under `emission: redistribute`, the recorded one beside it: the recorded ledger holds what the
 * recording says, the simulated one what the rules would have paid, and recorded withdrawals apply to the simulated
 * balances by `withdrawals` (mechanisms 7). Under `replay` the two are the same. Tranche ids are the same in both, so
 * that a counterpart is found by its id.
 */
export class Book {
  readonly simulated: Ledger;
  readonly recorded: Ledger;
  /** Emission that entered the simulated positions. */
  readonly emissionRao = new ExactSum();
  private nextTranche = 0;
  readonly twins: boolean;

  constructor(
    rules: LedgerRules,
    private readonly withdrawals: EmissionConfiguration["withdrawals"],
    twins: boolean,
    listener: LedgerListener,
    audit = false,
  ) {
    this.twins = twins;
    const LedgerOf = audit ? AuditedLedger : Ledger;
    this.simulated = new LedgerOf(rules, twins && withdrawals !== "absolute" ? silent(listener, listener.reportsClosures) : listener);
    const recordedListener = withdrawals === "absolute" ? silent(listener, false) : { ...bound(listener), reportsClosures: false };
    this.recorded = twins ? new LedgerOf(rules, recordedListener, 64, 256) : this.simulated;
  }

  get tranches(): number {
    return this.nextTranche;
  }

  ensurePositions(positions: number): void {
    this.simulated.ensurePositions(positions);
    if (this.twins) this.recorded.ensurePositions(positions);
  }

  /** Provenance of what follows. */
  at(block: number, extrinsic: number, event: number): void {
    const { simulated, recorded } = this;
    simulated.block = block;
    simulated.extrinsic = extrinsic;
    simulated.event = event;
    if (this.twins) {
      recorded.block = block;
      recorded.extrinsic = extrinsic;
      recorded.event = event;
    }
  }

  totalOf(position: number): number {
    return this.simulated.state[position * POSITION_STATE.STRIDE + POSITION_STATE.TOTAL];
  }

  /** A manual inflow; nothing for an amount of 0. */
  inflow(position: number, timeMs: number, amountRao: number): void {
    if (amountRao === 0) return;
    const tranche = this.nextTranche++;
    this.simulated.credit(position, MANUAL_SOURCE, timeMs, amountRao, tranche);
    if (this.twins) this.recorded.credit(position, MANUAL_SOURCE, timeMs, amountRao, tranche);
  }

  /** Emission: what was recorded and what the rules pay. Answers the tranche, -1 for nothing. */
  emission(position: number, timeMs: number, recordedRao: number, paidRao: number): number {
    if (recordedRao === 0 && paidRao === 0) return -1;
    const tranche = this.nextTranche++;
    if (paidRao > 0) {
      this.simulated.credit(position, EMISSION_SOURCE, timeMs, paidRao, tranche);
      this.emissionRao.add(paidRao);
    }
    if (this.twins && recordedRao > 0) this.recorded.credit(position, EMISSION_SOURCE, timeMs, recordedRao, tranche);
    return tranche;
  }

  /** `emission` of many positions at one instant where what is paid is what was recorded; for a book without twins. */
  emissionAsRecorded(positions: Int32Array, amountsRao: Float64Array, count: number, timeMs: number): void {
    this.simulated.creditEmission(positions, amountsRao, count, timeMs, this.nextTranche);
    this.nextTranche += count;
    for (let i = 0; i < count; i++) this.emissionRao.add(amountsRao[i]);
  }

  /** Emission that is recorded but paid later, in instalments. */
  recordedOnly(position: number, timeMs: number, recordedRao: number): void {
    if (this.twins && recordedRao > 0) this.recorded.credit(position, EMISSION_SOURCE, timeMs, recordedRao, this.nextTranche++);
  }

  /** A withdrawal as recorded. Answers what left the simulated position, rao. */
  outflow(position: number, timeMs: number, amountRao: number, reason: number): number {
    if (amountRao === 0) return 0;
    if (!this.twins) return this.simulated.debit(position, timeMs, amountRao, reason);
    const before = this.totalOf(position);
    const recordedBefore = this.recorded.state[position * POSITION_STATE.STRIDE + POSITION_STATE.TOTAL];
    const exits = this.recorded.exits;
    exits.clear();
    const taken = this.recorded.debit(position, timeMs, amountRao, reason);
    if (this.withdrawals === "absolute") return this.simulated.debit(position, timeMs, amountRao, reason);
    if (this.withdrawals === "proportional") {
      if (taken > 0) this.simulated.debit(position, timeMs, mulDivFloor(before, taken, recordedBefore), reason);
    } else {
      for (let i = 0; i < exits.rows; i++) {
        const held = this.simulated.remainingOf(position, exits.trancheAt(i));
        const amount = mulDivFloor(held, exits.amountAt(i), exits.beforeAt(i));
        this.simulated.debitTranche(position, exits.trancheAt(i), timeMs, amount, reason);
      }
    }
    return before - this.totalOf(position);
  }

  /** Takes all a position holds, whatever `withdrawals` says. Answers what left the simulated position, rao. */
  empty(position: number, timeMs: number, reason: number): number {
    if (this.twins) {
      this.recorded.exits.clear();
      this.recorded.debit(position, timeMs, this.recorded.totalOf(position), reason);
    }
    return this.simulated.debit(position, timeMs, this.simulated.totalOf(position), reason);
  }

  /** Lets a position that holds nothing forget what it ever received: a snapshot starts it anew. */
  forget(position: number): void {
    this.simulated.forget(position);
    if (this.twins) this.recorded.forget(position);
  }

  /** Re-keys a position whole. Answers the simulated amount. */
  moveAll(from: number, to: number, timeMs: number): number {
    if (this.twins) this.recorded.moveAll(from, to, timeMs);
    return this.simulated.moveAll(from, to, timeMs);
  }

  /**
   * A neutral move as recorded; of everything held it re-keys the position. Answers the simulated amount moved.
   * More than there is goes by `on_invalid`.
   */
  move(from: number, to: number, timeMs: number, amountRao: number): number {
    if (from === to || amountRao === 0) return 0;
    const { recorded, simulated } = this;
    const held = recorded.totalOf(from);
    const amount = amountRao > held ? recorded.refuse(from, timeMs, amountRao) : amountRao;
    const before = simulated.totalOf(from);
    const firstSplit = this.nextTranche;
    let used = 0;
    if (this.twins && this.withdrawals !== "same_tranches") {
      const wanted = this.withdrawals === "absolute" ? amountRao : amount === 0 ? 0 : mulDivFloor(before, amount, held);
      used = movePlain(simulated, from, to, timeMs, wanted > before ? simulated.refuse(from, timeMs, wanted) : wanted, firstSplit);
    }
    const whole = amount === held;
    // The two ledgers may give one id to split-off tranches of their own: in these modes they never meet.
    this.nextTranche = firstSplit + max(used, movePlain(recorded, from, to, timeMs, amount, firstSplit));
    if (!this.twins) return amount;
    if (this.withdrawals === "same_tranches" && amount > 0) {
      if (whole) simulated.moveAll(from, to, timeMs);
      else this.followMove(from, to, timeMs, firstSplit);
    }
    return before - simulated.totalOf(from);
  }

  /** Moves of each simulated tranche the part that the recorded one just lost. */
  private followMove(from: number, to: number, timeMs: number, firstSplit: number): void {
    const { simulated } = this;
    const { touches } = this.recorded;
    let split = firstSplit;
    for (let i = 0; i < touches.rows; i++) {
      const tranche = touches.trancheAt(i);
      const moved = touches.amountAt(i);
      const before = touches.beforeAt(i);
      const splitTranche = moved === before ? tranche : split++;
      const part = mulDivFloor(simulated.remainingOf(from, tranche), moved, before);
      simulated.moveTranche(from, to, tranche, timeMs, part, splitTranche);
    }
  }
}

/** Moves an amount that is held, the whole position where it is everything; answers how many tranches split. */
function movePlain(ledger: Ledger, from: number, to: number, timeMs: number, amountRao: number, firstSplit: number): number {
  if (amountRao === 0) return 0;
  if (amountRao < ledger.totalOf(from)) return ledger.movePart(from, to, timeMs, amountRao, firstSplit);
  ledger.moveAll(from, to, timeMs);
  return 0;
}

function bound(listener: LedgerListener): LedgerListener {
  return {
    rejected: (...values) => listener.rejected(...values),
    closed: (...values) => listener.closed(...values),
    movedAll: (...values) => listener.movedAll(...values),
    reportsClosures: listener.reportsClosures,
    describe: (position) => listener.describe(position),
  };
}

/** The same listener, deaf to rejections: of two ledgers one reports them. */
function silent(listener: LedgerListener, reportsClosures: boolean): LedgerListener {
  return { ...bound(listener), rejected: () => undefined, reportsClosures };
}
