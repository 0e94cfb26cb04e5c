import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TenureError } from "../../../../engine/index.js";
import { NO_SPANS, timeSpans } from "../../../../studies/tuning/time/time-spans.js";

const DAY = 86_400_000;
const days = (count: number) => ({ fromMs: 0, toMs: count * DAY });
const refusal = (work: () => unknown): TenureError => {
  try {
    work();
  } catch (error) {
    if (error instanceof TenureError) return error;
    throw error;
  }
  return expect.fail("nothing was refused");
};

describe("parts of the time", () => {
  it("are windows of which each is learned from and the next is judged, apart by the rule's window", () => {
    const { spans, folds, kind } = timeSpans(
      { kind: "walk_forward", windows: 4, anchored: false, gapMs: null, embargoMs: DAY },
      days(80),
      5 * DAY,
    );
    expect(kind).toBe("walk_forward");
    const inDays = (place: number) => spans[place].map(({ fromMs, toMs }) => [fromMs / DAY, toMs / DAY]);
    expect(folds.map(({ train, judge, groups }) => [inDays(train), inDays(judge), groups])).toEqual([
      [[[0, 15]], [[21, 40]], []],
      [[[20, 35]], [[41, 60]], []],
      [[[40, 55]], [[61, 80]], []],
    ]);
    const anchored = timeSpans({ kind: "walk_forward", windows: 4, anchored: true, gapMs: 0, embargoMs: 0 }, days(80), 5 * DAY);
    expect(anchored.folds.map(({ train }) => anchored.spans[train])).toEqual([[days(20)], [days(40)], [days(60)]]);
  });

  it("are every choice of groups once, each with its groups", () => {
    const { spans, folds, kind } = timeSpans({ kind: "combinatorial", groups: 4, judged: 2, gapMs: DAY, embargoMs: 0 }, days(40), 0);
    expect(kind).toBe("combinatorial");
    expect(folds).toHaveLength(6);
    for (const { train, judge, groups } of folds) {
      expect(groups).toHaveLength(2);
      const judged = spans[judge].reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
      expect(judged).toBe(20 * DAY);
      for (const learned of spans[train])
        for (const own of spans[judge]) expect(learned.toMs <= own.fromMs || own.toMs <= learned.fromMs).toBe(true);
    }
  });

  it("have ten equal blocks beside, without a gap between, and no span twice", () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 500 }), fc.integer({ min: 2, max: 8 }), (length, windows) => {
        const { spans, blocks, folds } = timeSpans(
          { kind: "walk_forward", windows, anchored: false, gapMs: 0, embargoMs: 0 },
          days(length),
          0,
        );
        expect(blocks).toHaveLength(10);
        const ends = blocks.map((place) => spans[place][0]);
        expect([ends[0].fromMs, ends[9].toMs]).toEqual([0, length * DAY]);
        for (let at = 1; at < 10; at++) expect(ends[at].fromMs).toBe(ends[at - 1].toMs);
        expect(new Set(spans.map((span) => JSON.stringify(span))).size).toBe(spans.length);
        expect(folds).toHaveLength(windows - 1);
        // What is judged in one is learned from in the next: the same span.
        for (let at = 1; at < folds.length; at++) expect(folds[at].train).toBe(folds[at - 1].judge);
      }),
    );
  });

  it("where nobody asks are as many windows as are longer than twice what the rule looks back, or none, and why", () => {
    const windows = (length: number, lookBack: number) => timeSpans(null, days(length), lookBack * DAY).folds.length + 1;
    expect(windows(400, 30)).toBe(4);
    expect(windows(200, 30)).toBe(3);
    expect(windows(130, 30)).toBe(2);
    expect(timeSpans(null, days(120), 30 * DAY)).toEqual({ ...NO_SPANS, reason: expect.stringContaining("too short") });
    expect(timeSpans(null, null, 0)).toEqual({ ...NO_SPANS, reason: "the scenario does not say how long it is" });
    expect(timeSpans({ kind: "none" }, null, 0)).toEqual(NO_SPANS);
  });

  it("are refused where there is no time to split, or nothing is left of it", () => {
    const forward = { kind: "walk_forward", windows: 4, anchored: false, gapMs: null, embargoMs: 0 } as const;
    expect(refusal(() => timeSpans(forward, null, 0))).toMatchObject({ code: "TEN-TUNE-142", place: { path: "validation" } });
    expect(refusal(() => timeSpans(forward, days(40), 10 * DAY))).toMatchObject({ code: "TEN-TRUST-003" });
    const all = { kind: "combinatorial", groups: 3, judged: 3, gapMs: 0, embargoMs: 0 } as const;
    expect(refusal(() => timeSpans(all, days(40), 0))).toMatchObject({ code: "TEN-TRUST-002" });
  });
});
