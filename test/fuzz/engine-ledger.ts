import { InvariantError } from "../../engine/kernel/errors.js";
import type { LedgerCommand } from "../../engine/ledger/auditor/commands.js";
import { EMISSION_SOURCE, Ledger, MANUAL_SOURCE } from "../../engine/ledger/ledger.js";
import { POSITION_STATE } from "../../engine/ledger/position-state.js";
import { TRANCHE } from "../../engine/ledger/tranche-store.js";
import { EXIT_REASONS, SOURCES } from "../../engine/tables/results.js";
import { HoldingMetrics } from "../../engine/vesting/holding-metrics.js";
import type { FuzzSetup, HeldTranche, Holding, LedgerUnderTest, Outcome, Rejected, Totals, Touched } from "./ledger-under-test.js";

const NO_START_MS = -1;
const { STRIDE, TOTAL, MANUAL, INFLOW, EMISSION, MOVED_IN, OUTFLOW, MOVED_OUT } = POSITION_STATE;
const { CELL_STRIDE, REMAINING, RECEIVED, ENTRY_MS, ID } = TRANCHE;

/** The ledger and the holding metrics of the engine, driven by commands. */
export class EngineLedger implements LedgerUnderTest {
  readonly ledger: Ledger;
  readonly #metrics: HoldingMetrics;
  #rejected: Rejected[] = [];
  #roundedRao = 0;
  #closed: number[] = [];

  constructor({ configuration, query, positions }: FuzzSetup) {
    const basisAllStake = query.retentionBasis === "all_stake";
    const basisAfterMs = query.startMs ?? NO_START_MS;
    this.ledger = new Ledger(
      {
        ...configuration,
        basisAllStake,
        basisAfterMs,
        windowed: query.retentionScope === "window",
        wholeDays: query.rounding === "whole_days",
      },
      {
        movedAll: () => undefined,
        reportsClosures: true,
        rejected: (position, _timeMs, requestedRao, heldRao, takenRao) => {
          const cause = takenRao > 0 ? "shortfall" : heldRao === 0 ? "nothing_held" : "more_than_held";
          this.#rejected.push({ position, cause, requestedRao, heldRao });
        },
        rounded: (_position, _timeMs, excessRao) => {
          this.#roundedRao += excessRao;
        },
        closed: (_position, _source, _timeMs, cell) => {
          this.#closed.push(this.ledger.store.cells[cell + ID]);
        },
        describe: (position) => ({ name: String(position), place: {} }),
      },
      1,
      2,
    );
    this.ledger.ensurePositions(positions);
    this.#metrics = new HoldingMetrics(this.ledger, {
      basisAllStake,
      basisAfterMs,
      scope: query.retentionScope,
      windowDays: query.retentionWindowDays,
      rounding: query.rounding,
    });
  }

  apply(command: LedgerCommand): Outcome {
    this.#rejected = [];
    this.#roundedRao = 0;
    this.#closed = [];
    this.ledger.exits.clear();
    this.ledger.touches.clear();
    switch (command.op) {
      case "credit":
        this.ledger.credit(
          command.position,
          command.source === "manual" ? MANUAL_SOURCE : EMISSION_SOURCE,
          command.timeMs,
          command.amountRao,
          command.tranche,
        );
        break;
      case "emission":
        this.ledger.creditEmission(
          Int32Array.from(command.positions),
          Float64Array.from(command.amountsRao),
          command.positions.length,
          command.timeMs,
          command.firstTranche,
        );
        break;
      case "debit":
        this.ledger.debit(command.position, command.timeMs, command.amountRao, EXIT_REASONS.indexOf(command.reason));
        break;
      case "move":
        this.#move(command);
        break;
      case "take_from_tranche":
        this.ledger.debitTranche(
          command.position,
          command.tranche,
          command.timeMs,
          command.amountRao,
          EXIT_REASONS.indexOf(command.reason),
        );
        break;
      case "move_from_tranche":
        this.ledger.moveTranche(command.from, command.to, command.tranche, command.timeMs, command.amountRao, command.firstSplitTranche);
        break;
      case "forget":
        this.ledger.forget(command.position);
        break;
    }
    return { touched: this.#readExits(command), rejected: this.#rejected, roundedRao: this.#roundedRao };
  }

  totals(position: number): Totals {
    const base = position * STRIDE;
    const total = BigInt(this.ledger.state[base + TOTAL]);
    const manual = BigInt(this.ledger.state[base + MANUAL]);
    return {
      total,
      manual,
      earned: total - manual,
      inflow: this.ledger.cumulative(position, INFLOW),
      emission: this.ledger.cumulative(position, EMISSION),
      movedIn: this.ledger.cumulative(position, MOVED_IN),
      outflow: this.ledger.cumulative(position, OUTFLOW),
      movedOut: this.ledger.cumulative(position, MOVED_OUT),
    };
  }

  holding(position: number, nowMs: number): Holding {
    // First the one that leaves the ledger as it is.
    const many = this.#readMany(position, nowMs);
    this.#metrics.read(position, nowMs);
    const { receivedRao, remainingRao, heldShare, heldDays } = this.#metrics;
    const one = [receivedRao, remainingRao, heldShare, heldDays];
    if (one.some((value, i) => !Object.is(value, many[i]))) throw new InvariantError(`read answers ${one}, readAll ${many}`);
    return { received: receivedRao, remaining: remainingRao, heldShare, heldDays };
  }

  /** The same by the way that an epoch reads all positions. */
  #readMany(position: number, nowMs: number): number[] {
    const answers = [0, 1, 2, 3].map(() => new Float64Array(1));
    this.#metrics.readAll(Int32Array.of(position), 1, nowMs, answers[0], answers[1], answers[2], answers[3]);
    return answers.map((answer) => answer[0]);
  }

  tranches(position: number): HeldTranche[] {
    const { store } = this.ledger;
    const held: HeldTranche[] = [];
    for (const [code, source] of SOURCES.entries()) {
      const list = position * 2 + code;
      for (let slot = store.head[list]; slot !== -1; slot = store.newer(list, slot)) {
        const [remainingRao, receivedRao, entryMs, id] = [REMAINING, RECEIVED, ENTRY_MS, ID].map(
          (field) => store.cells[slot * CELL_STRIDE + field],
        );
        if (remainingRao > 0) held.push({ id, source, entryMs, receivedRao, remainingRao });
      }
    }
    return held.sort((a, b) => a.entryMs - b.entryMs || a.id - b.id);
  }

  #move({ from, to, timeMs, amountRao, firstSplitTranche }: Extract<LedgerCommand, { op: "move" }>): void {
    const held = this.ledger.state[from * STRIDE + TOTAL];
    if (amountRao === "all") {
      this.ledger.moveAll(from, to, timeMs);
      return;
    }
    const amount = amountRao > held ? this.ledger.refuse(from, timeMs, amountRao) : amountRao;
    if (amount === 0) return;
    if (amount === held) this.ledger.moveAll(from, to, timeMs);
    else this.ledger.movePart(from, to, timeMs, amount, firstSplitTranche);
  }

  #readExits(command: LedgerCommand): Touched[] {
    const { exits, touches } = this.ledger;
    const log = "from" in command ? touches : exits;
    const touched: Touched[] = [];
    for (let row = 0; row < log.rows; row++) {
      touched.push({ tranche: log.trancheAt(row), amountRao: log.amountAt(row), emptied: log.amountAt(row) === log.beforeAt(row) });
    }
    if (exits.headers > 0) this.#checkHeader(command);
    const emptied = "from" in command ? [] : touched.filter((exit) => exit.emptied).map((exit) => exit.tranche);
    if (emptied.join() !== this.#closed.join()) throw new InvariantError(`closed tranches ${this.#closed}, but exits emptied ${emptied}`);
    return touched;
  }

  /** The exits of a command stand under one header, which says what they share. */
  #checkHeader(command: LedgerCommand): void {
    const { headers, headerMs, headerPosition, headerReason, headerFirst } = this.ledger.exits;
    if (command.op !== "debit" && command.op !== "take_from_tranche") throw new InvariantError(`${command.op} makes exits`);
    const found = [headers, headerMs[0], headerPosition[0], EXIT_REASONS[headerReason[0]], headerFirst[0]].join();
    const expected = [1, command.timeMs, command.position, command.reason, 0].join();
    if (found !== expected) throw new InvariantError(`exits under the header ${found} instead of ${expected}`);
  }
}
