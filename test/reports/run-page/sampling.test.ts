import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EpochRow } from "../../../reports/reading/epochs.js";
import { LargestExits } from "../../../reports/run-page/largest-exits.js";
import { isSampleSql, sampleEpochs, samplingWords } from "../../../reports/run-page/sampled-epochs.js";
import { spanAt, spanClosedAt, spanStarts, timeGrid } from "../../../reports/run-page/time-grid.js";

const epochs = fc
  .tuple(fc.integer({ min: 1, max: 50 }), fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 200 }))
  .map(([first, steps]) => {
    let epoch = first;
    return steps.map((step) => {
      epoch += step;
      return { netuid: 1, epoch, start_ms: 0, end_ms: epoch * 1000, recorded_rao: 0, paid_rao: 0, unallocated_rao: 0, outside_rao: 0 };
    });
  });

describe("sampled epochs", () => {
  it("are evenly spread, no more than asked for, and the last is one", () => {
    fc.assert(
      fc.property(epochs, fc.integer({ min: 1, max: 60 }), (all: EpochRow[], most) => {
        const { rows, step, isSample, placeOf } = sampleEpochs(all, most);
        expect(rows.length).toBeLessThanOrEqual(most);
        expect(rows.at(-1)).toBe(all.at(-1));
        expect(rows).toEqual(all.filter((_, at) => (all.length - 1 - at) % step === 0));
        for (const row of all) {
          expect(isSample(row.epoch)).toBe(rows.includes(row));
          // The first sample that is not before it.
          expect(placeOf(row.epoch)).toBe(rows.findIndex(({ epoch }) => epoch >= row.epoch));
        }
      }),
    );
  });
});

describe("samples of a run that recorded every n-th epoch", () => {
  const rowsOf = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      ...{ netuid: 1, epoch: at + 1, start_ms: at, end_ms: at + 1 },
      ...{ recorded_rao: 0, paid_rao: 0, unallocated_rao: 0, outside_rao: 0 },
    }));

  it("are among those that have rows, evenly spread, with the last, and the condition of SQL holds for them alone", () => {
    const [count, every] = [fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 40 })];
    fc.assert(
      fc.property(count, every, fc.integer({ min: 2, max: 60 }), (epochs, every, most) => {
        const sampled = sampleEpochs(rowsOf(epochs), most, every);
        const samples = sampled.rows.map(({ epoch }) => epoch);
        const due = rowsOf(epochs).flatMap(({ epoch }) => (epoch % every === 0 || epoch === epochs ? [epoch] : []));
        expect(samples.length).toBeLessThanOrEqual(most);
        expect(due).toEqual(expect.arrayContaining(samples));
        expect(samples.at(-1)).toBe(epochs);
        if (due.length <= most) expect(samples).toEqual(due);
        const gaps = samples.filter((epoch) => epoch % every === 0).map((epoch, at, all) => epoch - (all[at - 1] ?? epoch));
        expect(new Set(gaps.slice(1)).size).toBeLessThanOrEqual(1);
        const condition = isSampleSql(sampled, "epoch");
        const holds = new Function("epoch", `return ${(condition ?? "true").replaceAll(" = ", " === ").replaceAll(" OR ", " || ")}`);
        expect(due.filter((epoch) => holds(epoch))).toEqual(samples);
      }),
    );
  });

  it("are told in words", () => {
    const words = (epochs: number, every: number, most: number) => samplingWords(sampleEpochs(rowsOf(epochs), most, every));
    expect(words(100, 1, 500)).toBe("each epoch");
    expect(words(100, 1, 25)).toBe("every 4th epoch");
    expect(words(100, 5, 500)).toBe("each epoch that was recorded (every 5th)");
    expect(words(102, 5, 500)).toBe("each epoch that was recorded (every 5th and the last)");
    expect(words(100, 5, 10)).toBe("every 10th epoch (every 5th was recorded, thinned to every 2nd of them)");
  });
});

describe("a time grid", () => {
  it("covers the time it is made for, with no more spans than asked for", () => {
    const instant = fc.integer({ min: 0, max: Date.UTC(2040, 0, 1) });
    fc.assert(
      fc.property(
        instant,
        fc.integer({ min: 0, max: 4e11 }),
        fc.integer({ min: 2, max: 200 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (start, length, most, share) => {
          const grid = timeGrid(start, start + length, most);
          expect(grid.count).toBeLessThanOrEqual(most);
          const at = Math.floor(start + share * length);
          const place = spanAt(grid, at);
          const from = spanStarts(grid)[place] as number;
          expect(at).toBeGreaterThanOrEqual(from);
          // The end of all is of the last span.
          if (at < start + length) expect(at).toBeLessThan(from + grid.span_ms);
          const closed = spanStarts(grid)[spanClosedAt(grid, at)] as number;
          if (at > start) expect(at).toBeGreaterThan(closed);
          expect(at).toBeLessThanOrEqual(closed + grid.span_ms);
        },
      ),
    );
  });
});

it("what closes a day at midnight is of that day, and adds none behind it", () => {
  const day = 86_400_000;
  const grid = timeGrid(10 * day, 13 * day, 5);
  expect(grid).toEqual({ start_ms: 10 * day, span_ms: day, count: 3 });
  expect([10, 11, 12, 13].map((at) => spanClosedAt(grid, at * day))).toEqual([0, 0, 1, 2]);
  expect([10, 11, 12, 13].map((at) => spanAt(grid, at * day))).toEqual([0, 1, 2, 2]);
  expect(timeGrid(10 * day, 10 * day, 5).count).toBe(1);
});

it("the largest withdrawals are those of a model that keeps all", () => {
  const exit = fc.record({
    position: fc.integer({ min: 0, max: 3 }),
    time: fc.integer({ min: 0, max: 30 }),
    amount: fc.integer({ min: 1, max: 50 }),
    reason: fc.constantFrom("withdraw", "slash"),
  });
  fc.assert(
    fc.property(fc.array(exit, { maxLength: 120 }), (rows) => {
      const found = new LargestExits(Uint8Array.from([1, 1, 0, 1]));
      for (const { position, time, amount, reason } of rows) found.exit(position, time, amount, reason);
      const together: { position: number; time: number; amount: number; reason: string; tranches: number }[] = [];
      for (const row of rows) {
        const last = together.at(-1);
        if (last?.position === row.position && last.time === row.time && last.reason === row.reason) {
          last.amount += row.amount;
          last.tranches += 1;
        } else together.push({ ...row, tranches: 1 });
      }
      for (const position of [0, 1, 3]) {
        const own = together.filter((one) => one.position === position).sort((a, b) => b.amount - a.amount);
        expect(found.of(position)).toEqual(own.slice(0, 10).map(({ time, amount, reason, tranches }) => [time, amount, reason, tranches]));
      }
      expect(found.of(2)).toEqual([]);
    }),
  );
});
