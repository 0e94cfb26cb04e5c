import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_CONSENSUS, type Offence, Slashing, type SlashingRules } from "../../../engine/consensus/index.js";

const DAY_MS = 86_400_000;
const RULES = DEFAULT_CONSENSUS.slashing;

function offence(change: Partial<Offence> = {}): Offence {
  return { epoch: 1, timeMs: 1000, validator: 0, severity: "severe", cause: "deviation", deviation: 0.2, deviations: 1, ...change };
}

function slashing(stakes: number[], rules: Partial<SlashingRules> = {}) {
  const taken: { validator: number; amountRao: number; destination: string }[] = [];
  return {
    taken,
    slashing: new Slashing({ ...RULES, ...rules }, ({ validator, amountRao, destination }) => {
      const takenRao = Math.min(amountRao, stakes[validator]);
      stakes[validator] -= takenRao;
      taken.push({ validator, amountRao: takenRao, destination });
      return takenRao;
    }),
  };
}

describe("a slash", () => {
  it.each([
    ["minor", 19],
    ["moderate", 99],
    ["severe", 299],
    ["critical", 999],
  ] as const)("that is %s takes its rate of available stake, rounded down", (severity, amountRao) => {
    const stakes = [1_999];
    const { slashing: court, taken } = slashing(stakes, { destination: "treasury" });
    const slash = court.decide(offence({ severity }), stakes[0]);
    expect(slash).toMatchObject({ amountRao, takenRao: amountRao, availableRao: 1_999, state: "taken", settledMs: 1000 });
    expect(taken).toEqual([{ validator: 0, amountRao, destination: "treasury" }]);
    expect(stakes).toEqual([1_999 - amountRao]);
  });

  it("is exact for any stake and any rate of millionths", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer({ min: 0, max: 1_000_000 }), (stakeRao, millionths) => {
        const stakes = [stakeRao];
        const { slashing: court } = slashing(stakes, { rates: { ...RULES.rates, severe: millionths / 1_000_000 } });
        const { amountRao } = court.decide(offence(), stakeRao);
        expect(BigInt(amountRao)).toBe((BigInt(stakeRao) * BigInt(millionths)) / 1_000_000n);
        expect(stakes[0]).toBe(stakeRao - amountRao);
      }),
    );
  });

  it("falls once on one deviation", () => {
    const { slashing: court } = slashing([1_000, 1_000]);
    court.decide(offence(), 1_000);
    expect(() => court.decide(offence(), 850)).toThrow("slashed twice for epoch 1");
    court.decide(offence({ validator: 1 }), 1_000);
    court.decide(offence({ epoch: 2 }), 850);
    expect(court.slashes).toHaveLength(3);
  });

  it("is held back for its appeal time, and what is held is not available for the next", () => {
    const stakes = [1_000];
    const { slashing: court, taken } = slashing(stakes, { appealDays: 7 });
    const first = court.decide(offence({ severity: "critical" }), 1_000);
    const second = court.decide(offence({ epoch: 2, timeMs: 2000, severity: "critical" }), 1_000);
    expect([first, second]).toMatchObject([
      { state: "held", amountRao: 500, settledMs: null },
      { availableRao: 500, amountRao: 250 },
    ]);
    expect(court.availableRao(0, 1_000)).toBe(250);
    expect(taken).toEqual([]);
    expect(court.due(1000 + 7 * DAY_MS - 1)).toEqual([]);
    expect(court.due(1000 + 7 * DAY_MS)).toEqual([first]);
    court.settle(first, 1000 + 7 * DAY_MS);
    expect(first).toMatchObject({ state: "taken", takenRao: 500 });
    court.overturn(second, 1000 + 8 * DAY_MS);
    expect(second).toMatchObject({ state: "overturned", takenRao: 0 });
    expect(court.availableRao(0, stakes[0])).toBe(500);
    expect(() => court.settle(second, 0)).toThrow("not held");
    expect(() => court.overturn(first, 0)).toThrow("not held");
  });

  it("takes what is there where stake has left meanwhile, and says so", () => {
    const stakes = [1_000];
    const { slashing: court } = slashing(stakes, { appealDays: 1 });
    const slash = court.decide(offence({ severity: "critical" }), 1_000);
    stakes[0] = 200;
    court.settle(slash, DAY_MS + 1000);
    expect(slash).toMatchObject({ amountRao: 500, takenRao: 200 });
    expect(stakes).toEqual([0]);
  });

  it("refuses to believe that more was taken than asked, or a part of a rao", () => {
    for (const wrong of [151, -1, 0.5, Number.NaN]) {
      const court = new Slashing(RULES, () => wrong);
      expect(() => court.decide(offence(), 1_000)).toThrow("of a slash of 150 rao were taken");
    }
  });
});
