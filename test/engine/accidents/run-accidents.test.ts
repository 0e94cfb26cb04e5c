import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ACCIDENTS, accidentOf, accidentText, RunAccidents } from "../../../engine/accidents/index.js";
import { PayGaps } from "../../../engine/accidents/pay-gaps.js";
import { PenaltyCancelled } from "../../../engine/accidents/penalty-cancelled.js";
import { rankWhereFalling } from "../../../engine/accidents/reward-order.js";
import { rankCorrelation } from "../../../engine/metrics/fairness/rank-correlation.js";
import { potOf } from "./pot.js";

const DAY = 86_400_000;
const sharesOf = (weights: readonly number[]) => {
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((one) => (sum > 0 ? one / sum : 0));
};
const UNEQUAL = [1, 2, 4, 6, 8, 11, 13, 16];

/** Codes of what so many epochs have; each epoch gives base weights and shares. */
function codesOf(epochs: number, of: (epoch: number) => readonly [readonly number[], readonly number[]], volumes?: readonly number[]) {
  const accidents = new RunAccidents();
  for (let epoch = 0; epoch < epochs; epoch++) {
    const [base, ruled] = of(epoch);
    accidents.take(potOf(epoch * DAY, base, ruled), volumes === undefined ? null : (member) => volumes[member], true);
  }
  return accidents.told().map(({ code }) => code);
}
const asWeighed = (base: readonly number[]) => [base, sharesOf(base)] as const;

it("a warning ends with the code of its accident, and another with none", () => {
  for (const code of ACCIDENTS) expect(accidentOf(accidentText({ code, text: "Subnet 7 does." }))).toBe(code);
  expect(accidentOf("Subnet 7 does (weights_zero), it says.")).toBeNull();
});

describe("an accident is told of, and the subnet without it is not:", () => {
  it("weights that are all 0 in an epoch", () => {
    expect(codesOf(20, () => asWeighed(UNEQUAL))).toEqual([]);
    expect(codesOf(20, (epoch) => asWeighed(epoch === 19 ? UNEQUAL.map(() => 0) : UNEQUAL))).toEqual(["weights_zero"]);
  });

  it("scores that are all 0 in an epoch, once somebody has scored; all of them where nobody ever does", () => {
    const told = (scores: readonly number[]) => {
      const accidents = new RunAccidents();
      for (const [epoch, highest] of scores.entries()) accidents.takeScores(20, epoch * DAY, highest);
      return accidents.told().map(({ code, text }) => [code, text.slice(0, text.indexOf(":"))]);
    };
    const head = "Subnet 20 has a pot and no ranked participant with a score above 0 in";
    expect(told([0, 0, 0.5, 1])).toEqual([]);
    expect(told([0, 0.5, 0, 1, 0]).map(([code]) => code)).toEqual(["weights_zero"]);
    expect(told([0, 0.5, 0, 1, 0])[0][1]).toBe(`${head} 2 of 4 epochs, between 1970-01-03T00`);
    expect(told([0, 0])[0][1]).toBe(`${head} 2 of 2 epochs, between 1970-01-01T00`);
  });

  it("the order of shares turned over, from three neighbouring epochs on", () => {
    const reversed = (epochs: readonly number[]) => (epoch: number) =>
      [UNEQUAL, sharesOf(epochs.includes(epoch) ? UNEQUAL.map((one) => 1 / one) : UNEQUAL)] as const;
    expect(codesOf(20, reversed([4, 5, 6]))).toEqual(["order_reversed"]);
    expect(codesOf(20, reversed([4, 5, 8, 9]))).toEqual([]);
  });

  it("traded volume turned over", () => {
    expect(codesOf(20, () => asWeighed(UNEQUAL), UNEQUAL)).toEqual([]);
    expect(codesOf(20, () => asWeighed(UNEQUAL), [...UNEQUAL].reverse())).toEqual(["order_reversed"]);
  });

  it("pay that is nearly flat, and pay that is one miner's", () => {
    expect(codesOf(3, () => asWeighed([100, 101, 102, 103]))).toEqual(["pay_too_flat"]);
    expect(codesOf(3, () => asWeighed([100, 101, 102]))).toEqual([]);
    expect(codesOf(3, () => asWeighed([1, 2, 3, 7]))).toEqual(["pay_too_concentrated"]);
    expect(codesOf(3, () => asWeighed([1, 2, 3, 6]))).toEqual([]);
  });

  it("collateral of 0 for everybody, with how many epochs it was asked in", () => {
    const accidents = new RunAccidents();
    for (let epoch = 0; epoch < 10; epoch++)
      accidents.takeCollateral(7, epoch * DAY, Float64Array.of(0, epoch < 8 ? 5 : 0, 9), 2, Number.POSITIVE_INFINITY);
    expect(accidents.told()).toEqual([
      { code: "collateral_zero", text: expect.stringContaining("2 of 10 epochs, between 1970-01-09T00:00:00Z and 1970-01-10T00:00:00Z") },
    ]);
    const some = new RunAccidents();
    some.takeCollateral(7, 0, Float64Array.of(0, 1), 2, 100);
    expect(some.told()).toEqual([]);
  });

  it("collateral of which nobody has a hundredth of what a gate asks for", () => {
    const [one, asked] = [1_000_000_000, 10_000_000_000];
    const accidents = new RunAccidents();
    // Nobody has any; one has enough; both have less than a hundredth; no gate asks.
    accidents.takeCollateral(7, DAY, Float64Array.of(0, one), 1, asked);
    accidents.takeCollateral(7, 2 * DAY, Float64Array.of(one / 10, 0), 2, asked);
    accidents.takeCollateral(7, 3 * DAY, Float64Array.of(one / 20, one / 50), 2, asked);
    accidents.takeCollateral(7, 4 * DAY, Float64Array.of(one / 20, one / 50), 2, Number.POSITIVE_INFINITY);
    const [zero, unit] = accidents.told();
    expect(zero.code).toBe("collateral_zero");
    expect(unit.code).toBe("collateral_unit");
    expect(unit.text).toContain("a collateral of 10, and nobody's is above 0.05 in 1 of 4 epochs, at 1970-01-04T00:00:00Z");
  });
});

describe("a penalty that is cancelled", () => {
  const told = (factors: readonly number[], { burns = false, outside = 0, kept = 1 } = {}) => {
    const penalty = new PenaltyCancelled();
    const base = factors.map((_, i) => 10 + i);
    const cut = base.map((one, i) => one * factors[i]);
    const ruled = burns ? cut.map((one) => one / base.reduce((a, b) => a + b, 0)) : sharesOf(cut);
    const left = ruled.map((share) => share * kept);
    penalty.take(potOf(0, base, left, { shown: factors, outside, kept }));
    return penalty.told("Subnet 7");
  };

  it("comes back to those who bear it all, unless it goes elsewhere, hits a few, is small, or is no penalty", () => {
    expect(told([0.6, 0.6, 0.6, 0.6])?.text).toMatch(/takes 40\.0 % of the weights .* gives 100\.0 % of that back/);
    expect(told([0.6, 0.6, 0.6, 0.6], { burns: true })).toBeNull();
    // Also where a part of every pot is burned by statement.
    expect(told([0.6, 0.6, 0.6, 0.6], { kept: 0.3 })?.text).toContain("gives 100.0 % of that back");
    expect(told([0.6, 0.6, 0.6, 0.6], { kept: 0.3, burns: true })).toBeNull();
    expect(told([0.6, 0.6, 0.6, 0.6], { outside: 20 })).toBeNull();
    expect(told([1, 1, 0.6, 0.6])).toBeNull();
    expect(told([0.96, 0.96, 0.96, 0.96])).toBeNull();
    expect(told([0.6, 0.6, 0.6, 1.1])).toBeNull();
  });
});

/** Whether each miner is paid, epoch after epoch; a miner who has no place is null. */
type Course = readonly (readonly (boolean | null)[])[];

/** Gaps by a table of all miners and epochs, as the page on accidents says it. */
function gapsByTable(course: Course): readonly number[] {
  const paying = course.filter((epoch) => epoch.some((one) => one === true));
  const miners = paying[0]?.map((_, miner) => paying.map((epoch) => epoch[miner])) ?? [];
  const paidEver = miners.filter((of) => of.includes(true));
  const limit = Math.max(2, 0.1 * paidEver.length);
  const inGap = paying.map(() => 0);
  for (const of of miners) {
    const [first, last] = [of.indexOf(true), of.lastIndexOf(true)];
    for (let at = first + 1; first >= 0 && at < last; at++) if (of[at] !== true) inGap[at] += 1;
    if (first < 0) continue;
    const seen = of.findLastIndex((one) => one !== null);
    const alike = paidEver.filter((other) => other.lastIndexOf(true) === last && other.findLastIndex((one) => one !== null) > last);
    if (seen > last && alike.length >= limit) for (let at = last + 1; at <= seen; at++) inGap[at] += 1;
  }
  const usual = [...inGap].sort((a, b) => a - b)[inGap.length >> 1] ?? 0;
  const most = Math.max(0, ...inGap);
  return paidEver.length < 4 || most < limit || usual >= limit ? [] : [most, inGap.filter((one) => one >= limit).length];
}

function gapsTold(course: Course): readonly number[] {
  const gaps = new PayGaps();
  for (const [epoch, miners] of course.entries()) {
    const seated = [...miners.keys()].filter((miner) => miners[miner] !== null);
    const pot = potOf(
      epoch * DAY,
      seated.map(() => 1),
      seated.map((miner) => (miners[miner] === true ? 0.1 : 0)),
    );
    gaps.take({ ...pot, member: Int32Array.from([...seated, -1]), members: miners.length });
  }
  const text = gaps.told("Subnet 7")?.text ?? "";
  return [...text.matchAll(/up to (\d+) of|in (\d+) of/g)].map(([, most, epochs]) => Number(most ?? epochs));
}

describe("gaps of pay", () => {
  it("are those that a table of all miners and epochs has", () => {
    const cell = fc.oneof({ weight: 12, arbitrary: fc.constant(true) }, { weight: 3, arbitrary: fc.constant(false) }, fc.constant(null));
    const courses = fc
      .tuple(fc.integer({ min: 3, max: 14 }), fc.integer({ min: 1, max: 30 }))
      .chain(([miners, epochs]) =>
        fc.array(fc.array(cell, { minLength: miners, maxLength: miners }), { minLength: epochs, maxLength: epochs }),
      );
    fc.assert(
      fc.property(courses, (course) => {
        expect(gapsTold(course)).toEqual(gapsByTable(course));
      }),
    );
  });

  it("are told where all but two stop for some epochs, or for good, and not where two of thirty leave", () => {
    const all = (miners: number, epochs: number, isPaid: (miner: number, epoch: number) => boolean | null): Course =>
      Array.from({ length: epochs }, (_, epoch) => Array.from({ length: miners }, (__, miner) => isPaid(miner, epoch)));
    expect(gapsTold(all(8, 600, (miner, epoch) => miner < 2 || epoch < 300 || epoch > 309))).toEqual([6, 10]);
    expect(gapsTold(all(8, 20, (miner, epoch) => miner < 2 || epoch < 15))).toEqual([6, 5]);
    expect(gapsTold(all(30, 20, (miner, epoch) => miner > 1 || epoch < 15))).toEqual([]);
    expect(gapsTold(all(8, 20, (miner, epoch) => (miner < 2 || epoch < 15 ? true : null)))).toEqual([]);
  });
});

it("ranks are asked where the linear correlation falls, of eight values or more", () => {
  const values = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), { maxLength: 20 });
  fc.assert(
    fc.property(values, (pairs) => {
      const [one, other] = [Float64Array.from(pairs, ([a]) => a), Float64Array.from(pairs, ([, b]) => b)];
      const rank = rankWhereFalling(one, other);
      if (!Number.isNaN(rank)) expect(rank).toBe(rankCorrelation(one, other));
      const mean = (of: Float64Array) => of.reduce((a, b) => a + b, 0) / of.length;
      const [a, b] = [mean(one), mean(other)];
      const falls = one.reduce((sum, x, i) => sum + (x - a) * (other[i] - b), 0) < -1e-9;
      expect(Number.isNaN(rank)).toBe(!(falls && pairs.length >= 8));
    }),
  );
});
