import { floor, min } from "../kernel/math.js";
import { EXIT_REASONS, type ExitReason, type UnexplainedKind } from "../tables/results.js";
import { ROLES } from "../tables/streams.js";
import { ACCOUNT, type Accounts } from "./accounts.js";
import type { BookSurroundings } from "./book-surroundings.js";
import { FlowNotes } from "./flow-notes.js";
import type { OwnershipListener } from "./ownership-listener.js";
import type { Pass } from "./pass.js";
import { Passes } from "./passes.js";
import { Payroll } from "./payroll.js";
import { PositionAccounts } from "./position-accounts.js";
import type { PositionBook } from "./position-book.js";
import { RecordedAlone } from "./recorded-alone.js";
import type { Schedules } from "./schedules.js";

const MINER = ROLES.indexOf("miner");
const code = (reason: ExitReason): number => EXIT_REASONS.indexOf(reason);

/**
 * The one way to change what positions own. Each verb books the change, writes its row of the table `flows`, adds it to the sums
 * that must agree (`conservation.ts`), and tells who listens.
 *
 * What a stream tells of is *recorded*: it applies to the recorded twin of a position too, where there is one, and what it takes of
 * the simulated position goes by `emission.withdrawals`. What a simulated participant does is *acted*: no recording knows of it, so
 * it applies to the simulated position alone, and in full. What a *driven* position was recorded to do of its own accord applies to
 * its recorded twin alone (`DrivenPositions`).
 */
export class Holdings {
  /** What each position was paid. */
  readonly payroll = new Payroll();
  /** Positions that are mirrored in accounts. */
  readonly mirrored: PositionAccounts;
  private readonly notes: FlowNotes;
  private readonly passes: Passes;
  private readonly recordedAlone: RecordedAlone;

  /** @param schedules null: all pay is booked at once */
  constructor(
    private readonly around: BookSurroundings,
    private readonly book: PositionBook,
    private readonly schedules: Schedules | null,
    accounts: Accounts,
  ) {
    this.notes = new FlowNotes(around);
    this.recordedAlone = new RecordedAlone(around, book, this.notes);
    this.passes = new Passes(around, book, this.notes, this.recordedAlone);
    this.mirrored = new PositionAccounts(accounts, around.positions);
  }

  listen(listener: OwnershipListener): void {
    this.notes.listen(listener);
  }

  /** Makes room for position numbers below `count`. */
  ensurePositions(count: number): void {
    this.book.ensurePositions(count);
    this.payroll.ensurePositions(count);
  }

  /** From here on what a position owns is booked in an account, too; what it holds already comes from the outside market. */
  giveAccount(position: number, account: number): void {
    if (this.mirrored.held.length === 0) this.listen(this.mirrored);
    this.mirrored.give(position, account, this.book.totalOf(position));
  }

  /**
   * Stake that a position adds, as recorded.
   * @throws TenureError TEN-LEDGER-001 where it would hold more than 2^53 - 1 rao
   */
  depositRecorded(position: number, timeMs: number, amountRao: number): void {
    if (this.around.driven.has(position)) {
      this.recordedAlone.deposit(position, timeMs, amountRao);
      return;
    }
    this.book.inflow(position, timeMs, amountRao);
    this.notes.flow(timeMs, position, "inflow", amountRao, -1);
  }

  /**
   * Stake that a simulated participant adds.
   * @param account that it comes from, where the position has one of its own
   */
  depositActed(position: number, timeMs: number, amountRao: number, account: number = ACCOUNT.OUTSIDE_MARKET): void {
    this.book.inflow(position, timeMs, 0, amountRao);
    this.notes.flow(timeMs, position, "inflow", amountRao, -1, account);
  }

  /**
   * Stake that leaves a position, as recorded; more than there is by `on_invalid`.
   * @throws TenureError TEN-LEDGER-003 for more than there is, by more than rounding, under `on_invalid: stop`
   */
  withdrawRecorded(position: number, timeMs: number, amountRao: number, reason: ExitReason): void {
    if (this.around.driven.has(position)) {
      if (reason === "slash") this.slashDriven(position, timeMs, amountRao);
      else this.recordedAlone.withdraw(position, timeMs, amountRao, reason);
      return;
    }
    this.around.flowTotals.withdrawals.ask(amountRao);
    this.notes.flow(timeMs, position, "outflow", this.book.withdrawRecorded(position, timeMs, amountRao, code(reason)), -1);
  }

  /**
   * Stake that a simulated participant takes out, in whole rao and as far as there is so much.
   * @param account that it goes to, where the position has one of its own
   * @returns what it took, rao
   */
  withdrawActed(position: number, timeMs: number, amountRao: number, account: number = ACCOUNT.OUTSIDE_MARKET): number {
    const takenRao = this.take(position, timeMs, amountRao, "withdraw");
    this.notes.flow(timeMs, position, "outflow", takenRao, -1, account);
    return takenRao;
  }

  /**
   * Stake that a simulated participant moves to another position of its own on the subnet, with its history.
   * @param amountRao whole rao, which the position holds
   */
  moveActed(from: number, to: number, timeMs: number, amountRao: number): void {
    this.book.moveActed(from, to, timeMs, amountRao);
    this.notes.flow(timeMs, from, "moved_out", amountRao, to);
    this.notes.flow(timeMs, to, "moved_in", amountRao, from);
  }

  /**
   * Stake that the rules of a simulated subnet take from a position, as far as there is so much; what is recorded as slashed is
   * withdrawn (`withdrawRecorded`).
   * @param account that gets it
   * @returns what was taken, rao
   */
  slash(position: number, timeMs: number, amountRao: number, account: number): number {
    const takenRao = this.take(position, timeMs, amountRao, "slash");
    this.notes.flow(timeMs, position, "outflow", takenRao, -1, account);
    return takenRao;
  }

  /** Stake that goes from one position to another, as recorded. */
  move(pass: Pass): void {
    this.around.flowTotals.withdrawals.ask(pass.sentRao);
    this.passes.apply(pass);
  }

  /** A position takes another's place, and everything that it holds or ever received. */
  rekey(from: number, to: number, timeMs: number): void {
    // What a position received goes along also when nothing of it is left.
    const hadStake = this.book.everHeld(from);
    const movedRao = this.book.moveAll(from, to, timeMs);
    if (hadStake) this.notes.rekeyed(timeMs, from, to, movedRao);
    if (this.around.driven.has(from)) this.around.driven.passOn(from, to);
  }

  /** Takes whatever a position holds, in the recording and in the simulation, and lets it forget what it received. */
  startAnew(position: number, timeMs: number): void {
    if (this.around.driven.has(position)) {
      this.recordedAlone.startAnew(position, timeMs);
      return;
    }
    this.notes.flow(timeMs, position, "outflow", this.book.empty(position, timeMs, code("unexplained")), -1);
    this.book.forget(position);
  }

  /** Says of what is booked that the streams do not tell where it came from or went. */
  noteUnexplained(position: number, timeMs: number, kind: UnexplainedKind, amountRao: number): void {
    if (!this.around.driven.has(position)) this.notes.unexplained(timeMs, position, kind, amountRao);
  }

  /**
   * Pays a position, at once or, for a miner where rewards vest by a schedule, in instalments.
   * @param recordedRao what the recording says it was paid
   * @param role code of `ROLES`
   * @param block that paid it; -1: unknown
   */
  pay(position: number, timeMs: number, recordedRao: number, paidRao: number, role: number, block: number): void {
    this.payroll.add(position, recordedRao, paidRao, role);
    this.book.at(block, -1, -1);
    const vests = this.schedules !== null && role === MINER && paidRao > 0 && this.schedules.start(position, timeMs, paidRao) !== null;
    if (vests) this.book.recordedOnly(position, timeMs, recordedRao);
    else this.emit(position, timeMs, recordedRao, paidRao, block);
    this.notes.awarded(position, paidRao);
  }

  /** Pay that a balance tells of: it is there, whatever schedules say. @param role code of `ROLES` */
  payAtOnce(position: number, timeMs: number, amountRao: number, role: number, block: number): void {
    this.payroll.add(position, amountRao, amountRao, role);
    this.emit(position, timeMs, amountRao, amountRao, block);
    this.notes.awarded(position, amountRao);
  }

  /** What of an award is due. Answers its tranche. */
  payInstalment(position: number, dueMs: number, amountRao: number): number {
    return this.emit(position, dueMs, 0, amountRao, -1);
  }

  /** Whether pay that is what was recorded may go by `payAsRecorded`: nothing of it is to be decided or written row by row. */
  get paysTogether(): boolean {
    return !this.book.twins && this.schedules === null && this.around.outputs.tables.flows === null;
  }

  /**
   * `pay` of many positions at one instant and in one block, where what is paid is what was recorded, and `paysTogether`.
   * @param roles codes of `ROLES`
   * @param epoch of the positions' subnet, which it is noted as pay of
   */
  payAsRecorded(
    positions: Int32Array,
    amountsRao: Float64Array,
    roles: Uint8Array,
    count: number,
    timeMs: number,
    block: number,
    epoch: number,
  ): void {
    const { payroll } = this;
    this.book.at(block, -1, -1);
    this.book.emissionAsRecorded(positions, amountsRao, count, timeMs);
    for (let i = 0; i < count; i++) {
      const position = positions[i];
      const amountRao = amountsRao[i];
      payroll.add(position, amountRao, amountRao, roles[i]);
      payroll.note(epoch, position, amountRao);
    }
    if (this.notes.heard) for (let i = 0; i < count; i++) this.notes.awarded(positions[i], amountsRao[i]);
  }

  private emit(position: number, timeMs: number, recordedRao: number, paidRao: number, block: number): number {
    const tranche = this.book.emission(position, timeMs, recordedRao, paidRao);
    this.notes.emission(timeMs, position, paidRao, block);
    return tranche;
  }

  /** What is slashed is not its own act: it takes of the run's position, too, as far as there is so much. */
  private slashDriven(position: number, timeMs: number, amountRao: number): void {
    this.book.withdrawFromTwin(position, timeMs, amountRao, code("slash"));
    this.notes.flow(timeMs, position, "outflow", this.take(position, timeMs, amountRao, "slash"), -1);
  }

  private take(position: number, timeMs: number, amountRao: number, reason: ExitReason): number {
    const askedRao = floor(min(amountRao, this.book.totalOf(position)));
    this.around.flowTotals.withdrawals.ask(askedRao);
    return this.book.withdrawActed(position, timeMs, askedRao, code(reason));
  }
}
