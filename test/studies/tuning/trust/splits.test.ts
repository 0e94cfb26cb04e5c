import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { combinatorialSplits, equalWindows, type Window, walkForward } from "../../../../studies/tuning/trust/splits.js";
import { binomial, subsets } from "../../../../studies/tuning/trust/subsets.js";

const NO_GAPS = { purgeMs: 0, embargoMs: 0 };
const holds = (windows: readonly Window[], timeMs: number) => windows.some(({ fromMs, toMs }) => fromMs <= timeMs && timeMs < toMs);
const instants = ({ fromMs, toMs }: Window) => Array.from({ length: toMs - fromMs }, (_, at) => fromMs + at);

describe("equal windows", () => {
  it("cover the time without a gap, and differ by a millisecond at most", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2e12 }),
        fc.integer({ min: 1, max: 4e11 }),
        fc.integer({ min: 1, max: 500 }),
        (fromMs, lengthMs, count) => {
          const windows = equalWindows({ fromMs, toMs: fromMs + lengthMs }, count);
          expect([windows[0].fromMs, windows[count - 1].toMs]).toEqual([fromMs, fromMs + lengthMs]);
          const lengths = windows.map((window) => window.toMs - window.fromMs);
          expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
          for (let at = 1; at < count; at++) expect(windows[at].fromMs).toBe(windows[at - 1].toMs);
        },
      ),
    );
  });
});

describe("walking forward", () => {
  const time = { fromMs: 1000, toMs: 1400 };

  it("learns on a window and judges on the next", () => {
    expect(walkForward(time, 4, NO_GAPS)).toEqual([
      { train: [{ fromMs: 1000, toMs: 1100 }], judge: [{ fromMs: 1100, toMs: 1200 }] },
      { train: [{ fromMs: 1100, toMs: 1200 }], judge: [{ fromMs: 1200, toMs: 1300 }] },
      { train: [{ fromMs: 1200, toMs: 1300 }], judge: [{ fromMs: 1300, toMs: 1400 }] },
    ]);
  });

  it("anchored learns on all before, and leaves out purge and embargo", () => {
    expect(walkForward(time, 4, { purgeMs: 30, embargoMs: 20 }, true)).toEqual([
      { train: [{ fromMs: 1000, toMs: 1070 }], judge: [{ fromMs: 1120, toMs: 1200 }] },
      { train: [{ fromMs: 1000, toMs: 1170 }], judge: [{ fromMs: 1220, toMs: 1300 }] },
      { train: [{ fromMs: 1000, toMs: 1270 }], judge: [{ fromMs: 1320, toMs: 1400 }] },
    ]);
  });

  it.each([
    [1, NO_GAPS, "TEN-TRUST-001"],
    [2.5, NO_GAPS, "TEN-TRUST-001"],
    [4, { purgeMs: 100, embargoMs: 0 }, "TEN-TRUST-003"],
    [4, { purgeMs: 0, embargoMs: 100 }, "TEN-TRUST-003"],
    [500, NO_GAPS, "TEN-TRUST-003"],
  ])("in %f windows with gaps %j is refused: %s", (windows, gaps, code) => {
    expect(() => walkForward(time, windows, gaps)).toThrow(code);
  });
});

describe("combinatorial splits", () => {
  it("judge each choice of groups once, and learn from what is far enough from all of it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 6 }).chain((groups) => fc.tuple(fc.constant(groups), fc.integer({ min: 1, max: groups - 1 }))),
        fc.integer({ min: 0, max: 4 }),
        fc.integer({ min: 0, max: 4 }),
        ([groups, judged], purgeMs, embargoMs) => {
          const time = { fromMs: 7, toMs: 7 + 20 * groups };
          const splits = combinatorialSplits(time, groups, judged, { purgeMs, embargoMs });
          expect(splits).toHaveLength(binomial(groups, judged));
          expect(new Set(splits.map(({ judge }) => JSON.stringify(judge))).size).toBe(splits.length);
          for (const { train, judge } of splits) {
            expect(instants(time).filter((at) => holds(judge, at))).toHaveLength(20 * judged);
            for (const at of instants(time)) {
              // What happens reaches purgeMs ahead, in both directions; after what is judged the embargo comes on top.
              const before = Array.from({ length: purgeMs + 1 }, (_, ahead) => at + ahead);
              const after = Array.from({ length: purgeMs + embargoMs + 1 }, (_, ago) => at - ago);
              expect(holds(train, at)).toBe(![...before, ...after].some((near) => holds(judge, near)));
            }
          }
        },
      ),
    );
  });

  it("are refused where there is nothing to choose, too much, or nothing to learn from", () => {
    const time = { fromMs: 0, toMs: 100 };
    expect(() => combinatorialSplits(time, 1, 1, NO_GAPS)).toThrow("TEN-TRUST-001");
    expect(() => combinatorialSplits(time, 4, 4, NO_GAPS)).toThrow("TEN-TRUST-002");
    expect(() => combinatorialSplits(time, 4, 0, NO_GAPS)).toThrow("TEN-TRUST-002");
    expect(() => combinatorialSplits(time, 50, 10, NO_GAPS)).toThrow("TEN-TRUST-002");
    expect(() => combinatorialSplits(time, 2, 1, { purgeMs: 50, embargoMs: 0 })).toThrow("TEN-TRUST-003");
  });
});

describe("subsets", () => {
  it("are those that the bits of numbers give", () => {
    for (const [n, size] of [
      [5, 2],
      [6, 3],
      [4, 4],
      [4, 0],
      [7, 1],
    ]) {
      const bits = Array.from({ length: 2 ** n }, (_, mask) =>
        Array.from({ length: n }, (_unused, at) => at).filter((at) => (mask >> at) & 1),
      );
      const expected = bits.filter((subset) => subset.length === size).map((subset) => subset.join());
      const found = [...subsets(n, size)].map((subset) => subset.join());
      expect([...found].sort()).toEqual([...expected].sort());
      expect(found).toEqual([...found].sort());
      expect(binomial(n, size)).toBe(expected.length);
    }
  });
});
