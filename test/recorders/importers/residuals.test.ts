import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classifyResidual } from "../../../engine/index.js";

describe("classifyResidual", () => {
  it.each([
    [5, 0, 0, "emission", 5],
    [-100, -100, 1, "none", 0],
    [-101, -100, 1, "rounding", 1],
    [-110, -100, 1, "rounding", 10],
    [-111, -100, 1, "unexplained", 11],
    [-120, -100, 2, "rounding", 20],
    [-1, 0, 0, "unexplained", 1],
    [-99, -100, 1, "emission", 1],
  ] as const)("change %d, flow %d, %d events: %s of %d", (change, flow, events, kind, amountRao) => {
    expect(classifyResidual(change, flow, events)).toEqual({ kind, amountRao });
  });

  it("always accounts for the whole residual", () => {
    const rao = fc.integer({ min: -(2 ** 51), max: 2 ** 51 });
    fc.assert(
      fc.property(rao, rao, fc.nat(50), (change, flow, events) => {
        const { kind, amountRao } = classifyResidual(change, flow, events);
        expect(kind === "emission" ? amountRao : -amountRao).toBe(change - flow === 0 ? -0 : change - flow);
      }),
    );
  });

  it("never rounds", () => {
    expect(() => classifyResidual(Number.MAX_SAFE_INTEGER, -1, 1)).toThrow(/not exact/);
  });
});
