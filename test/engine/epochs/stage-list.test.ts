import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StageList } from "../../../engine/epochs/stage-list.js";
import type { StageConfiguration, StageListConfiguration } from "../../../engine/index.js";
import type { StageFacts } from "../../../engine/rules/stages/index.js";
import { REST_ROWS, type ResidualRow, type RestRow } from "../../../engine/tables/vocabularies/rest-rows.js";
import { stageFacts } from "../stage-facts.js";

interface Miner {
  readonly weight: number;
  /** Order of registration: earlier wins a tie. */
  readonly registered: number;
  readonly stakeRao: number;
  /** null: nothing was received yet. */
  readonly held: number | null;
  readonly days: number;
}

function factsOf(miners: readonly Miner[]): StageFacts {
  return stageFacts(miners.length, {
    registeredMs: Float64Array.from(miners, ({ registered }) => registered),
    stakeRao: Float64Array.from(miners, ({ stakeRao }) => stakeRao),
    heldShare: Float64Array.from(miners, ({ held }) => held ?? Number.NaN),
    heldDays: Float64Array.from(miners, ({ days }) => days),
    priceTaoPerAlpha: 0.05,
  });
}

interface Outcome {
  readonly shares: readonly number[];
  readonly rest: Readonly<Record<RestRow, number>>;
}

function outcomeOf(configuration: StageListConfiguration, miners: readonly Miner[]): Outcome {
  const list = new StageList(configuration);
  list.run(
    factsOf(miners),
    Float64Array.from(miners, ({ weight }) => weight),
  );
  return {
    shares: Array.from(list.shares.subarray(0, miners.length)),
    rest: Object.fromEntries(REST_ROWS.map((row, r) => [row, list.rest[r]])) as Record<RestRow, number>,
  };
}

// An independent model, written from docs/explanation/stages.md: one miner after the other, ranks by counting who is better.

/** What rank r of n is worth; `relative` is the weight over the largest. */
function worth(kind: string, of: Readonly<Record<string, number | boolean>>, r: number, n: number, relative: number): number {
  switch (kind) {
    case "winner":
      return r === 1 ? 1 : 0;
    case "top":
      return r > Number(of.k) ? 0 : of.equal ? 1 : relative;
    case "geometric":
      return Number(of.ratio) ** (r - 1);
    case "exponential":
      return Math.exp(-Number(of.rate) * (r - 1));
    case "log_tail": {
      if (r === 1) return Number(of.first);
      let others = 0;
      for (let other = 2; other <= n; other++) others += 1 / Math.log(1 + other);
      return ((1 - Number(of.first)) * (1 / Math.log(1 + r))) / others;
    }
    case "power":
      return relative ** Number(of.exponent);
    case "softmax":
      return Math.exp((relative - 1) / Number(of.temperature));
    default:
      return relative;
  }
}

/** What is below the least normal double counts as nothing. */
const cut = (values: readonly number[]): number[] => values.map((one) => (one < 2 ** -1022 ? 0 : one));

function curveModel(weights: readonly number[], miners: readonly Miner[], { parameters, variant, of }: StageConfiguration): number[] {
  const ranked = weights.map((_, i) => i).filter((i) => weights[i] > 0);
  const largest = Math.max(...weights, 0);
  const better = (i: number, j: number): boolean =>
    weights[i] > weights[j] ||
    (weights[i] === weights[j] &&
      (miners[i].registered < miners[j].registered || (miners[i].registered === miners[j].registered && i < j)));
  const rankOf = (i: number): number => 1 + ranked.filter((j) => j !== i && better(j, i)).length;
  const valueAt = (i: number) => worth(String(variant), of as Record<string, number>, rankOf(i), ranked.length, weights[i] / largest);
  const value = weights.map((weight, i) => {
    if (weight === 0) return 0;
    if ((parameters as { ties: string }).ties === "uid") return valueAt(i);
    const tied = ranked.filter((j) => weights[j] === weight);
    return tied.reduce((sum, j) => sum + valueAt(j), 0) / tied.length;
  });
  const sum = value.reduce((total, one) => total + one, 0);
  return value.map((one) => (sum > 0 ? one / sum : 0));
}

function factorModel({ stage, parameters, of }: StageConfiguration, { stakeRao, held, days }: Miner): number {
  if (stage === "gate") {
    const { atLeast, below } = parameters as { atLeast: number; below: string };
    if (BigInt(stakeRao) >= BigInt(Math.round(atLeast * 1e9))) return 1;
    return below === "zero" ? 0 : below === "scale" ? stakeRao / 1e9 / atLeast : 1;
  }
  if (held === null) return 1;
  const { maxMultiplier } = of as { maxMultiplier: number };
  return 1 + Math.sqrt(Math.min(1, held / 0.9) * Math.min(1, days / 30)) * (maxMultiplier - 1);
}

function model({ stages, residual }: StageListConfiguration, miners: readonly Miner[]): Outcome {
  const largest = Math.max(...miners.map(({ weight }) => weight), 0);
  const relative = miners.map(({ weight }) => (largest > 0 ? weight / largest : 0));
  const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0);
  let weights = cut(relative.map((one) => (largest > 0 ? one / sum(relative) : 0)));
  let ceiling = 1;
  let kept = 1;
  const withheld = new Set<number>();
  const soFar = (): number[] => {
    const whole = residual === null ? sum(weights) : ceiling;
    return cut(weights.map((one) => (whole > 0 ? one / whole : 0)));
  };
  for (const one of stages) {
    weights = cut(weights);
    if (one.stage === "burn") kept *= 1 - (one.parameters as { share: number }).share;
    else if (one.stage === "curve") {
      weights = curveModel(soFar(), miners, one);
      ceiling = 1;
    } else {
      weights = weights.map((weight, i) => weight * (one.stage === "multiplier" && withheld.has(i) ? 1 : factorModel(one, miners[i])));
      ceiling *= one.stage === "gate" ? 1 : (one.of as { maxMultiplier: number }).maxMultiplier;
      if (one.stage !== "gate" || (one.parameters as { below: string }).below !== "no_bonus") continue;
      for (const [i, { stakeRao }] of miners.entries()) {
        if (stakeRao / 1e9 < (one.parameters as { atLeast: number }).atLeast) withheld.add(i);
      }
    }
  }
  const shares = soFar();
  const rest: Record<RestRow, number> = { burn: 1 - kept, recycle: 0, treasury: 0, owner: 0, unallocated: 0 };
  if (residual === null) rest.unallocated = sum(shares) === 0 ? kept : 0;
  else rest[residual] += kept * (1 - sum(shares));
  return { shares: shares.map((one) => one * kept), rest };
}

const weight = fc.oneof(
  fc.constantFrom(0, 1, 1, 2, 1e-300, 1e300, 5e-324, Number.MAX_VALUE),
  fc.double({ min: 0, max: 10, noNaN: true, noDefaultInfinity: true }),
);
const miner: fc.Arbitrary<Miner> = fc.record({
  weight,
  registered: fc.integer({ min: 0, max: 3 }),
  stakeRao: fc.oneof(fc.constantFrom(0, 299_999_999, 300_000_000, 1_000_000_000), fc.integer({ min: 0, max: 2_000_000_000 })),
  held: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
  days: fc.double({ min: 0, max: 60, noNaN: true }),
});
const miners = fc.array(miner, { minLength: 1, maxLength: 12 });

const ties = fc.constantFrom("average", "uid");
const curveOf = (variant: string, of: fc.Arbitrary<object>): fc.Arbitrary<StageConfiguration> =>
  fc.record({ stage: fc.constant("curve" as const), parameters: fc.record({ ties }), variant: fc.constant(variant), of });
const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const curve = fc.oneof(
  curveOf("winner", fc.constant({})),
  curveOf("top", fc.record({ k: fc.integer({ min: 1, max: 14 }), equal: fc.boolean() })),
  curveOf("geometric", fc.record({ ratio: between(0.01, 1) })),
  curveOf("exponential", fc.record({ rate: between(0, 5) })),
  curveOf("log_tail", fc.record({ first: between(0.01, 1) })),
  curveOf("power", fc.record({ exponent: between(0, 4) })),
  curveOf("softmax", fc.record({ temperature: between(0.01, 10) })),
  curveOf("linear", fc.constant({})),
);
const gate: fc.Arbitrary<StageConfiguration> = fc.record({
  stage: fc.constant("gate" as const),
  parameters: fc.record({
    by: fc.constant("stake"),
    atLeast: fc.constantFrom(0.3, 1),
    unit: fc.constant("alpha"),
    below: fc.constantFrom("zero", "scale", "no_bonus"),
    power: fc.constant(1),
  }),
});
const multiplier: fc.Arbitrary<StageConfiguration> = fc.record({
  stage: fc.constant("multiplier" as const),
  parameters: fc.constant({}),
  variant: fc.constant("geometric"),
  of: fc.record({ retentionTarget: fc.constant(0.9), retentionWindowDays: fc.constant(30), maxMultiplier: between(1, 5) }),
});
const burn: fc.Arbitrary<StageConfiguration> = fc.record({
  stage: fc.constant("burn" as const),
  parameters: fc.record({ share: fc.oneof(fc.constantFrom(0, 1), between(0, 1)) }),
});
const list: fc.Arbitrary<StageListConfiguration> = fc.record({
  stages: fc.array(fc.oneof(curve, gate, multiplier, burn), { maxLength: 5 }),
  recordsEveryEpoch: fc.constant(false),
  residual: fc.option(fc.constantFrom<ResidualRow>("burn", "recycle", "treasury", "owner"), { nil: null }),
});

const NOTHING = 1e-290;
const near = (found: number, wanted: number): boolean =>
  Math.abs(found - wanted) <= 1e-9 * Math.max(Math.abs(wanted), 1e-3) || Math.max(found, wanted) < NOTHING;

describe("a list of stages", () => {
  it("gives what an independent model gives", () => {
    fc.assert(
      fc.property(list, miners, (configuration, all) => {
        const [found, wanted] = [outcomeOf(configuration, all), model(configuration, all)];
        const same =
          found.shares.every((share, i) => near(share, wanted.shares[i])) &&
          REST_ROWS.every((row) => Math.abs(found.rest[row] - wanted.rest[row]) <= 1e-9);
        if (!same) expect(found).toEqual(wanted);
      }),
      { numRuns: 3000 },
    );
  });

  it("gives finite shares of 0 or more that, with the rows beside the miners, are all of the pot, for any weights", () => {
    fc.assert(
      fc.property(list, miners, (configuration, all) => {
        const { shares, rest } = outcomeOf(configuration, all);
        const parts = [...shares, ...Object.values(rest)];
        expect(parts.every((part) => part >= 0 && part <= 1 + 1e-12)).toBe(true);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 10);
        all.forEach((one, i) => {
          if (one.weight === 0) expect(shares[i]).toBe(0);
        });
      }),
      { numRuns: 2000 },
    );
  });

  it("does not know who is who: with ties averaged another order of the miners is the same shares in another order", () => {
    fc.assert(
      fc.property(list, miners, fc.infiniteStream(fc.nat()), (configuration, all, random) => {
        const averaged = {
          ...configuration,
          stages: configuration.stages.map((one) => (one.stage === "curve" ? { ...one, parameters: { ties: "average" } } : one)),
        };
        const shuffled = all.map((one, i) => ({ one, i, key: random.next().value as number })).sort((a, b) => a.key - b.key);
        const [found, moved] = [
          outcomeOf(averaged, all),
          outcomeOf(
            averaged,
            shuffled.map(({ one }) => one),
          ),
        ];
        shuffled.forEach(({ i }, k) => {
          // Sums in another order may split or join a tie by a last bit.
          if (configuration.stages.filter(({ stage }) => stage !== "burn").length > 1) return;
          expect(near(moved.shares[k], found.shares[i])).toBe(true);
        });
      }),
      { numRuns: 1000 },
    );
  });

  it("each curve gives who has more weight at least as much; log_tail where its first share is half or more", () => {
    fc.assert(
      fc.property(curve, miners, (one, all) => {
        fc.pre(one.variant !== "log_tail" || (one.of as { first: number }).first >= 0.5);
        const { shares } = outcomeOf({ stages: [one], residual: null, recordsEveryEpoch: false }, all);
        for (const [i, a] of all.entries()) {
          for (const [j, b] of all.entries()) {
            if (a.weight > b.weight) expect(shares[i]).toBeGreaterThanOrEqual(shares[j] * (1 - 1e-12));
          }
        }
      }),
      { numRuns: 1500 },
    );
  });

  it("cancels by normalisation what everybody bears, and gives it to the row that `residual` names", () => {
    const all = [1, 2, 3].map((one) => ({ weight: one, registered: 0, stakeRao: 500_000_000, held: 1, days: 30 }));
    const scale: StageConfiguration = { stage: "gate", parameters: { by: "stake", atLeast: 1, unit: "alpha", below: "scale", power: 1 } };
    expect(outcomeOf({ stages: [scale], residual: null, recordsEveryEpoch: false }, all).shares).toEqual([1 / 6, 2 / 6, 3 / 6]);
    const burned = outcomeOf({ stages: [scale], residual: "burn", recordsEveryEpoch: false }, all);
    expect(burned.shares).toEqual([1 / 12, 2 / 12, 3 / 12]);
    expect(burned.rest.burn).toBeCloseTo(0.5, 15);
  });
});
