import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromU16, over, times } from "../../../engine/yuma/chain/fixed-point.js";
import { CHAIN_BONDS, type ChainConfiguration, ChainYuma, ONE, toU16 } from "../../../engine/yuma/index.js";
import { courses } from "./arbitrary.js";
import { NaiveChain } from "./naive-chain.js";

const u16 = fc.integer({ min: 1, max: 65_535 });
const configurations: fc.Arbitrary<ChainConfiguration> = fc.record({
  bonds: fc.constantFrom(...CHAIN_BONDS),
  kappaU16: fc.oneof(fc.constantFrom(32_767, 65_535, 1), u16),
  bondsPenaltyU16: fc.oneof(fc.constantFrom(0, 65_535), u16),
  bondsMovingAveragePpm: fc.integer({ min: 0, max: 1_000_000 }),
  liquidAlpha: fc.option(
    fc.record({
      alphaLowU16: fc.integer({ min: 0, max: 30_000 }),
      alphaHighU16: fc.integer({ min: 30_000, max: 65_535 }),
      sigmoidSteepness: fc.constantFrom(0, 50, 1000, 6000),
    }),
  ),
});
const whole = fc.oneof(
  fc.integer({ min: 0, max: 10 }),
  fc.integer({ min: ONE - 10, max: ONE + 10 }),
  fc.maxSafeInteger().map((n) => Math.abs(n) % (4 * ONE)),
);

describe("the chain's numbers", () => {
  it("are multiplied and divided as whole numbers of any size would be", () => {
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        expect(BigInt(times(a, b))).toBe((BigInt(a) * BigInt(b)) >> 32n);
        expect(BigInt(times(a, -b))).toBe((BigInt(a) * BigInt(-b)) >> 32n);
      }),
      { numRuns: 500 },
    );
    const divisors = fc.oneof(fc.integer({ min: 1, max: 65_535 }), fc.integer({ min: 1, max: 2 ** 45 - 1 }));
    fc.assert(
      fc.property(fc.oneof(whole, fc.maxSafeInteger().map(Math.abs)), divisors, (a, b) => {
        fc.pre(a / b < 2 ** 20);
        expect(BigInt(over(a, b))).toBe((BigInt(a) << 32n) / BigInt(b));
      }),
      { numRuns: 500 },
    );
  });

  it("are rounded down to u16 and from it", () => {
    expect([fromU16(65_535), fromU16(0), toU16(ONE), toU16(ONE - 1), toU16(2 * ONE)]).toEqual([ONE, 0, 65_535, 65_534, 65_535]);
    expect(fromU16(1)).toBe(65_537);
  });
});

describe("an epoch of the chain", () => {
  it("is what whole numbers of any size come to, bit by bit", () => {
    // 8: the row does not have the miner.
    fc.assert(
      fc.property(
        configurations,
        courses(fc.constantFrom(0, 1, 7, 8, 300, 40_000, 65_535)),
        (configuration, { validators, miners, epochs }) => {
          const chain = new ChainYuma(configuration, validators, miners);
          const naive = new NaiveChain(configuration);
          for (const { stakes, set } of epochs) {
            chain.epoch(
              stakes,
              set.flat().map((weight) => (weight === 8 ? -1 : weight)),
            );
            const wanted = naive.epoch(
              stakes,
              set.map((row) => row.map((weight) => (weight === 8 ? null : weight))),
            );
            expect([...chain.consensus].map(BigInt)).toEqual(wanted.consensus);
            expect([...chain.incentive].map(BigInt)).toEqual(wanted.incentive);
            expect([...chain.dividends].map(BigInt)).toEqual(wanted.dividends);
            const bonds = wanted.bonds.map((row, i) => row.map((_, j) => BigInt(chain.state.bonds[j * validators + i])));
            expect(bonds).toEqual(wanted.bonds);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it("pays half to miners and half to validators, and validators by stake where nobody earns", () => {
    const settings = { kappaU16: 32_767, bondsPenaltyU16: 65_535, bondsMovingAveragePpm: 900_000, liquidAlpha: null };
    for (const bonds of CHAIN_BONDS) {
      const chain = new ChainYuma({ ...settings, bonds }, 2, 2);
      chain.epoch([3_000_000_000, 1_000_000_000], [5, 5, 5, 5]);
      expect([...chain.serverShare]).toEqual([ONE / 4, ONE / 4]);
      expect([...chain.validatorShare].reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(ONE / 2);
      const idle = new ChainYuma({ ...settings, bonds }, 2, 2);
      idle.epoch([3_000_000_000, 1_000_000_000], [-1, -1, -1, -1]);
      expect([...idle.incentive, ...idle.dividends]).toEqual([0, 0, 0, 0]);
      expect([...idle.validatorShare]).toEqual([(3 * ONE) / 4, ONE / 4]);
    }
  });
});
