import { describe, expect, it } from "vitest";
import { makeSyntheticPrices, type PriceContext, type PriceOptions } from "../../../scenarios/index.js";

const MINUTE = 60_000;
const context: PriceContext = { name: "prices", seed: 1, replicate: 0, startMs: 1_000_000, endMs: 1_000_000 + 60 * MINUTE };
const options: PriceOptions = {
  subnets: 3,
  sampleMs: 2 * MINUTE,
  startPrice: { from: 0.01, to: 0.1 },
  model: { kind: "geometric_brownian_motion", driftPerYear: 0, volatilityPerYear: 0, correlation: 0 },
  shocks: [],
  gaps: [],
  firstBlock: 100,
};

/** `[time in minutes after the start, block, netuid, price]`, row by row. */
function rowsOf(changed: Partial<PriceOptions> = {}, where: Partial<PriceContext> = {}): number[][] {
  const rows: number[][] = [];
  for (const { rows: count, columns } of makeSyntheticPrices({ ...options, ...changed }, { ...context, ...where }).chunks) {
    for (let row = 0; row < count; row++) {
      const [timeMs, block, netuid, price] = columns.map((column) => Number(column[row]));
      rows.push([(timeMs - context.startMs) / MINUTE, block, netuid, price]);
    }
  }
  return rows;
}

describe("synthetic prices", () => {
  it("are a sample of every subnet at the start and at even distances, the end included", () => {
    const rows = rowsOf();
    expect(rows).toHaveLength(31 * 3);
    expect(rows.slice(0, 4).map((row) => row.slice(0, 3))).toEqual([
      [0, 100, 1],
      [0, 100, 2],
      [0, 100, 3],
      [2, 110, 1],
    ]);
    expect(rows.at(-1)?.slice(0, 3)).toEqual([60, 400, 3]);
    for (const [, , , price] of rows) expect(price >= 0.01 && price <= 0.1).toBe(true);
  });

  it("stand still without volatility, drift or shocks, and are the same at every walk", () => {
    const first = rowsOf();
    for (const [, , netuid, price] of first) expect(price).toBeCloseTo(first[netuid - 1][3], 12);
    expect(rowsOf()).toEqual(first);
    expect(rowsOf({}, { seed: 2 })[0][3]).not.toBe(first[0][3]);
    expect(rowsOf({}, { replicate: 1 })[0][3]).not.toBe(first[0][3]);
  });

  it("fall by a shock evenly on the log scale, and stay there", () => {
    const shock = { fromMs: context.startMs + 20 * MINUTE, durationMs: 20 * MINUTE, factor: 0.25 };
    const [plain, shocked] = [rowsOf(), rowsOf({ shocks: [shock] })];
    const factorAt = (minute: number) => shocked[(minute / 2) * 3][3] / plain[(minute / 2) * 3][3];
    expect([0, 20, 30, 40, 60].map(factorAt)).toEqual([1, 1, 0.5, 0.25, 0.25].map((factor) => expect.closeTo(factor, 9)));
  });

  it("miss in a gap, its first instant not included, its last one included, and change nothing else", () => {
    const gap = (netuids: readonly number[] | null) => ({ fromMs: context.startMs + 10 * MINUTE, durationMs: 4 * MINUTE, netuids });
    const all = rowsOf();
    expect(rowsOf({ gaps: [gap([2])] })).toEqual(all.filter(([minute, , netuid]) => netuid !== 2 || minute <= 10 || minute > 14));
    expect(rowsOf({ gaps: [gap(null)] })).toEqual(all.filter(([minute]) => minute <= 10 || minute > 14));
  });

  it.each<PriceOptions["model"]>([
    { kind: "geometric_brownian_motion", driftPerYear: 0, volatilityPerYear: 100, correlation: 1 },
    { kind: "ornstein_uhlenbeck", halfLifeMs: MINUTE, volatilityPerYear: 100, correlation: 0.5 },
    {
      kind: "jump_diffusion",
      driftPerYear: -100,
      volatilityPerYear: 100,
      jumpsPerYear: 100_000,
      jumpMean: -10,
      jumpDeviation: 10,
      correlation: 0,
    },
  ])("are finite and above 0 whatever the model: $kind", (model) => {
    const rows = rowsOf({ model, shocks: [{ fromMs: context.startMs, durationMs: MINUTE, factor: 1e-6 }] });
    for (const [, , , price] of rows) expect(price > 0 && price < Number.POSITIVE_INFINITY).toBe(true);
  });

  it("come in chunks of whole samples", () => {
    const chunks = [...makeSyntheticPrices({ ...options, subnets: 30_000 }, context).chunks].map(({ rows }) => rows);
    expect(chunks.every((rows) => rows % 30_000 === 0)).toBe(true);
    expect(chunks.reduce((sum, rows) => sum + rows, 0)).toBe(31 * 30_000);
  });
});
