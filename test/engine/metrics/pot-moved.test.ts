import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { movedShare, PotMoved } from "../../../engine/metrics/pot-moved.js";

/** What those gain who gain, and what nobody has, which is the same as half of all that changes. */
function gained(base: readonly number[], final: readonly number[]): number {
  const sum = base.reduce((a, b) => a + b, 0);
  const shares = base.map((weight) => (sum > 0 ? weight / sum : 0));
  const rest = (parts: readonly number[]) => (parts.some((part) => part > 0) ? 0 : 1);
  return [...final, rest(final)].reduce((total, share, i) => total + Math.max(0, share - [...shares, rest(shares)][i]), 0);
}

const sumOf = (parts: readonly number[]) => parts.reduce((a, b) => a + b, 0);
const moved = (base: readonly number[], final: readonly number[]) =>
  movedShare(Float64Array.from(base), sumOf(base), Float64Array.from(final), sumOf(final) > 0, base.length);

const weights = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e6, noNaN: true })), { minLength: 1, maxLength: 20 });

describe("share of a pot that is moved", () => {
  it("is what the gainers gain, whatever the shares", () => {
    fc.assert(
      fc.property(weights, weights, (base, factors) => {
        const raw = base.map((weight, i) => weight * (factors[i] ?? 1));
        const sum = raw.reduce((a, b) => a + b, 0);
        const final = raw.map((weight) => (sum > 0 ? weight / sum : 0));
        const share = moved(base, final);
        expect(share).toBeCloseTo(gained(base, final), 9);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  it.each([
    ["nothing where shares stay", [3, 1], [0.75, 0.25], 0],
    ["what changes hands", [3, 1], [0.5, 0.5], 0.25],
    ["all of it where nobody is left", [3, 1], [0, 0], 1],
    ["all of it where somebody comes out of nothing", [0, 0], [1, 0], 1],
    ["nothing where nobody had or has anything", [0, 0], [0, 0], 0],
  ])("is %s", (_, base, final, share) => {
    expect(moved(base, final)).toBe(share);
  });
});

describe("pot_moved of a run", () => {
  it("weighs epochs by their pots", () => {
    const run = new PotMoved();
    expect(run.share).toBe(0);
    run.take(300, 0.5);
    run.take(100, 0.1);
    expect(run.share).toBeCloseTo(0.4, 15);
  });
});
