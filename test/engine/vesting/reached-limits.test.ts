import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fraction, type HeldExactly, type MultiplierRuleConfiguration, type MultiplierRuleName } from "../../../engine/index.js";
import { multiplierReaches } from "../../../engine/rules/multipliers/index.js";
import { configuration, DAY, pay, type Row, run, START, stake } from "../in-memory.js";

const RULE: MultiplierRuleConfiguration = {
  rule: "linear_retention",
  retentionTarget: 0.9,
  retentionWindowDays: 30,
  maxMultiplier: 1.5,
  amountTiers: [
    { atLeast: 0.3, value: 1.1 },
    { atLeast: 0.7, value: 1.4 },
  ],
  timeTiers: [{ atLeast: 14, value: 1.2 }],
};
const hundredths = (value: number): Fraction => Fraction.decimal(value / 100);
const held = (remaining: bigint, received: bigint, days: bigint): HeldExactly => ({
  share: () => Fraction.whole(remaining).over(Fraction.whole(received)),
  days: () => Fraction.whole(days),
});
const step = fc.constantFrom(-1n, 0n, 1n);
const part = fc.integer({ min: 1, max: 100 });

const reachesOf = (name: MultiplierRuleName) => (parameters: MultiplierRuleConfiguration, limit: Fraction, exactly: HeldExactly) =>
  multiplierReaches(name, parameters, limit, exactly);

describe("a multiplier reaches a limit by the decimals", () => {
  it("linear_retention: 36 of 100 at a target of 0.9 are 0.4, which doubles say is less, and a rao less is not", () => {
    expect(0.36 / 0.9).toBeLessThan(0.4);
    const reaches = reachesOf("linear_retention");
    fc.assert(
      fc.property(part, part, fc.bigInt({ min: 1n, max: 10n ** 14n }), step, (target, limit, unit, more) => {
        const received = unit * 10_000n;
        const remaining = unit * BigInt(target * limit) + more;
        const isReached = reaches({ ...RULE, retentionTarget: target / 100 }, hundredths(limit), held(remaining, received, 0n));
        expect(isReached).toBe(more >= 0n);
      }),
    );
    expect(reaches(RULE, hundredths(101), held(1n, 1n, 0n))).toBe(false);
  });

  it("geometric: 1 + sqrt(p d) of the bonus, by squares of whole numbers", () => {
    const reaches = reachesOf("geometric");
    const any = fc.record({ share: part, target: part, days: fc.integer({ min: 0, max: 45 }), most: fc.integer({ min: 100, max: 300 }) });
    let reached = 0;
    fc.assert(
      fc.property(any, fc.integer({ min: 0, max: 310 }), fc.boolean(), ({ share, target, days, most }, loose, atBorder) => {
        // p = min(1, share / target) and d = min(1, days / 30): (limit - 1)^2 <= p d (most - 1)^2 in whole numbers.
        const limit = atBorder ? most : loose;
        const [p, d] = [Math.min(share, target), Math.min(days, 30)];
        const over = BigInt(Math.max(0, limit - 100));
        const expected = over * over * BigInt(target * 30) <= BigInt(p * d) * BigInt(most - 100) ** 2n;
        const parameters = { ...RULE, retentionTarget: target / 100, maxMultiplier: most / 100 };
        expect(reaches(parameters, hundredths(limit), held(BigInt(share), 100n, BigInt(days)))).toBe(expected);
        if (expected && over > 0n) reached++;
      }),
      { numRuns: 1_000 },
    );
    expect(reached).toBeGreaterThan(50);
    // A quarter of the window at the whole target is half of the bonus, exactly.
    expect(reaches({ ...RULE, retentionWindowDays: 60 }, Fraction.decimal(1.25), held(9n, 10n, 15n))).toBe(true);
    expect(reaches(RULE, Fraction.whole(1), { share: () => Fraction.whole(0), days: () => expect.unreachable() })).toBe(true);
    expect(reaches(RULE, Fraction.decimal(1.01), { share: () => Fraction.whole(0), days: () => expect.unreachable() })).toBe(false);
  });

  it("tiered: the sum of what the two tiers are worth, of the most that they can be", () => {
    const reaches = reachesOf("tiered");
    const any = fc.record({ share: fc.integer({ min: 0, max: 100 }), days: fc.integer({ min: 0, max: 20 }) });
    fc.assert(
      fc.property(any, fc.integer({ min: 100, max: 300 }), fc.integer({ min: 0, max: 6 }), step, ({ share, days }, most, sixths, more) => {
        const worth = (share >= 70 ? 4 : share >= 30 ? 1 : 0) + (days >= 14 && share > 0 ? 2 : 0);
        // Of six tenths at most: (limit - 1) * 6 <= worth * (most - 1).
        const limit = Math.max(0, 100 + Math.round(((most - 100) * sixths) / 6) + Number(more));
        const expected = (limit - 100) * 6 <= worth * (most - 100);
        const found = reaches({ ...RULE, maxMultiplier: most / 100 }, hundredths(limit), {
          share: () => Fraction.whole(share).over(Fraction.whole(100)),
          days: () => (share === 0 ? expect.unreachable() : Fraction.whole(days)),
        });
        expect(found).toBe(expected);
      }),
      { numRuns: 1_000 },
    );
    const worthless = { ...RULE, amountTiers: [], timeTiers: [] };
    expect(reaches(worthless, Fraction.whole(1), held(1n, 1n, 1n))).toBe(true);
    expect(reaches(worthless, Fraction.decimal(1.1), held(1n, 1n, 1n))).toBe(false);
  });
});

describe("redistribution: threshold, at its borders", () => {
  const TOKEN = 1_000_000_000;
  type Vesting = Parameters<typeof configuration>[0]["vesting"];

  interface Case {
    /** What the second is recorded to be paid in the last epoch, rao. */
    readonly second?: number;
    /** What both stake before they are paid, rao. */
    readonly manual?: number;
  }
  /** What two miners are paid in the last epoch, where the first held `remaining` of `received` rao when it ended. */
  function paidAfter(received: number, remaining: number, vesting: Vesting, { second = TOKEN, manual = 0 }: Case = {}): [number, number] {
    const rows = (day: number, first: number, other: number): Row[] => [
      pay(START + day * DAY, "a", first),
      pay(START + day * DAY, "b", other),
    ];
    const stakes = ["a", "b"].map((miner) => stake(START, "added", miner, manual));
    const config = configuration({ audit: true, emission: { mode: "redistribute" }, vesting: { rule: "linear_retention", ...vesting } });
    const { tables } = run(config, [
      { kind: "emission", rows: [...rows(1, received, received), ...rows(3, TOKEN, second)] },
      { kind: "stake", rows: [...stakes, stake(START + 2 * DAY, "removed", "a", received - remaining)] },
    ]);
    const [a, b] = tables.rewards.slice(-2).map((row) => Number(row.paid_rao));
    return [a, b];
  }
  const relative = (bound: number, more: Vesting = {}): Vesting => ({
    redistribution: { kind: "threshold", relative: bound, absolute: 0 },
    ...more,
  });

  it("who holds 36 % at a target of 90 % reaches four tenths of its share, and who lacks one rao does not", () => {
    for (const keyScope of ["hotkey", "coldkey_even"] as const) {
      for (const mode of ["on", "shadow"] as const) {
        const of = (remaining: number) => paidAfter(1_000, remaining, relative(0.4, { keyScope, mode }));
        expect(of(360)[0]).toBe(mode === "on" ? 571_428_571 : TOKEN);
        expect(of(359)[0]).toBe(mode === "on" ? 0 : TOKEN);
      }
    }
  });

  it("is decided by whole numbers, whatever the target, the bound and the amounts", () => {
    let atBorder = 0;
    fc.assert(
      fc.property(
        part,
        part,
        fc.integer({ min: 1, max: 10 ** 9 }),
        fc.integer({ min: -1, max: 1 }),
        fc.boolean(),
        (target, bound, unit, more, pooled) => {
          const received = unit * 10_000;
          const remaining = unit * target * bound + more;
          if (remaining > received || remaining < 1) return;
          const keyScope = pooled ? "coldkey_even" : "hotkey";
          const [a, b] = paidAfter(received, remaining, relative(bound / 100, { keyScope, retentionTarget: target / 100 }));
          // Everybody else holds all, so nobody is spared for being the last.
          expect([a > 0, b > 0]).toEqual([BigInt(remaining) * 10_000n >= BigInt(received) * BigInt(target * bound), true]);
          if (more === 0) atBorder++;
        },
      ),
      { numRuns: 300 },
    );
    expect(atBorder).toBeGreaterThan(50);
  });

  it("an absolute bound counts the multiplier exactly, too: a third of the pay times three tenths is a tenth", () => {
    // a holds 27 % at a target of 90 %, and is recorded to be paid a third.
    const absolute: Vesting = { redistribution: { kind: "threshold", relative: 0, absolute: 0.1 } };
    const of = (remaining: number) => paidAfter(1_000_000, remaining, absolute, { second: 2 * TOKEN })[0];
    expect(of(270_000)).toBeGreaterThan(0);
    expect(of(269_999)).toBe(0);
  });

  it("leaves numbers that no rule computed as they are: nothing received, below the minimum, cut", () => {
    expect(paidAfter(1_000, 1_000, relative(1))).toEqual([TOKEN, TOKEN]);
    expect(paidAfter(1_000, 400, relative(1, { minimumStakeRao: 500 }))).toEqual([TOKEN, TOKEN]);
    const cut = relative(1, { minimumStakeRao: 1_000, belowMinimum: "zero" });
    expect(paidAfter(1_000, -100, cut, { manual: 1_000 })).toEqual([0, 2 * TOKEN]);
    expect(paidAfter(1_000, 400, relative(1, { startMs: START + 2.5 * DAY }))).toEqual([TOKEN, TOKEN]);
  });
});
