import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PotSharing } from "../../engine/index.js";

/** The rule of docs/explanation/units.md in big integers. */
function naiveShare(potRao: number, weights: readonly number[]): number[] | null {
  const largest = Math.max(...weights);
  if (!(largest > 0)) return null;
  const quotas = weights.map((weight) => BigInt(Math.floor((weight / largest) * 2 ** 52)));
  const sum = quotas.reduce((a, b) => a + b, 0n);
  const parts = quotas.map((quota) => (BigInt(potRao) * quota) / sum);
  const remainders = quotas.map((quota, i) => BigInt(potRao) * quota - parts[i] * sum);
  const left = Number(BigInt(potRao) - parts.reduce((a, b) => a + b, 0n));
  const byRemainder = weights
    .map((_, i) => i)
    .sort((a, b) => Number(remainders[a] < remainders[b]) - Number(remainders[a] > remainders[b]) || a - b);
  for (const i of byRemainder.slice(0, left)) parts[i] += 1n;
  return parts.map(Number);
}

function share(potRao: number, weights: readonly number[]): number[] | null {
  const parts = new Float64Array(weights.length);
  return new PotSharing().share(potRao, Float64Array.from(weights), weights.length, parts) ? [...parts] : null;
}

const pot = fc.oneof(fc.integer({ min: 0, max: 1_000 }), fc.maxSafeInteger().map(Math.abs), fc.constant(Number.MAX_SAFE_INTEGER));
const weight = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 5 }),
  fc.double({ min: 0, max: 1e300, noNaN: true }),
  fc.double({ min: 0, max: 1, noNaN: true }),
);

describe("sharing a pot", () => {
  it("is the rule of largest remainders to the rao", () => {
    fc.assert(
      fc.property(pot, fc.array(weight, { minLength: 1, maxLength: 300 }), (potRao, weights) => {
        expect(share(potRao, weights)).toEqual(naiveShare(potRao, weights));
      }),
      { numRuns: 500 },
    );
  });

  it("gives everything away, and the left-over to the lower index among equals", () => {
    expect(share(10, [1, 1, 1])).toEqual([4, 3, 3]);
    expect(share(11, [1, 1, 1])).toEqual([4, 4, 3]);
    expect(share(Number.MAX_SAFE_INTEGER, [1, 1])).toEqual([4_503_599_627_370_496, 4_503_599_627_370_495]);
  });

  it("gives nothing where nobody has any weight", () => {
    expect(share(10, [0, 0])).toBeNull();
    expect(share(0, [1, 2])).toEqual([0, 0]);
  });
});
