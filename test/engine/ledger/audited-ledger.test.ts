import { describe, expect, it } from "vitest";
import { InvariantError } from "../../../engine/index.js";
import { AuditedLedger } from "../../../engine/ledger/audited-ledger.js";
import { EMISSION_SOURCE, MANUAL_SOURCE } from "../../../engine/ledger/ledger.js";
import { POSITION_STATE } from "../../../engine/ledger/position-state.js";
import { TRANCHE } from "../../../engine/ledger/tranche-store.js";

const WITHDRAW = 0;

function filled(onInvalid: "record" | "clamp" | "stop" = "record"): AuditedLedger {
  const ledger = new AuditedLedger(
    {
      withdrawalOrder: "filo",
      equalTimes: "later_first",
      onInvalid,
      basisAllStake: true,
      basisAfterMs: -1,
      windowed: false,
      wholeDays: false,
    },
    {
      movedAll: () => undefined,
      reportsClosures: true,
      rejected: () => undefined,
      rounded: () => undefined,
      closed: () => undefined,
      describe: (position) => ({ name: `1/h${position}/c`, place: { stream: "stake", row: 12, event: 3 } }),
    },
  );
  ledger.ensurePositions(4);
  ledger.credit(0, MANUAL_SOURCE, 1_000, 100, 0);
  ledger.credit(0, EMISSION_SOURCE, 2_000, 50, 1);
  return ledger;
}

describe("AuditedLedger", () => {
  it("carries everything out as the ledger does", () => {
    const ledger = filled("clamp");
    ledger.creditEmission(Int32Array.of(1, 2), Float64Array.of(7, 8), 2, 3_000, 2);
    expect(ledger.debit(0, 4_000, 60, WITHDRAW)).toBe(60);
    expect(ledger.movePart(0, 3, 4_000, 40, 4)).toBe(1);
    ledger.moveTranche(0, 3, 0, 4_500, 10, 5);
    ledger.moveTranche(0, 3, 99, 4_500, 10, 6);
    ledger.debitTranche(3, 4, 5_000, 15, WITHDRAW);
    ledger.debitTranche(3, 99, 5_000, 15, WITHDRAW);
    expect(ledger.debit(1, 5_000, 8, WITHDRAW)).toBe(7);
    expect(ledger.moveAll(2, 1, 5_000)).toBe(8);
    ledger.forget(2);
    expect([0, 1, 2, 3].map((position) => ledger.totalOf(position))).toEqual([40, 8, 0, 35]);
    ledger.checkAll();
  });

  it.each<[string, (ledger: AuditedLedger) => void, RegExp]>([
    [
      "a total",
      (ledger) => {
        ledger.state[POSITION_STATE.TOTAL] += 1;
      },
      /stream stake, row 13, event 3: stake of position 1\/h0\/c: ledger 156, auditor 155/,
    ],
    [
      "a cumulative flow",
      (ledger) => {
        ledger.state[POSITION_STATE.EMISSION] -= 1;
      },
      /emission of position 1\/h0\/c: ledger 49, auditor 50/,
    ],
  ])("names position, event and both values where %s is wrong", (_, tamper, message) => {
    const ledger = filled();
    tamper(ledger);
    expect(() => ledger.credit(0, MANUAL_SOURCE, 3_000, 5, 2)).toThrow(InvariantError);
    const again = filled();
    tamper(again);
    expect(() => again.credit(0, MANUAL_SOURCE, 3_000, 5, 2)).toThrow(message);
  });

  it("sees a withdrawal that takes from other tranches than it should", () => {
    const ledger = filled();
    const { cells, tail } = ledger.store;
    cells[tail[1] * TRANCHE.CELL_STRIDE + TRANCHE.ENTRY_MS] = 500;
    expect(() => ledger.debit(0, 3_000, 10, WITHDRAW)).toThrow(/exits of debit of position 1\/h0\/c: ledger 0: 10; , auditor 1: 10; /);
  });

  it("sees a tranche that no event touched since it went wrong", () => {
    const ledger = filled();
    ledger.store.cells[ledger.store.tail[1] * TRANCHE.CELL_STRIDE + TRANCHE.RECEIVED] = 51;
    expect(() => ledger.checkAll()).toThrow(/ledger manual 0 at 1000: 100\/100 emission 1 at 2000: 50\/51, auditor .*50\/50/);
  });

  it("refuses where both refuse", () => {
    expect(() => filled("stop").debit(0, 3_000, 161, WITHDRAW)).toThrow(/TEN-LEDGER-003/);
    const full = filled();
    expect(() => full.credit(0, MANUAL_SOURCE, 3_000, Number.MAX_SAFE_INTEGER, 2)).toThrow(/TEN-LEDGER-001/);
  });
});
