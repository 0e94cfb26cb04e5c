import { formatPlace, InvariantError, TenureError } from "../kernel/errors.js";
import { EXIT_REASONS, SOURCES } from "../tables/results.js";
import { type AuditedOutcome, type AuditedRejection, AuditRefusal, type LedgerCommand } from "./auditor/commands.js";
import { Auditor } from "./auditor.js";
import { Ledger, type LedgerListener, type LedgerRules } from "./ledger.js";
import { POSITION_STATE } from "./position-state.js";
import { TRANCHE } from "./tranche-store.js";

const { STRIDE, TOTAL, MANUAL, INFLOW, EMISSION, MOVED_IN, OUTFLOW, MOVED_OUT } = POSITION_STATE;
const { CELL_STRIDE, REMAINING, RECEIVED, ENTRY_MS, ID: TRANCHE_ID } = TRANCHE;

/**
 * A ledger that drives the independent auditor beside it (`audit: true`). After every operation the two must have touched
 * the same tranches by the same amounts, refused the same, and hold the same totals; anything else is an InvariantError
 * that names the position, the event and both values. It costs what the auditor costs: O(tranches ever) an operation.
 */
export class AuditedLedger extends Ledger {
  readonly auditor: Auditor;
  private readonly witness: Witness;
  /** Instant of the last command. */
  private lastMs = 0;
  private insideCommand = false;

  constructor(rules: LedgerRules, listener: LedgerListener, positions?: number, exitCapacity?: number) {
    const witness = new Witness(listener);
    super(rules, witness, positions, exitCapacity);
    this.witness = witness;
    this.auditor = new Auditor(rules);
  }

  override credit(position: number, source: number, timeMs: number, amountRao: number, tranche: number): void {
    const command: LedgerCommand = { op: "credit", position, source: SOURCES[source], timeMs, amountRao, tranche };
    this.both(command, () => super.credit(position, source, timeMs, amountRao, tranche));
  }

  override creditEmission(positions: Int32Array, amountsRao: Float64Array, count: number, timeMs: number, firstTranche: number): void {
    const command: LedgerCommand = {
      op: "emission",
      positions: [...positions.subarray(0, count)],
      timeMs,
      amountsRao: [...amountsRao.subarray(0, count)],
      firstTranche,
    };
    this.both(command, () => super.creditEmission(positions, amountsRao, count, timeMs, firstTranche));
  }

  override debit(position: number, timeMs: number, amountRao: number, reason: number): number {
    if (amountRao === 0) return super.debit(position, timeMs, amountRao, reason);
    const command: LedgerCommand = { op: "debit", position, timeMs, amountRao, reason: EXIT_REASONS[reason] };
    return this.both(command, () => super.debit(position, timeMs, amountRao, reason));
  }

  override debitTranche(position: number, tranche: number, timeMs: number, amountRao: number, reason: number): void {
    if (!this.isHeld(position, tranche, amountRao)) {
      const before = this.exits.rows;
      super.debitTranche(position, tranche, timeMs, amountRao, reason);
      this.same(position, `exits of tranche ${tranche}, which is not held`, this.exits.rows - before, 0);
      return;
    }
    const command: LedgerCommand = { op: "take_from_tranche", position, tranche, timeMs, amountRao, reason: EXIT_REASONS[reason] };
    this.both(command, () => super.debitTranche(position, tranche, timeMs, amountRao, reason));
  }

  override moveAll(from: number, to: number, timeMs: number): number {
    if (from === to) return super.moveAll(from, to, timeMs);
    // No ids are used: nothing splits.
    const command: LedgerCommand = { op: "move", from, to, timeMs, amountRao: "all", firstSplitTranche: -1 };
    return this.both(command, () => super.moveAll(from, to, timeMs));
  }

  override movePart(from: number, to: number, timeMs: number, amountRao: number, firstSplit: number): number {
    const command: LedgerCommand = { op: "move", from, to, timeMs, amountRao, firstSplitTranche: firstSplit };
    return this.both(command, () => super.movePart(from, to, timeMs, amountRao, firstSplit));
  }

  override moveTranche(from: number, to: number, tranche: number, timeMs: number, amountRao: number, splitTranche: number): void {
    if (!this.isHeld(from, tranche, amountRao)) {
      super.moveTranche(from, to, tranche, timeMs, amountRao, splitTranche);
      this.sameTotals(from);
      this.sameTotals(to);
      return;
    }
    const command: LedgerCommand = { op: "move_from_tranche", from, to, tranche, timeMs, amountRao, firstSplitTranche: splitTranche };
    this.both(command, () => super.moveTranche(from, to, tranche, timeMs, amountRao, splitTranche));
  }

  override forget(position: number): void {
    this.both({ op: "forget", position, timeMs: this.lastMs }, () => super.forget(position));
  }

  override refuse(position: number, timeMs: number, requestedRao: number): number {
    // Inside a command the auditor is a step ahead; what came of it is compared after.
    if (this.insideCommand) return super.refuse(position, timeMs, requestedRao);
    const heldRao = Number(this.auditor.totals(position).total);
    const takenRao = super.refuse(position, timeMs, requestedRao);
    const takesAll = this.rules.onInvalid === "clamp" || requestedRao <= heldRao + 10;
    this.same(position, "what may be taken where more is asked for", takenRao, takesAll ? heldRao : 0);
    return takenRao;
  }

  /**
   * Compares every position whole: totals, flows and the tranches it still holds.
   * @throws InvariantError
   */
  checkAll(): void {
    this.auditor.check();
    for (const position of this.auditor.positions()) {
      this.sameTotals(position);
      this.same(position, "tranches", this.tranchesOf(position), this.auditedTranchesOf(position));
    }
  }

  /**
   * Refuses two values of a position that should be one.
   * @throws InvariantError naming the position, the event and both values
   */
  same(position: number, what: string, found: unknown, expected: unknown): void {
    if (Object.is(found, expected)) return;
    const { name, place } = this.witness.describe(position);
    throw new InvariantError(`audit: ${formatPlace(place)}: ${what} of position ${name}: ledger ${found}, auditor ${expected}`);
  }

  /** Carries a command out on both sides and compares what came of it. */
  private both<T>(command: LedgerCommand, run: () => T): T {
    const position = "from" in command ? command.from : command.op === "emission" ? command.positions[0] : command.position;
    this.witness.forget();
    this.lastMs = command.timeMs;
    const rows = this.exits.rows;
    const headers = this.exits.headers;
    const outcome = this.audited(command);
    let answer: T;
    this.insideCommand = true;
    try {
      answer = run();
    } catch (error) {
      if (error instanceof TenureError && !(outcome instanceof AuditRefusal)) {
        this.same(position, `outcome of ${command.op}`, error.message, "carried out");
      }
      throw error;
    }
    this.insideCommand = false;
    if (outcome instanceof AuditRefusal) {
      this.same(position, `outcome of ${command.op}`, "carried out", outcome.message);
    } else {
      this.same(position, `rejections of ${command.op}`, rejectionText(this.witness.rejections), rejectionText(outcome.rejections));
      this.same(position, `rounding of ${command.op}`, this.witness.roundedRao, outcome.roundedRao);
      if ("from" in command) {
        if (command.amountRao !== "all") this.sameSplits(command.from, outcome);
      } else this.sameExits(command, position, rows, headers, outcome);
    }
    const touched = "from" in command ? [command.from, command.to] : command.op === "emission" ? command.positions : [command.position];
    for (const one of touched) this.sameTotals(one);
    return answer;
  }

  private audited(command: LedgerCommand): AuditedOutcome | AuditRefusal {
    try {
      return this.auditor.apply(command);
    } catch (error) {
      if (error instanceof AuditRefusal) return error;
      throw error;
    }
  }

  private sameExits(command: LedgerCommand, position: number, rows: number, headers: number, { exits }: AuditedOutcome): void {
    const log = this.exits;
    let found = "";
    for (let row = rows; row < log.rows; row++) {
      found += takingText(log.trancheAt(row), log.amountAt(row), log.amountAt(row) === log.beforeAt(row));
    }
    const expected = exits.map((exit) => takingText(exit.tranche, exit.amountRao, exit.emptied)).join("");
    this.same(position, `exits of ${command.op}`, found, expected);
    const emptied = exits.filter((exit) => exit.emptied).map((exit) => exit.tranche);
    if (this.witness.reportsClosures) {
      const closed = this.witness.closedCells.map((cell) => this.store.cells[cell + TRANCHE_ID]);
      this.same(position, `tranches closed by ${command.op}`, closed.join(), emptied.join());
    }
    if (exits.length === 0 || !("reason" in command)) return;
    this.same(position, `headers of ${command.op}`, log.headers - headers, 1);
    const header = [log.headerMs[headers], log.headerPosition[headers], EXIT_REASONS[log.headerReason[headers]], log.headerFirst[headers]];
    this.same(position, `exit header of ${command.op}`, header.join(), [command.timeMs, position, command.reason, rows].join());
  }

  private sameSplits(position: number, { splits }: AuditedOutcome): void {
    // A move of everything that is held re-keys the position and splits nothing.
    if (splits.length === 0) return;
    const log = this.touches;
    let found = "";
    for (let row = 0; row < log.rows; row++) {
      found += takingText(log.trancheAt(row), log.amountAt(row), log.amountAt(row) === log.beforeAt(row));
    }
    const expected = splits.map((split) => takingText(split.tranche, split.remainingRao, split.part === split.tranche)).join("");
    this.same(position, "tranches that a move took", found, expected);
  }

  private sameTotals(position: number): void {
    const { total, manual } = this.auditor.totals(position);
    const { inflow, emission, movedIn, outflow, movedOut } = this.auditor.flows(position);
    const base = position * STRIDE;
    this.same(position, "stake", BigInt(this.state[base + TOTAL]), total);
    this.same(position, "manual stake", BigInt(this.state[base + MANUAL]), manual);
    this.same(position, "inflow", this.cumulative(position, INFLOW), inflow);
    this.same(position, "emission", this.cumulative(position, EMISSION), emission);
    this.same(position, "moved_in", this.cumulative(position, MOVED_IN), movedIn);
    this.same(position, "outflow", this.cumulative(position, OUTFLOW), outflow);
    this.same(position, "moved_out", this.cumulative(position, MOVED_OUT), movedOut);
  }

  /** Would taking that amount from the tranche take anything? */
  private isHeld(position: number, tranche: number, amountRao: number): boolean {
    return amountRao > 0 && this.auditor.tranches(position).some(({ id, remaining }) => id === tranche && remaining > 0n);
  }

  private tranchesOf(position: number): string {
    const { store } = this;
    const { cells } = store;
    const held: string[] = [];
    for (let source = 0; source < SOURCES.length; source++) {
      const list = position * 2 + source;
      for (let slot = store.head[list]; slot !== -1; slot = store.newer(list, slot)) {
        const cell = slot * CELL_STRIDE;
        if (cells[cell + REMAINING] === 0) continue;
        held.push(
          trancheText(SOURCES[source], cells[cell + TRANCHE_ID], cells[cell + ENTRY_MS], cells[cell + REMAINING], cells[cell + RECEIVED]),
        );
      }
    }
    return held.join(" ");
  }

  private auditedTranchesOf(position: number): string {
    const held = this.auditor.tranches(position).filter(({ remaining }) => remaining > 0n);
    return SOURCES.flatMap((source) =>
      held
        .filter((tranche) => tranche.source === source)
        .map(({ id, entryMs, remaining, received }) => trancheText(source, id, entryMs, remaining, received)),
    ).join(" ");
  }
}

/** Passes on what the ledger tells, and remembers it until the next command. */
class Witness implements LedgerListener {
  readonly reportsClosures: boolean;
  readonly rejections: AuditedRejection[] = [];
  readonly closedCells: number[] = [];
  roundedRao = 0;

  constructor(private readonly listener: LedgerListener) {
    this.reportsClosures = listener.reportsClosures;
  }

  forget(): void {
    this.rejections.length = 0;
    this.closedCells.length = 0;
    this.roundedRao = 0;
  }

  rejected(position: number, timeMs: number, requestedRao: number, heldRao: number, takenRao: number): void {
    const cause = takenRao > 0 ? "shortfall" : heldRao === 0 ? "nothing_held" : "more_than_held";
    this.rejections.push({ position, cause, requestedRao, heldRao });
    this.listener.rejected(position, timeMs, requestedRao, heldRao, takenRao);
  }

  rounded(position: number, timeMs: number, excessRao: number): void {
    this.roundedRao += excessRao;
    this.listener.rounded(position, timeMs, excessRao);
  }

  closed(position: number, source: number, timeMs: number, cell: number, origin: number): void {
    this.closedCells.push(cell);
    this.listener.closed(position, source, timeMs, cell, origin);
  }

  movedAll(from: number, to: number, timeMs: number): void {
    this.listener.movedAll(from, to, timeMs);
  }

  describe(position: number): ReturnType<LedgerListener["describe"]> {
    return this.listener.describe(position);
  }
}

function rejectionText(rejections: readonly AuditedRejection[]): string {
  return rejections.map(({ cause, requestedRao, heldRao }) => `${cause} ${requestedRao} of ${heldRao}`).join(", ");
}

/** `tranche: rao`, with `!` where nothing is left. */
function takingText(tranche: number, amountRao: number, emptied: boolean): string {
  return `${tranche}: ${amountRao}${emptied ? "!" : ""}; `;
}

function trancheText(source: string, id: number, entryMs: number, remaining: number | bigint, received: number | bigint): string {
  return `${source} ${id} at ${entryMs}: ${remaining}/${received}`;
}
