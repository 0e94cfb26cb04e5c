import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SpanLookup } from "../../../engine/metrics/index.js";

const window = fc.tuple(fc.integer({ min: -20, max: 20 }), fc.nat(15)).map(([fromMs, lengthMs]) => ({ fromMs, toMs: fromMs + lengthMs }));

describe("which spans hold an instant", () => {
  it("are those of which a window does, whatever was asked before", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(window, { maxLength: 5 }), { maxLength: 6 }),
        fc.array(fc.integer({ min: -25, max: 40 })),
        (spans, times) => {
          const lookup = new SpanLookup(spans);
          for (const timeMs of times) {
            const expected = spans.flatMap((span, i) => (span.some(({ fromMs, toMs }) => fromMs <= timeMs && timeMs < toMs) ? [i] : []));
            expect(lookup.at(timeMs)).toEqual(expected);
          }
        },
      ),
    );
  });

  it("may be without an end", () => {
    const lookup = new SpanLookup([[{ fromMs: Number.NEGATIVE_INFINITY, toMs: 5 }], [{ fromMs: 5, toMs: Number.POSITIVE_INFINITY }]]);
    expect([-1e15, 4, 5, 1e15].map((timeMs) => lookup.at(timeMs))).toEqual([[0], [0], [1], [1]]);
  });

  it("are refused where one ends before it begins, or is no time", () => {
    expect(() => new SpanLookup([[{ fromMs: 2, toMs: 1 }]])).toThrow("a window from 2 to 1");
    expect(() => new SpanLookup([[{ fromMs: Number.NaN, toMs: 1 }]])).toThrow("a window from NaN to 1");
  });
});
