import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Yuma, type YumaConfiguration, yumaReseated } from "../../../engine/yuma/index.js";
import { type Course, configurations, courses } from "./arbitrary.js";
import { NaiveYuma } from "./naive-yuma.js";
import { PLAIN_YUMA } from "./plain-configuration.js";

/** A truncation to the grid may fall either way where sums are in another order. */
const GRID_STEP = 1.6e-5;

function rows({ validators, miners }: Yuma, pairs: Float64Array): number[][] {
  return Array.from({ length: validators }, (_, i) => Array.from({ length: miners }, (_, j) => pairs[j * validators + i]));
}

function run(configuration: YumaConfiguration, { validators, miners, epochs }: Course, yuma = new Yuma(configuration, validators, miners)) {
  for (const { stakes, set } of epochs) yuma.epoch(stakes, set.flat());
  return yuma;
}

/** One epoch. */
function once(stakes: number[], set: number[][], configuration: Partial<YumaConfiguration> = {}): Yuma {
  return run({ ...PLAIN_YUMA, ...configuration }, { validators: stakes.length, miners: set[0].length, epochs: [{ stakes, set }] });
}

function closeTo(found: readonly number[] | Float64Array, wanted: readonly number[] | Float64Array, tolerance: number): void {
  expect(found.length).toBe(wanted.length);
  [...found].forEach((value, i) => {
    if (!(Math.abs(value - wanted[i]) <= tolerance)) throw new Error(`${i}: ${value} is not ${wanted[i]}`);
  });
}

describe("an epoch", () => {
  it("is what the formulas say, in every version", () => {
    fc.assert(
      fc.property(configurations, courses(), (configuration, course) => {
        const naive = new NaiveYuma(configuration);
        const yuma = new Yuma(configuration, course.validators, course.miners);
        for (const { stakes, set } of course.epochs) {
          yuma.epoch(stakes, set.flat());
          const wanted = naive.epoch(stakes, set);
          closeTo(yuma.consensus, wanted.consensus, 1e-12);
          closeTo(yuma.incentive, wanted.incentive, 1e-12);
          closeTo(yuma.validatorTrust, wanted.validatorTrust, 1e-12);
          closeTo(yuma.dividends, wanted.dividends, 1e-9);
          closeTo(rows(yuma, yuma.state.bonds).flat(), wanted.bonds.flat(), 1e-9);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("never has a number that is none, a negative one, or incentive that is neither all nor nothing", () => {
    const weights = fc.constantFrom(0, 0, 0, 1, 65_535, 1e-12, 1e150);
    fc.assert(
      fc.property(configurations, courses(weights), (configuration, course) => {
        const yuma = run(configuration, course);
        for (const field of [yuma.incentive, yuma.dividends, yuma.state.bonds, yuma.clipped, yuma.minerTrust, yuma.validatorTrust]) {
          expect(field.every((value) => value >= 0 && value < Number.POSITIVE_INFINITY)).toBe(true);
        }
        const incentive = yuma.incentive.reduce((all, one) => all + one, 0);
        expect(Math.min(Math.abs(incentive - 1), Math.abs(incentive))).toBeLessThan(1e-12);
        if (yuma.rank.every((rank) => rank === 0)) expect(incentive).toBe(0);
        expect(yuma.dividends.reduce((all, one) => all + one, 0)).toBeLessThanOrEqual(1);
        expect(yuma.clipped.every((weight, pair) => weight <= yuma.consensus[Math.floor(pair / course.validators)])).toBe(true);
      }),
    );
  });

  it("does not ask in which unit stake or weights are", () => {
    fc.assert(
      fc.property(configurations, courses(fc.integer({ min: 0, max: 1000 })), (configuration, course) => {
        const yuma = run(configuration, course);
        const doubled = {
          ...course,
          epochs: course.epochs.map(({ stakes, set }) => ({ stakes: stakes.map((stake) => stake * 1024), set })),
        };
        expect(run(configuration, doubled).dividends).toEqual(yuma.dividends);
        // What is added to a sum so that it is not 0 weighs less beside larger weights.
        const scaled = course.epochs.map(({ stakes, set }) => ({ stakes, set: set.map((row) => row.map((weight) => weight * 8)) }));
        if (!configuration.winnerTakesAll) {
          closeTo(run(configuration, { ...course, epochs: scaled }).incentive, yuma.incentive, 20 * GRID_STEP);
        }
      }),
    );
  });

  it("does not ask in which order validators and miners stand", () => {
    fc.assert(
      fc.property(configurations, courses(fc.integer({ min: 0, max: 1000 })), (some, course) => {
        // Which of two miners wins may hang on the last bit.
        const configuration = { ...some, winnerTakesAll: false };
        const yuma = run(configuration, course);
        const turned = course.epochs.map(({ stakes, set }) => ({
          stakes: stakes.toReversed(),
          set: set.toReversed().map((row) => row.toReversed()),
        }));
        const other = run(configuration, { ...course, epochs: turned });
        closeTo(other.consensusRaw.toReversed(), yuma.consensusRaw, 1e-12);
        closeTo(other.consensus.toReversed(), yuma.consensus, GRID_STEP);
        closeTo(other.incentive.toReversed(), yuma.incentive, 20 * GRID_STEP);
      }),
    );
  });
});

describe("what is supported", () => {
  it("is the smallest weight of those with stake where all of it is needed", () => {
    const yuma = once([1, 1, 0], [[1, 3], [3, 1], [1, 0]], { kappa: 1 }); // biome-ignore format: rows of weights
    closeTo(yuma.consensusRaw, [0.25, 0.25], 1e-6);
  });

  it("is the largest weight where any stake is enough", () => {
    closeTo(once([1, 9], [[1, 3], [3, 1]], { kappa: 0.1 }).consensusRaw, [0.75, 0.75], 1e-6); // biome-ignore format: rows of weights
    closeTo(once([1, 9], [[1, 3], [3, 1]], { kappa: 0.11 }).consensusRaw, [0.75, 0.25], 1e-6); // biome-ignore format: rows of weights
  });

  it("counts an exact tie, by the decimal that was written", () => {
    // 0.55 * 100 is 55.00000000000001 in doubles.
    expect(0.55 * 100).toBeGreaterThan(55);
    closeTo(once([55, 45], [[1, 0], [0, 1]], { kappa: 0.55 }).consensusRaw, [1, 0], 1e-5); // biome-ignore format: rows of weights
    closeTo(once([54, 46], [[1, 0], [0, 1]], { kappa: 0.55 }).consensusRaw, [0, 0], 0); // biome-ignore format: rows of weights
  });

  it("is nothing where nobody has stake or sets weights", () => {
    for (const yuma of [
      once(
        [0, 0],
        [
          [1, 2],
          [2, 1],
        ],
      ),
      once(
        [1, 1],
        [
          [0, 0],
          [0, 0],
        ],
      ),
    ]) {
      expect([...yuma.consensus, ...yuma.incentive, ...yuma.dividends].every((value) => value === 0)).toBe(true);
    }
    const winner = once([1, 1], [[0, 0], [0, 0]], { winnerTakesAll: true }); // biome-ignore format: rows of weights
    expect([...winner.incentive]).toEqual([0, 0]);
  });
});

describe("the state", () => {
  it("is all that an epoch needs of those before", () => {
    fc.assert(
      fc.property(configurations, courses(), (configuration, course) => {
        const whole = run(configuration, course);
        const half = Math.ceil(course.epochs.length / 2);
        const first = run(configuration, { ...course, epochs: course.epochs.slice(0, half) });
        const same = yumaReseated(
          first.state,
          course.epochs[0].stakes.map((_, i) => i),
          course.epochs[0].set[0].map((_, j) => j),
        );
        const rest = run(
          configuration,
          { ...course, epochs: course.epochs.slice(half) },
          new Yuma(configuration, course.validators, course.miners, same),
        );
        expect(rest.state).toEqual(whole.state);
      }),
    );
  });

  it("keeps the bonds of who stays, and has none of who is new", () => {
    const yuma = once([1, 2, 3], [[1, 2], [3, 4], [5, 6]]); // biome-ignore format: rows of weights
    const [, second, third] = rows(yuma, yuma.state.bonds);
    const state = yumaReseated(yuma.state, [2, -1, 1], [1, -1, 0]);
    expect(rows(new Yuma(PLAIN_YUMA, 3, 3, state), state.bonds)).toEqual([
      [third[1], 0, third[0]],
      [0, 0, 0],
      [second[1], 0, second[0]],
    ]);
    expect([...state.consensus]).toEqual([yuma.consensus[1], 0, yuma.consensus[0]]);
    expect(state.epochs).toBe(1);
  });
});
