import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { giniCoefficient } from "../../../studies/compare/gini.js";
import { type MinerTotal, minerKey, minerTotals } from "../../../studies/compare/miner-totals.js";
import { payShift } from "../../../studies/compare/pay-shift.js";
import { winnersAndLosers } from "../../../studies/index.js";

const totals = (pays: Readonly<Record<string, number | bigint>>, netuid = 7): ReadonlyMap<string, MinerTotal> =>
  new Map(Object.entries(pays).map(([hotkey, rao]) => [minerKey({ netuid, hotkey }), { netuid, hotkey, paidRao: BigInt(rao) }]));

describe("what pay moves between two runs", () => {
  it("is half the sum of the changes of shares", () => {
    // 0.5, 0.3, 0.2 -> 0.25, 0.25, 0.5: (0.25 + 0.05 + 0.3) / 2
    const { moved, subnets } = payShift(totals({ x: 50, y: 30, z: 20 }), totals({ x: 100, y: 100, z: 200 }));
    expect(moved).toBe(0.3);
    expect(subnets).toMatchObject([{ netuid: 7, aRao: 100n, bRao: 400n, moved: 0.3 }]);
  });

  it("pairs miners by subnet and hotkey, and lists who is in one alone", () => {
    const { miners, moved } = payShift(totals({ x: 1, y: 1 }), totals({ y: 1, z: 1 }));
    expect(miners).toEqual([
      { netuid: 7, hotkey: "x", aRao: 1n, bRao: null, changeRao: -1n },
      { netuid: 7, hotkey: "y", aRao: 1n, bRao: 1n, changeRao: 0n },
      { netuid: 7, hotkey: "z", aRao: null, bRao: 1n, changeRao: 1n },
    ]);
    expect(moved).toBe(0.5);
  });

  it("is exact where amounts pass 2^53, and nothing where all is paid in the same proportions", () => {
    const large = 123_456_789_012_345_678_901n;
    expect(payShift(totals({ x: large, y: 2n * large }), totals({ x: 3, y: 6 })).moved).toBe(0);
    expect(payShift(totals({ x: large, y: large }), totals({ x: large + 2n, y: large - 2n })).moved).toBeGreaterThan(0);
  });

  it("is all where one run pays nobody, and nothing where neither does", () => {
    expect(payShift(totals({ x: 1 }), totals({ x: 0 })).moved).toBe(1);
    expect(payShift(totals({ x: 0 }), totals({ x: 0 })).moved).toBe(0);
    expect(payShift(totals({}), totals({}))).toEqual({ miners: [], subnets: [], moved: 0 });
  });

  it("weighs subnets by what is paid there", () => {
    const a = new Map([...totals({ x: 300, y: 300 }, 1), ...totals({ x: 100, y: 100 }, 2)]);
    const b = new Map([...totals({ x: 300, y: 300 }, 1), ...totals({ x: 200, y: 0 }, 2)]);
    expect(payShift(a, b)).toMatchObject({ moved: (0.5 * 400) / 1600, subnets: [{ moved: 0 }, { moved: 0.5 }] });
  });

  it("is the same in both directions and what doubles would give", () => {
    const pays = fc.dictionary(fc.constantFrom("a", "b", "c", "d"), fc.integer({ min: 0, max: 1_000_000 }));
    fc.assert(
      fc.property(pays, pays, (first, second) => {
        const { moved } = payShift(totals(first), totals(second));
        expect(payShift(totals(second), totals(first)).moved).toBe(moved);
        const sum = (of: Record<string, number>) => Object.values(of).reduce((all, rao) => all + rao, 0);
        const [sumA, sumB] = [sum(first), sum(second)];
        if (sumA === 0 || sumB === 0) return;
        const shares = ["a", "b", "c", "d"].map((key) => Math.abs((first[key] ?? 0) / sumA - (second[key] ?? 0) / sumB));
        expect(moved).toBeCloseTo(shares.reduce((all, share) => all + share, 0) / 2, 12);
      }),
    );
  });
});

describe("the Gini coefficient", () => {
  it("is that of the mean difference of all pairs", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 8 }), (amounts) => {
        const total = amounts.reduce((all, rao) => all + rao, 0);
        const found = giniCoefficient(amounts.map(BigInt));
        if (total === 0) {
          expect(found).toBeNull();
          return;
        }
        const apart = amounts.flatMap((x) => amounts.map((y) => Math.abs(x - y))).reduce((all, one) => all + one, 0);
        expect(found).toBeCloseTo(apart / (2 * amounts.length * total), 12);
      }),
    );
  });
});

describe("miners", () => {
  it("are positions that take part, those of one hotkey and subnet together", () => {
    const row = { position: 0, netuid: 7, coldkey: "c", uid: 1, role: "miner", paidRao: 5n, recordedRao: 0n };
    const found = minerTotals([
      { ...row, hotkey: "x" },
      { ...row, hotkey: "x", coldkey: "other", uid: -1 },
      { ...row, hotkey: "x", netuid: 8 },
      { ...row, hotkey: "validator", role: "validator" },
      { ...row, hotkey: "nobody", uid: -1, paidRao: 0n },
    ]);
    expect([...found.values()]).toEqual([
      { netuid: 7, hotkey: "x", paidRao: 10n },
      { netuid: 8, hotkey: "x", paidRao: 5n },
    ]);
  });

  it("gain or lose, the most first; equal ones by subnet and hotkey", () => {
    const change = { x: 3, y: -2, z: 3, still: 0, w: -9 };
    const miners = Object.entries(change).map(([hotkey, by]) => ({ netuid: 7, hotkey, by }));
    const { winners, losers } = winnersAndLosers(miners, ({ by }) => by, 2);
    expect(winners.map(({ hotkey }) => hotkey)).toEqual(["x", "z"]);
    expect(losers.map(({ hotkey }) => hotkey)).toEqual(["w", "y"]);
    expect(winnersAndLosers(miners, ({ by }) => by, 0)).toEqual({ winners: [], losers: [] });
  });
});
