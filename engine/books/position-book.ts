import type { EmissionConfiguration } from "../configuration/emission-configuration.js";
import { max, min } from "../kernel/math.js";
import { ExactSum, MAX_RAO, mulDivFloor } from "../kernel/money.js";
import { AuditedLedger } from "../ledger/audited-ledger.js";
import { EMISSION_SOURCE, Ledger, type LedgerListener, type LedgerRules, MANUAL_SOURCE } from "../ledger/ledger.js";
import { POSITION_STATE } from "../ledger/position-state.js";
import { ROUNDING_RAO } from "../ledger/rounding.js";
import type { MoveOutcome } from "./move-outcome.js";

/** What of the books of positions is read; they change through `Holdings` alone. */
export type PositionsHeld = Readonly<
  Pick<PositionBook, "simulated" | "recorded" | "twins" | "emissionRao" | "tranches" | "totalOf" | "everHeld">
>;

/** A move that the recorded position makes alone. */
interface TwinMove {
  readonly from: number;
  readonly to: number;
  readonly timeMs: number;
  readonly sentRao: number;
  readonly arrivedRao: number;
  /** Code of the exit reason of what does not arrive. */
  readonly lossReason: number;
}

/**
 * The ledger of a run and, under `emission: redistribute`, with a `recorded_rule` or driven positions, the recorded one beside it: the
 * recorded ledger holds what the recording says, the simulated one what the rules would have paid, and recorded
 * withdrawals apply to the simulated balances by `withdrawals` (docs/explanation/redistribution.md). Otherwise the two are one.
 * Tranche ids are the same in both, so that a counterpart is found by its id. The recorded ledger may look at another retention basis.
 */
export class PositionBook {
  readonly simulated: Ledger;
  readonly recorded: Ledger;
  /** Emission that entered the simulated positions. */
  readonly emissionRao = new ExactSum();
  private nextTranche = 0;
  readonly twins: boolean;
  /** What the last `withdrawRecorded` took from the recorded position, rao. */
  recordedTakenRao = 0;

  constructor(
    rules: LedgerRules,
    private readonly withdrawals: EmissionConfiguration["withdrawals"],
    recordedRules: LedgerRules | null,
    listener: LedgerListener,
    audit = false,
  ) {
    const twins = recordedRules !== null;
    this.twins = twins;
    const LedgerOf = audit ? AuditedLedger : Ledger;
    this.simulated = new LedgerOf(rules, twins && withdrawals !== "absolute" ? silent(listener, listener.reportsClosures) : listener);
    const recordedListener = withdrawals === "absolute" ? silent(listener, false) : { ...bound(listener), reportsClosures: false };
    this.recorded = twins ? new LedgerOf(recordedRules, recordedListener, 64, 256) : this.simulated;
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

  /** Did anything ever enter the simulated position, or was handed to it with an emptied one? */
  everHeld(position: number): boolean {
    const base = position * POSITION_STATE.STRIDE;
    const { states } = this.simulated;
    const { INFLOW, EMISSION, MOVED_IN, BASIS_RECEIVED } = POSITION_STATE;
    return [INFLOW, EMISSION, MOVED_IN, BASIS_RECEIVED].some((field) => states.cumulative(base + field) > 0n);
  }

  /**
   * A manual inflow; nothing for an amount of 0.
   * @param recordedRao what arrives in the recording; 0: it knows nothing of it
   * @param paidRao what arrives in the run, where a sender gave another amount than the recorded one
   * @throws TenureError TEN-LEDGER-001
   */
  inflow(position: number, timeMs: number, recordedRao: number, paidRao = recordedRao): void {
    if (recordedRao === 0 && paidRao === 0) return;
    if (paidRao > MAX_RAO) throw this.simulated.overfull(position, paidRao);
    const tranche = this.nextTranche++;
    if (paidRao > 0) this.simulated.credit(position, MANUAL_SOURCE, timeMs, paidRao, tranche);
    if (this.twins && recordedRao > 0) this.recorded.credit(position, MANUAL_SOURCE, timeMs, recordedRao, tranche);
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
  withdrawRecorded(position: number, timeMs: number, amountRao: number, reason: number): number {
    this.recordedTakenRao = 0;
    if (amountRao === 0) return 0;
    if (!this.twins) {
      this.recordedTakenRao = this.simulated.debit(position, timeMs, amountRao, reason);
      return this.recordedTakenRao;
    }
    const before = this.totalOf(position);
    const recordedBefore = this.recorded.state[position * POSITION_STATE.STRIDE + POSITION_STATE.TOTAL];
    const exits = this.recorded.exits;
    exits.clear();
    const taken = this.recorded.debit(position, timeMs, amountRao, reason);
    this.recordedTakenRao = taken;
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

  /** Do recorded withdrawals take, tranche by tranche, from the simulated counterparts of what they take in the recording? */
  get followsTranches(): boolean {
    return this.twins && this.withdrawals === "same_tranches";
  }

  /** A withdrawal of the recorded position alone, as far as `on_invalid` has it. Answers what left it, rao. */
  withdrawFromTwin(position: number, timeMs: number, amountRao: number, reason: number): number {
    const { recorded } = this;
    recorded.exits.clear();
    return recorded.debit(position, timeMs, admittedUntold(recorded, position, amountRao), reason);
  }

  /** Takes all that the recorded position holds, and lets it forget what it received. Answers what it held, rao. */
  startTwinAnew(position: number, timeMs: number, reason: number): number {
    const { recorded } = this;
    recorded.exits.clear();
    const heldRao = recorded.debit(position, timeMs, recorded.totalOf(position), reason);
    recorded.forget(position);
    return heldRao;
  }

  /** A neutral move of the recorded position alone; what arrives beyond what it gives is a manual inflow. Answers what left it, rao. */
  moveTwin({ from, to, timeMs, sentRao, arrivedRao, lossReason }: TwinMove): number {
    const { recorded } = this;
    const takenRao = admittedUntold(recorded, from, sentRao);
    const movedRao = min(arrivedRao, takenRao);
    recorded.exits.clear();
    recorded.debit(from, timeMs, takenRao - movedRao, lossReason);
    if (from !== to) this.nextTranche += movePlain(recorded, from, to, timeMs, movedRao, this.nextTranche);
    this.inflow(to, timeMs, arrivedRao - movedRao, 0);
    return takenRao;
  }

  /** A withdrawal that no recording knows of, of what the simulated position holds. Answers what left it, rao. */
  withdrawActed(position: number, timeMs: number, amountRao: number, reason: number): number {
    return this.simulated.debit(position, timeMs, amountRao, reason);
  }

  /** A neutral move that no recording knows of, of what the simulated position holds; everything as a re-keying. */
  moveActed(from: number, to: number, timeMs: number, amountRao: number): void {
    this.nextTranche += movePlain(this.simulated, from, to, timeMs, amountRao, this.nextTranche);
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
   * A neutral move to another position, as recorded. More than there is goes by `on_invalid`; what then arrives all the same
   * is a manual inflow. What does not arrive leaves first, so that a move of everything stays one and re-keys the position.
   * @param lossReason code of the exit reason of what does not arrive
   */
  move(from: number, to: number, timeMs: number, sentRao: number, arrivedRao: number, lossReason: number): MoveOutcome {
    const { recorded, simulated } = this;
    const taken = admitted(recorded, from, timeMs, sentRao);
    const moved = min(arrivedRao, taken);
    const lost = taken - moved;
    const extra = arrivedRao - moved;
    const recordedFacts = { recordedLostRao: lost, lackRao: sentRao - taken };
    if (this.twins && this.withdrawals === "absolute") {
      const ownTaken = admitted(simulated, from, timeMs, sentRao);
      const ownMoved = min(arrivedRao, ownTaken);
      const ownExtra = min(extra, arrivedRao - ownMoved);
      recorded.exits.clear();
      recorded.debit(from, timeMs, lost, lossReason);
      simulated.debit(from, timeMs, ownTaken - ownMoved, lossReason);
      if (from !== to) this.carryBoth(from, to, timeMs, moved, ownMoved);
      this.inflow(to, timeMs, extra, ownExtra);
      return { ...recordedFacts, movedRao: from === to ? 0 : ownMoved, lostRao: ownTaken - ownMoved, extraRao: ownExtra };
    }
    const lostRao = this.withdrawRecorded(from, timeMs, lost, lossReason);
    const movedRao = from === to ? 0 : this.carry(from, to, timeMs, moved);
    this.inflow(to, timeMs, extra);
    return { ...recordedFacts, movedRao, lostRao, extraRao: extra };
  }

  /** Moves in either ledger an amount of its own, which it holds; everything as a re-keying. */
  private carryBoth(from: number, to: number, timeMs: number, recordedRao: number, simulatedRao: number): void {
    const { recorded, simulated } = this;
    // The two ledgers may give one id to split-off tranches of their own: under `absolute` they never meet.
    const firstSplit = this.nextTranche;
    // An empty position of which everything moves hands on what it ever received.
    const isWhole = recordedRao > 0 && recordedRao === recorded.totalOf(from) && simulatedRao === simulated.totalOf(from);
    if (isWhole) simulated.moveAll(from, to, timeMs);
    const used = isWhole ? 0 : movePlain(simulated, from, to, timeMs, simulatedRao, firstSplit);
    this.nextTranche = firstSplit + max(used, movePlain(recorded, from, to, timeMs, recordedRao, firstSplit));
  }

  /** Moves an amount that the recorded position holds, everything as a re-keying. Answers the simulated amount. */
  private carry(from: number, to: number, timeMs: number, amountRao: number): number {
    if (amountRao === 0) return 0;
    const { recorded, simulated } = this;
    const held = recorded.totalOf(from);
    const before = simulated.totalOf(from);
    const firstSplit = this.nextTranche;
    // What the recorded position ever received is handed on by a move of everything, and so it is in the run, even of nothing.
    const isWhole = amountRao === held;
    let used = 0;
    // The two ledgers may give one id to split-off tranches of their own: in this mode they never meet.
    if (this.twins && this.withdrawals === "proportional" && !isWhole) {
      used = movePlain(simulated, from, to, timeMs, mulDivFloor(before, amountRao, held), firstSplit);
    }
    this.nextTranche = firstSplit + max(used, movePlain(recorded, from, to, timeMs, amountRao, firstSplit));
    if (!this.twins) return amountRao;
    if (isWhole) simulated.moveAll(from, to, timeMs);
    else if (this.withdrawals === "same_tranches") this.followMove(from, to, timeMs, firstSplit);
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

/** What may be taken of what an event asks for. */
function admitted(ledger: Ledger, position: number, timeMs: number, amountRao: number): number {
  return amountRao > ledger.totalOf(position) ? ledger.refuse(position, timeMs, amountRao) : amountRao;
}

/** The same, by `on_invalid` and without a word; where it says `stop`, all there is. */
function admittedUntold(ledger: Ledger, position: number, amountRao: number): number {
  const heldRao = ledger.totalOf(position);
  if (amountRao <= heldRao) return amountRao;
  return ledger.rules.onInvalid === "record" && amountRao - heldRao > ROUNDING_RAO ? 0 : heldRao;
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
    rounded: (...values) => listener.rounded(...values),
    closed: (...values) => listener.closed(...values),
    movedAll: (...values) => listener.movedAll(...values),
    reportsClosures: listener.reportsClosures,
    describe: (position) => listener.describe(position),
  };
}

/** The same listener, deaf to what was asked for beyond what there was: of two ledgers one reports it. */
function silent(listener: LedgerListener, reportsClosures: boolean): LedgerListener {
  return { ...bound(listener), rejected: () => undefined, rounded: () => undefined, reportsClosures };
}
