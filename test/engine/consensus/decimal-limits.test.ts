import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { falsifier } from "../../../engine/agents/validators/strategies/falsifier.js";
import { exactDeviationOf } from "../../../engine/consensus/deviation.js";
import { DEFAULT_CONSENSUS, deviationOf, reachConsensus, severityOf } from "../../../engine/consensus/index.js";
import { isFalsified } from "../../../engine/consensus/nav-attestation.js";
import { CONSENSUS_RANGES, isWithin } from "../../../engine/kernel/ranges.js";
import type { Severity } from "../../../engine/tables/vocabularies/consensus.js";

const { severity: RULES, consensus: CONSENSUS } = DEFAULT_CONSENSUS;

/** Weights as whole thousandths, the way they are written. */
const thousandths = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 2, maxLength: 2 });
const inDoubles = (weights: readonly number[]) => weights.map((weight) => Number(`${weight}e-3`));

function severityOfBoth(weights: readonly number[], agreed: readonly number[]): Severity {
  return severityOf(deviationOf(weights, agreed), RULES, () => exactDeviationOf(weights, agreed));
}

describe("a deviation at a step", () => {
  it("belongs to the milder side, although its doubles lie beyond: 0.55 and 0.45 are 5 % off 0.5 and 0.5", () => {
    const off = deviationOf([0.55, 0.45], [0.5, 0.5]);
    expect(off).toBeGreaterThan(0.05);
    expect(severityOfBoth([0.55, 0.45], [0.5, 0.5])).toBe("none");
    expect(severityOfBoth([0.551, 0.449], [0.5, 0.5])).toBe("minor");
  });

  it("agrees with whole numbers everywhere near the steps", () => {
    const steps: readonly [bigint, Severity][] = [
      [5n, "none"],
      [10n, "minor"],
      [15n, "moderate"],
      [30n, "severe"],
    ];
    const near = fc
      .tuple(fc.constantFrom(50, 100, 150, 300), fc.integer({ min: -1, max: 1 }))
      .map(([off, step]) => [500 + off + step, 500 - off - step]);
    fc.assert(
      fc.property(fc.oneof(near, thousandths), fc.oneof(fc.constant([500, 500]), thousandths), (weights, agreed) => {
        const apart = weights.reduce((sum, weight, i) => sum + BigInt(Math.abs(weight - agreed[i])), 0n);
        const both = [...weights, ...agreed].reduce((sum, weight) => sum + BigInt(weight), 0n);
        const expected = steps.find(([percent]) => apart * 100n <= percent * both)?.[1] ?? "critical";
        expect(severityOfBoth(inDoubles(weights), inDoubles(agreed))).toBe(expected);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("agreement", () => {
  it("is reached by exactly the share of stake, also where the stakes pass 2^53 together", () => {
    const reached = (part: bigint, whole: bigint, agreement: number) => {
      const rest = whole - part;
      // Parts that are each below 2^53.
      const split = (amount: bigint) => [...Array.from({ length: 7 }, () => amount / 8n), amount - 7n * (amount / 8n)].map(Number);
      const stakes = [...split(part), ...split(rest)];
      const votes = stakes.map((_, i) => (i < 8 ? Float64Array.of(1, 2) : null));
      return reachConsensus(votes, stakes, 2, { ...CONSENSUS, minimumStakeRao: 0, minimumSubmissions: 1, agreement }, 0.05).cause === null;
    };
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99 }),
        fc.bigInt({ min: 1n, max: 200_000_000_000_000n }),
        fc.constantFrom(-1n, 0n, 1n),
        (percent, unit, rao) => {
          const part = BigInt(percent) * unit * 2n + rao;
          const whole = 200n * unit;
          expect(reached(part, whole, Number(`${percent}e-2`))).toBe(part * 100n >= BigInt(percent) * whole);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

const none = () => {
  throw new Error("names nobody");
};
const NO_NAMES = { validator: none, group: none };

describe("an attested NAV", () => {
  it("may be off by the tolerance exactly, and a falsifier who is off by it is not one", () => {
    for (const navRao of [1_000_000_000, 1_234_567_000, 999_999_999, 7]) {
      for (const error of [0.001, -0.001]) {
        const behaviour = falsifier.bind({ navError: error, falsifiedShare: 1 }, { names: NO_NAMES, random: () => 0 });
        const truth = { block: 1, weights: new Float64Array(1), navRao, operation: "epoch" as const };
        const seen = behaviour.decide(truth, { lastOf: () => null, lastConsensus: null })?.attestation?.navRao as number;
        expect(BigInt(seen)).toBe(error > 0 ? (BigInt(navRao) * 1_001n) / 1_000n : (BigInt(navRao) * 999n) / 1_000n);
        const apart = BigInt(seen > navRao ? seen - navRao : navRao - seen);
        expect(isFalsified(seen, navRao, 0.001)).toBe(apart * 1_000n > BigInt(navRao));
      }
    }
  });

  it("has a tolerance of whole millionths, by its digits", () => {
    const isMillionths = (share: number) => isWithin(share, CONSENSUS_RANGES.exactShare);
    expect([0, 1, 0.000001, 0.29, 0.123456].every(isMillionths)).toBe(true);
    expect([0.0000001, 0.1234567, 1.000001, -0.1, Number.NaN, 0.0000010000000000000002].some(isMillionths)).toBe(false);
  });
});
