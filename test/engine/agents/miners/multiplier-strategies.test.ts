import { describe, expect, it } from "vitest";
import { EPOCH, group, LoopRun, loop, START, strategy, TOKEN } from "./small-loop.js";

/** A rule under which the top comes after two days of holding. */
const RULE = { vesting: { retentionWindowDays: 1, retentionTarget: 0.4, maxMultiplier: 2 } } as const;
const TOP = 2;
const epochOf = ({ time_ms }: { readonly [column: string]: number | string }) => (Number(time_ms) - START) / EPOCH;

describe("cliff_seller", () => {
  it("sells nothing below the top, everything at it, and then holds again until it is there once more", () => {
    const tolerance = 0.01;
    const world = new LoopRun(
      loop([group("cliff", strategy("cliff_seller", { tolerance })), group("holder", strategy("hold"))]),
      200,
      RULE,
    );
    const [position] = world.positions("cliff");
    const sales = world.orders("cliff", "sell").map(epochOf);
    expect(sales.length).toBeGreaterThanOrEqual(3);
    const measured = world.holdings(position);
    for (const { epoch, multiplier, stake_rao } of measured) {
      const isTop = Number(multiplier) >= TOP * (1 - tolerance) && Number(stake_rao) > 0;
      expect(sales.includes(Number(epoch))).toBe(isTop);
    }
    for (const epoch of sales) {
      const next = measured.find((row) => row.epoch === epoch + 1);
      if (next !== undefined) expect([next.stake_rao, next.multiplier]).toEqual([0, 1]);
    }
    expect(world.refused()).toEqual([]);
  });

  it("has nothing to wait for where holding pays nothing", () => {
    const world = new LoopRun(loop([group("cliff", strategy("cliff_seller"))]), 5, { vesting: { mode: "off" } });
    expect(world.orders("cliff", "sell").map(epochOf)).toEqual([1, 2, 3, 4, 5]);
  });
});

describe("target_multiplier", () => {
  for (const withdrawalOrder of ["filo", "fifo", "pro_rata"] as const) {
    it(`keeps at its target and sells what is above it, under ${withdrawalOrder}`, () => {
      const atLeast = 0.8;
      const changes = { ...RULE, ledger: { withdrawalOrder } };
      const world = new LoopRun(
        loop([group("target", strategy("target_multiplier", { atLeast }), { stake: 0 }), group("holder", strategy("hold"))]),
        150,
        changes,
      );
      const [position] = world.positions("target");
      const target = atLeast * TOP;
      const measured = world.holdings(position).map(({ multiplier }) => Number(multiplier));
      const reached = measured.findIndex((multiplier) => multiplier >= target);
      expect(reached).toBeGreaterThan(10);
      const sales = world.orders("target", "sell");
      expect(Math.min(...sales.map(epochOf))).toBeGreaterThanOrEqual(reached);
      expect(sales.length).toBeGreaterThan(20);
      for (const multiplier of measured.slice(reached)) expect(multiplier).toBeGreaterThanOrEqual(target);
      // An hour more of age lifts it a little, until what that allows is sold.
      for (const multiplier of measured.slice(reached + 3)) expect(multiplier).toBeLessThan(target * 1.03);
      expect(world.refused()).toEqual([]);
    });
  }

  it("sells everything where no sale lowers the multiplier", () => {
    const world = new LoopRun(loop([group("target", strategy("target_multiplier"))]), 4, { vesting: { mode: "off" } });
    expect(world.agent("target").stake_end_rao).toBe("0");
  });
});

describe("rational", () => {
  const outcome = (changes: Parameters<typeof strategy<"rational">>[1]) =>
    new LoopRun(loop([group("rational", strategy("rational", changes)), group("holder", strategy("hold"))]), 96, RULE);

  it("sells all at once where no epoch lies within its horizon: the multiplier is worth nothing to it", () => {
    const world = outcome({ horizonMs: EPOCH / 2 });
    expect(world.orders("rational", "sell")).toHaveLength(96);
    expect(world.agent("rational").stake_end_rao).toBe("0");
    expect(world.refused()).toEqual([]);
  });

  it("holds where the multiplier pays for long enough, and cares less the dearer waiting is", () => {
    const patient = outcome({ horizonMs: 3_650 * 24 * EPOCH, discountPerYear: 0 });
    const hurried = outcome({ horizonMs: 3_650 * 24 * EPOCH, discountPerYear: 1_000 });
    expect(patient.orders("rational", "sell")).toEqual([]);
    expect(hurried.orders("rational", "sell").length).toBeGreaterThan(24);
    expect(Number(patient.agent("rational").multiplier_paid)).toBeGreaterThan(Number(hurried.agent("rational").multiplier_paid));
  });

  it("keeps what it reckons to sell as well later", () => {
    const world = outcome({ horizonMs: EPOCH / 2, resale: 1 });
    expect(world.agent("rational").sold_rao).toBe("0");
    expect(Number(world.agent("rational").stake_end_rao)).toBeGreaterThan(10 * TOKEN);
  });
});
