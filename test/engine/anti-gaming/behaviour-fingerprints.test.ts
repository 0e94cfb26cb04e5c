import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BehaviourFingerprints, behaviourClusters } from "../../../engine/anti-gaming/index.js";

const BIN = 1000;
const EPOCH = 10 * BIN;
const rules = { binMs: BIN, windowEpochs: 3, similarity: 0.98, minOperations: 1 };

/** Lin's concordance from its definition: 2 s_xy / (s_x^2 + s_y^2 + (mx - my)^2). */
function naiveConcordance(one: readonly number[], other: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [mean(one), mean(other)];
  const covariance = mean(one.map((x, i) => (x - mx) * (other[i] - my)));
  const spread = mean(one.map((x) => (x - mx) ** 2)) + mean(other.map((y) => (y - my) ** 2)) + (mx - my) ** 2;
  return spread === 0 ? 0 : (2 * covariance) / spread;
}

describe("behaviour fingerprints", () => {
  it("are compared by Lin's concordance over the window", () => {
    const operation = fc.record({
      account: fc.integer({ min: 0, max: 2 }),
      gapMs: fc.integer({ min: 0, max: 4000 }),
      signedRao: fc.integer({ min: -1000, max: 1000 }).filter((amount) => amount !== 0),
    });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), fc.integer({ min: 1, max: 6 }), (steps, epochs) => {
        const fingerprints = new BehaviourFingerprints(3, rules);
        const endMs = epochs * EPOCH;
        const bins = Array.from({ length: 3 }, () => new Array<number>(epochs * 10).fill(0));
        let timeMs = 0;
        let epoch = 1;
        for (const { account, gapMs, signedRao } of steps) {
          timeMs += gapMs + 1;
          if (timeMs > endMs) break;
          for (; timeMs > epoch * EPOCH; epoch++) fingerprints.closeEpoch((epoch - 1) * EPOCH, epoch * EPOCH);
          fingerprints.record(account, timeMs, signedRao);
          bins[account][Math.ceil(timeMs / BIN) - 1] += signedRao;
        }
        for (; epoch <= epochs; epoch++) fingerprints.closeEpoch((epoch - 1) * EPOCH, epoch * EPOCH);
        const window = bins.map((column) => column.slice(-30));
        for (const [a, b] of [
          [0, 1],
          [1, 2],
          [2, 0],
        ]) {
          expect(fingerprints.concordance(a, b)).toBeCloseTo(naiveConcordance(window[a], window[b]), 9);
        }
        expect(fingerprints.windowStartMs).toBe(Math.max(0, endMs - 3 * EPOCH));
      }),
      { numRuns: 200 },
    );
  });

  it("equal ones are exactly 1, opposite ones -1", () => {
    const fingerprints = new BehaviourFingerprints(3, rules);
    for (let k = 0; k < 8; k++) {
      const amount = (k % 2 === 0 ? 1 : -1) * 123_456_789_123;
      fingerprints.record(0, k * BIN + 1, amount);
      fingerprints.record(1, k * BIN + 500, amount);
      fingerprints.record(2, k * BIN + 900, -amount);
    }
    fingerprints.closeEpoch(0, EPOCH);
    expect(fingerprints.concordance(0, 1)).toBe(1);
    expect(fingerprints.concordance(0, 2)).toBe(-1);
  });

  it("join into clusters, through others as well", () => {
    const fingerprints = new BehaviourFingerprints(5, rules);
    // 1.2 is like 1 and like 1.44 (concordance 0.984), but these are not like each other (0.938); 4 does nothing.
    const sizes = [100, 120, 144, 1000];
    for (let k = 0; k < 8; k++) {
      sizes.forEach((size, account) => {
        fingerprints.record(account, k * BIN + 1, k % 2 === 0 ? size : -size);
      });
    }
    fingerprints.closeEpoch(0, EPOCH);
    expect(fingerprints.concordance(0, 2)).toBeLessThan(0.98);
    expect(behaviourClusters(fingerprints, Int32Array.of(0, 1, 2, 3, 4), rules)).toEqual([
      { account: 0, members: 3, closest: 1 },
      { account: 1, members: 3, closest: 0 },
      { account: 2, members: 3, closest: 1 },
    ]);
    expect(behaviourClusters(fingerprints, Int32Array.of(0, 0, 0, 3, 4), rules)).toEqual([]);
  });
});
