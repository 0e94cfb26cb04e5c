import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AddressBook, MAX_RAO } from "../../../engine/index.js";
import { type DrawnOptions, makeDrawnStream } from "../../../scenarios/synthetic/drawn-streams.js";
import { type Row, rowsOf } from "../../engine/in-memory.js";

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);

const OPTIONS: DrawnOptions = {
  kind: "scores",
  netuid: 3,
  hotkeys: ["a", "b", "c"],
  levels: { from: 1, to: 8 },
  columns: {},
  everyMs: DAY,
  halfLifeMs: 3 * DAY,
  deviation: 0.5,
  told: 1,
};

function drawn(options: Partial<DrawnOptions> = {}, { seed = 1, days = 20 } = {}): { rows: Row[]; nameOf: (id: unknown) => string } {
  const addresses = new AddressBook();
  const stream = makeDrawnStream(
    { ...OPTIONS, ...options },
    { name: "s", seed, replicate: 0, startMs: START, endMs: START + days * DAY, addresses },
  );
  const rows = [...stream.chunks].flatMap(rowsOf);
  return { rows, nameOf: (id) => (Number(id) < 0 ? "" : addresses.nameOf(Number(id))) };
}

/** Values by hotkey and column. */
function series(options: Partial<DrawnOptions> = {}, more = {}): Record<string, number[]> {
  const { rows, nameOf } = drawn(options, more);
  const found: Record<string, number[]> = {};
  for (const row of rows) {
    const key = [nameOf(row.hotkey), nameOf(row.column)].filter((name) => name !== "").join(".");
    found[key] = [...(found[key] ?? []), Number(row.score ?? row.amount_rao)];
  }
  return found;
}

describe("drawn streams", () => {
  it("tell each hotkey at the start and every so often until the end, which is included", () => {
    const { rows } = drawn();
    expect(rows.length).toBe(3 * 21);
    expect([...new Set(rows.map(({ time_ms }) => time_ms))]).toEqual(Array.from({ length: 21 }, (_, day) => START + day * DAY));
    expect(rows.every(({ netuid }) => netuid === 3)).toBe(true);
  });

  it("stay where they are without a half-life, between the levels", () => {
    for (const values of Object.values(series({ halfLifeMs: null }))) {
      expect(new Set(values).size).toBe(1);
      expect(values[0]).toBeGreaterThanOrEqual(1);
      expect(values[0]).toBeLessThanOrEqual(8);
    }
  });

  it("spread about their level as the deviation says, and forget with the half-life", () => {
    const [a] = Object.values(series({ hotkeys: ["a"], levels: { from: 2, to: 2 }, deviation: 0.5 }, { days: 4000 }));
    const logs = a.map((value) => Math.log(value / 2));
    const mean = logs.reduce((sum, x) => sum + x, 0) / logs.length;
    const variance = logs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / logs.length;
    const after = logs.slice(3).reduce((sum, x, k) => sum + (x - mean) * (logs[k] - mean), 0) / (logs.length - 3);
    expect(mean).toBeCloseTo(0, 0);
    expect(Math.sqrt(variance)).toBeGreaterThan(0.45);
    expect(Math.sqrt(variance)).toBeLessThan(0.55);
    expect(after / variance).toBeGreaterThan(0.4);
    expect(after / variance).toBeLessThan(0.6);
  });

  it("leave out rows by chance, never the first, and no column without its score", () => {
    const { rows, nameOf } = drawn({ told: 0.3, columns: { work: { from: 1, to: 2 } } }, { days: 400 });
    const scores = rows.filter(({ column }) => Number(column) < 0);
    expect(scores.filter(({ time_ms }) => time_ms === START).length).toBe(3);
    expect(scores.length / (3 * 401)).toBeGreaterThan(0.25);
    expect(scores.length / (3 * 401)).toBeLessThan(0.35);
    const at = (row: Row) => `${row.time_ms}/${row.hotkey}`;
    const work = rows.filter(({ column }) => nameOf(column) === "work");
    expect(work.map(at)).toEqual(scores.map(at));
  });

  it("are whole rao of collateral", () => {
    const { rows } = drawn({ kind: "collateral", levels: { from: 1e6, to: 1e6 }, deviation: 3 }, { days: 300 });
    for (const { amount_rao } of rows) {
      expect(Number.isSafeInteger(amount_rao)).toBe(true);
      expect(Number(amount_rao)).toBeLessThanOrEqual(MAX_RAO);
    }
    expect(rows[0]).not.toHaveProperty("column");
  });

  it("give the same again, something else for another seed, and leave hotkeys and columns alone that were there before", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 1, max: 6 }), (seed, more) => {
        const hotkeys = ["a", "b", "c", ...Array.from({ length: more }, (_, k) => `x${k}`)];
        const plain = series({}, { seed });
        expect(series({}, { seed })).toEqual(plain);
        expect(series({}, { seed: seed + 1 })).not.toEqual(plain);
        expect(series({ hotkeys, columns: { work: { from: 1, to: 3 } } }, { seed })).toMatchObject(plain);
      }),
      { numRuns: 30 },
    );
  });
});
