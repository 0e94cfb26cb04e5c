import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainMultiplier, Fraction, MULTIPLIER_RULES, type MultiplierRuleConfiguration, type Tier } from "../../../engine/index.js";
import { bindMultiplierRule, multiplierRuleOf } from "../../../engine/rules/multipliers/index.js";

const AMOUNT_TIERS: readonly Tier[] = [
  { atLeast: 0.3, value: 1.1 },
  { atLeast: 0.5, value: 1.2 },
  { atLeast: 0.7, value: 1.3 },
];
const TIME_TIERS: readonly Tier[] = [
  { atLeast: 14, value: 1.1 },
  { atLeast: 30, value: 1.2 },
  { atLeast: 60, value: 1.3 },
];
const DEFAULTS: MultiplierRuleConfiguration = {
  rule: "geometric",
  retentionTarget: 0.9,
  retentionWindowDays: 30,
  maxMultiplier: 1.5,
  amountTiers: AMOUNT_TIERS,
  timeTiers: TIME_TIERS,
};

const share = fc.double({ min: 0, max: 1, noNaN: true });
const days = fc.oneof(fc.double({ min: 0, max: 400, noNaN: true }), fc.nat(90));
const tiers = (most: number): fc.Arbitrary<Tier[]> =>
  fc
    .array(fc.record({ atLeast: fc.double({ min: 0, max: most, noNaN: true }), value: fc.double({ min: 1, max: 3, noNaN: true }) }), {
      maxLength: 4,
    })
    .map((all) => {
      const bounds = all.map(({ atLeast }) => atLeast).sort((a, b) => a - b);
      const values = all.map(({ value }) => value).sort((a, b) => a - b);
      return bounds.map((atLeast, i) => ({ atLeast, value: values[i] }));
    });
const parameters: fc.Arbitrary<MultiplierRuleConfiguration> = fc.record({
  rule: fc.constantFrom(...MULTIPLIER_RULES),
  retentionTarget: fc.double({ min: 0.01, max: 1, noNaN: true }),
  retentionWindowDays: fc.oneof(fc.integer({ min: 1, max: 90 }), fc.double({ min: 0.01, max: 365, noNaN: true })),
  maxMultiplier: fc.oneof(fc.constant(1), fc.double({ min: 1, max: 10, noNaN: true })),
  amountTiers: tiers(1),
  timeTiers: tiers(90),
});

const ask = (
  rule: MultiplierRuleConfiguration["rule"],
  heldShare: number,
  heldDays: number,
  more: Partial<MultiplierRuleConfiguration> = {},
): number => bindMultiplierRule(rule, { ...DEFAULTS, ...more })(heldShare, heldDays);

describe("every rule", () => {
  it("explains itself: the last term is the multiplier, bit for bit", () => {
    fc.assert(
      fc.property(parameters, share, days, (rule, heldShare, heldDays) => {
        expect(multiplierRuleOf(rule.rule).name).toBe(rule.rule);
        const terms = explainMultiplier(rule.rule, rule, heldShare, heldDays);
        expect(terms.at(-1)).toMatchObject({ name: "multiplier", value: bindMultiplierRule(rule.rule, rule)(heldShare, heldDays) });
        expect(terms[0]).toEqual({ name: "held_share", formula: "", value: heldShare });
        expect(new Set(terms.map((term) => term.name)).size).toBe(terms.length);
      }),
      { numRuns: 500 },
    );
  });

  it("stays in its bounds and never pays less for holding more or longer", () => {
    fc.assert(
      fc.property(parameters, share, share, days, days, (rule, shareA, shareB, daysA, daysB) => {
        const multiplier = bindMultiplierRule(rule.rule, rule);
        const less = multiplier(Math.min(shareA, shareB), Math.min(daysA, daysB));
        const more = multiplier(Math.max(shareA, shareB), Math.max(daysA, daysB));
        expect(more).toBeGreaterThanOrEqual(less);
        const [lowest, highest] = rule.rule === "linear_retention" ? [0, 1] : [1, rule.maxMultiplier];
        expect(less).toBeGreaterThanOrEqual(lowest);
        expect(more).toBeLessThanOrEqual(highest);
      }),
      { numRuns: 500 },
    );
  });
});

describe("geometric", () => {
  it.each([
    [1, 30, 1.5],
    [0.9, 30, 1.5],
    [1, 400, 1.5],
    [0, 30, 1],
    [1, 0, 1],
    [0.45, 7.5, 1 + Math.sqrt(0.5 * 0.25) * 0.5],
    [0.225, 30, 1.25],
  ])("%d held for %d days: %d", (heldShare, heldDays, expected) => {
    expect(ask("geometric", heldShare, heldDays)).toBe(expected);
  });
});

describe("linear_retention", () => {
  it("is the share over the target, whatever the age", () => {
    expect(ask("linear_retention", 0.45, 0)).toBe(0.5);
    expect(ask("linear_retention", 0.95, 99)).toBe(1);
  });
});

describe("tiered", () => {
  it.each([
    [0.29, 13.99, 1],
    [0.3, 13, 1 + (0.05 * 0.5) / 0.3],
    [0.69, 59, 1 + (0.2 * 0.5) / 0.3],
    [0.7, 60, 1.5],
    [1, 0, 1 + (0.15 * 0.5) / 0.3],
    [0, 365, 1 + (0.15 * 0.5) / 0.3],
  ])("%d held for %d days: %d", (heldShare, heldDays, expected) => {
    expect(ask("tiered", heldShare, heldDays)).toBeCloseTo(expected, 12);
  });

  it("reaches max_multiplier exactly at the top of both tiers, and only there", () => {
    for (const maxMultiplier of [1, 1.3, 2, 7]) {
      expect(ask("tiered", 1, 60, { maxMultiplier })).toBe(maxMultiplier);
      if (maxMultiplier > 1) expect(ask("tiered", 0.69, 60, { maxMultiplier })).toBeLessThan(maxMultiplier);
    }
  });

  it("gives nobody anything where no tier is worth anything", () => {
    expect(ask("tiered", 1, 90, { amountTiers: [], timeTiers: [] })).toBe(1);
    expect(ask("tiered", 1, 90, { amountTiers: [{ atLeast: 0, value: 1 }], timeTiers: [] })).toBe(1);
  });
});

describe("tiers, at their bounds", () => {
  const tiersReached = (remaining: bigint, received: bigint, ages: bigint): number => {
    const share = Number(remaining) / Number(received);
    const days = Number(ages) / Number(remaining) / 86_400_000;
    const exactly = {
      share: () => Fraction.whole(remaining).over(Fraction.whole(received)),
      days: () => Fraction.whole(ages).over(Fraction.whole(remaining * 86_400_000n)),
    };
    return bindMultiplierRule("tiered", DEFAULTS)(share, days, exactly);
  };
  const model = (remaining: bigint, received: bigint, ages: bigint): number => {
    const amount = AMOUNT_TIERS.filter(({ atLeast }) => remaining * 10n >= BigInt(Math.round(atLeast * 10)) * received).at(-1)?.value ?? 1;
    const time = TIME_TIERS.filter(({ atLeast }) => ages >= BigInt(atLeast) * 86_400_000n * remaining).at(-1)?.value ?? 1;
    return Math.min(1.5, 1 + (((amount + time) / 2 - 1) * (1.5 - 1)) / ((1.3 + 1.3) / 2 - 1));
  };

  it("counts who holds exactly 14, 30 or 60 days and exactly 30, 50 or 70 %, and not who lacks a rao or a millisecond", () => {
    const about = (value: bigint) => fc.constantFrom(value - 1n, value, value + 1n);
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 900_000_000_000_000n }).map((tenth) => tenth * 10n),
        fc.constantFrom(3n, 5n, 7n),
        fc.constantFrom(14n, 30n, 60n),
        fc.tuple(fc.constantFrom(-1n, 0n, 1n), fc.constantFrom(-1n, 0n, 1n)),
        (received, tenths, bound, [raoMore, agesMore]) => {
          const remaining = (received * tenths) / 10n + raoMore;
          const ages = remaining * bound * 86_400_000n + agesMore;
          expect(tiersReached(remaining, received, ages)).toBe(model(remaining, received, ages));
        },
      ),
      { numRuns: 3_000 },
    );
    fc.assert(
      fc.property(
        about(900_000_000_000_000_0n),
        (remaining) =>
          tiersReached(remaining, remaining, 30n * 86_400_000n * remaining) === model(remaining, remaining, 30n * 86_400_000n * remaining),
      ),
    );
  });
});
