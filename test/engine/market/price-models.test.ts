import { describe, expect, it } from "vitest";
import { randomStreams } from "../../../engine/kernel/random.js";
import {
  BlockBootstrap,
  normalDeviates,
  type PriceHistory,
  type PriceModel,
  type PriceModelConfiguration,
  priceModel,
  ShockedPrices,
} from "../../../engine/market/price-models/index.js";

const YEAR_MS = 31_536_000_000;
const STEP_MS = YEAR_MS / 1_000;
const random = (name = "prices", seed = 1) => randomStreams(seed, 0)(name);

const GBM: PriceModelConfiguration = { kind: "geometric_brownian_motion", driftPerYear: 0.3, volatilityPerYear: 0.4, correlation: 0 };
const OU: PriceModelConfiguration = { kind: "ornstein_uhlenbeck", halfLifeMs: YEAR_MS / 100, volatilityPerYear: 0.5, correlation: 0 };
const JUMPS: PriceModelConfiguration = {
  kind: "jump_diffusion",
  driftPerYear: 0.3,
  volatilityPerYear: 0.2,
  jumpsPerYear: 20,
  jumpMean: -0.05,
  jumpDeviation: 0.1,
  correlation: 0,
};
const BOOTSTRAP: PriceModelConfiguration = { kind: "block_bootstrap", blockSteps: 3 };
const HISTORY: PriceHistory = { count: 2, prices: Float64Array.from([1, 10, 2, 40, 1, 5, 3, 10]) };

function run(model: PriceModel, steps: number): Float64Array[] {
  return Array.from({ length: steps }, () => {
    const prices = new Float64Array(model.count);
    model.step(prices);
    return prices;
  });
}

const make = (configuration: PriceModelConfiguration, start: number[], seed = 1, history: PriceHistory | null = null) =>
  priceModel(configuration, start, STEP_MS, random("prices", seed), history);

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}
function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  return mean(a.map((value, i) => (value - meanA) * (b[i] - meanB))) / (deviation(a) * deviation(b));
}

describe("normal deviates", () => {
  it("have the moments of a normal, and come again from the same seed", () => {
    const normal = normalDeviates(random("normal"));
    const values = Array.from({ length: 100_000 }, normal);
    expect(Math.abs(mean(values))).toBeLessThan(0.015);
    expect(Math.abs(deviation(values) - 1)).toBeLessThan(0.01);
    expect(values.filter((value) => Math.abs(value) > 1.96).length / values.length).toBeCloseTo(0.05, 2);
    expect(Math.abs(mean(values.map((value) => value ** 3)))).toBeLessThan(0.05);
    const again = normalDeviates(random("normal"));
    expect(Array.from({ length: 10 }, again)).toEqual(values.slice(0, 10));
  });
});

describe("price models", () => {
  it.each([GBM, OU, JUMPS, BOOTSTRAP])("$kind comes again from the same seed, and only from it", (configuration) => {
    const history = configuration.kind === "block_bootstrap" ? HISTORY : null;
    const one = run(make(configuration, [1, 2], 1, history), 50);
    expect(run(make(configuration, [1, 2], 1, history), 50)).toEqual(one);
    expect(run(make(configuration, [1, 2], 2, history), 50)).not.toEqual(one);
  });

  it.each([
    { ...GBM, driftPerYear: 100, volatilityPerYear: 100 },
    { ...GBM, driftPerYear: -100, volatilityPerYear: 100 },
    { ...JUMPS, jumpsPerYear: 100_000, jumpMean: 10, jumpDeviation: 10 },
    { ...OU, volatilityPerYear: 100, halfLifeMs: 1e300 },
    { ...OU, volatilityPerYear: 100, halfLifeMs: 1e-3 },
  ])("$kind stays finite and above 0 whatever it is given", (configuration) => {
    for (const prices of run(make(configuration, [1e-12, 1e-3, 1e12]), 2_000)) {
      for (const price of prices) expect(price >= 1e-12 && price <= 1e12).toBe(true);
    }
  });

  it("geometric_brownian_motion has the drift and volatility it is given", () => {
    const ends = [...(run(make(GBM, new Array(4_000).fill(2)), 1_000).at(-1) as Float64Array)];
    expect(mean(ends) / 2).toBeCloseTo(Math.exp(0.3), 1);
    expect(deviation(ends.map(Math.log))).toBeCloseTo(0.4, 1);
  });

  it("jump_diffusion has the drift it is given, jumps included, and the variance of both parts", () => {
    const ends = [...(run(make(JUMPS, new Array(4_000).fill(1)), 1_000).at(-1) as Float64Array)];
    expect(mean(ends)).toBeCloseTo(Math.exp(0.3), 1);
    expect(deviation(ends.map(Math.log)) ** 2).toBeCloseTo(0.2 ** 2 + 20 * (0.05 ** 2 + 0.1 ** 2), 1);
  });

  it("jump_diffusion draws many jumps a step as it draws few", () => {
    const many = { ...JUMPS, driftPerYear: 0, volatilityPerYear: 0, jumpsPerYear: 70_000, jumpMean: 0, jumpDeviation: 0.01 } as const;
    const logs = [...run(make(many, new Array(5_000).fill(1)), 1)[0]].map(Math.log);
    expect(deviation(logs) ** 2).toBeCloseTo(70 * 0.0001, 3);
  });

  it("ornstein_uhlenbeck goes half of the way back in its half-life, and spreads no further than it should", () => {
    const still = { ...OU, volatilityPerYear: 0 } as const;
    expect(run(make(still, [3]), 5).map((prices) => prices[0])).toEqual(new Array(5).fill(expect.closeTo(3, 12)));
    const logs = [...(run(make(OU, new Array(4_000).fill(3)), 500).at(-1) as Float64Array)].map((price) => Math.log(price / 3));
    const pull = Math.log(2) * 100;
    expect(Math.abs(mean(logs))).toBeLessThan(0.005);
    expect(deviation(logs)).toBeCloseTo(0.5 / Math.sqrt(2 * pull), 2);
    // What is correlated with itself ten steps (one half-life) later is one half of it.
    const path = run(make(OU, [3]), 20_000).map((prices) => Math.log(prices[0] / 3));
    expect(correlation(path.slice(0, -10), path.slice(10))).toBeCloseTo(0.5, 1);
  });

  it("move together as they are told", () => {
    for (const wanted of [0, 0.6, 1]) {
      const paths = run(make({ ...GBM, correlation: wanted }, [1, 1]), 20_000);
      const returns = (subnet: number) => paths.slice(1).map((prices, i) => Math.log(prices[subnet] / paths[i][subnet]));
      expect(correlation(returns(0), returns(1))).toBeCloseTo(wanted, 1);
    }
  });

  it("block_bootstrap strings recorded returns together, all subnets at once, going round at the end", () => {
    const steps = [
      [2, 4],
      [0.5, 0.125],
      [3, 2],
    ];
    const paths = run(make(BOOTSTRAP, [1, 1], 3, HISTORY), 30);
    let last = [1, 1];
    const drawn = paths.map((prices) => {
      const step = steps.findIndex(
        ([a, b]) => Math.abs(prices[0] / last[0] / a - 1) < 1e-9 && Math.abs(prices[1] / last[1] / b - 1) < 1e-9,
      );
      last = [...prices];
      return step;
    });
    expect(drawn).not.toContain(-1);
    for (let block = 0; block < 30; block += 3) {
      expect(drawn.slice(block, block + 3)).toEqual([0, 1, 2].map((i) => (drawn[block] + i) % 3));
    }
    expect(new Set(drawn.filter((_, i) => i % 3 === 0)).size).toBeGreaterThan(1);
  });

  it("block_bootstrap refuses a history without returns or with what is no price", () => {
    const bootstrap = (prices: number[]) => new BlockBootstrap(1, { count: 1, prices: Float64Array.from(prices) }, [1], random());
    expect(() => bootstrap([1])).toThrow("TEN-MARKET-140");
    expect(() => bootstrap([1, 0])).toThrow("TEN-MARKET-141: row 2");
    expect(() => bootstrap([1, Number.NaN, 1])).toThrow("TEN-MARKET-141");
  });

  it("shocks lead prices to a factor, which stays", () => {
    const flat = { ...GBM, driftPerYear: 0, volatilityPerYear: 0 } as const;
    const shock = { fromMs: 2 * STEP_MS, durationMs: 2 * STEP_MS, factor: 0.25 };
    const prices = run(new ShockedPrices(make(flat, [8]), [shock], 0, STEP_MS), 6).map(([price]) => price);
    expect(prices).toEqual([8, 8, 4, 2, 2, 2].map((price) => expect.closeTo(price, 9)));
  });
});
