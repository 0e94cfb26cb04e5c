import { describe, expect, it } from "vitest";
import { DAY, EPOCH, group, HOUR, LoopRun, loop, POOL, prices, START, strategy, sum, TOKEN } from "./small-loop.js";

const times = (rows: readonly { readonly [column: string]: number | string }[]) => rows.map(({ time_ms }) => Number(time_ms));

describe("hold, sell_all, sell_fraction", () => {
  const world = new LoopRun(
    loop([
      group("holder", strategy("hold")),
      group("seller", strategy("sell_all")),
      group("half", strategy("sell_fraction", { share: 0.29 })),
    ]),
    10,
  );

  it("hold gives no order and keeps all", () => {
    const { orders, stake_end_rao, paid_rao } = world.agent("holder");
    expect(orders).toBe(0);
    expect(Number(stake_end_rao)).toBe(10 * TOKEN + Number(paid_rao));
  });

  it("sell_all has nothing staked after any epoch", () => {
    expect(world.orders("seller", "sell")).toHaveLength(10);
    expect(world.agent("seller").stake_end_rao).toBe("0");
    const [position] = world.positions("seller");
    for (const { stake_rao } of world.holdings(position).slice(1)) expect(stake_rao).toBe(0);
  });

  it("sell_fraction sells that part of each epoch's pay, to the rao", () => {
    const [position] = world.positions("half");
    const sold = world.orders("half", "sell").map(({ alpha_rao }) => Number(alpha_rao));
    expect(sold).toEqual(world.pay(position).map((paidRao) => Number((BigInt(paidRao) * 29n) / 100n)));
  });

  it("asks for nothing that is refused", () => expect(world.refused()).toEqual([]));
});

describe("sell_schedule", () => {
  const monday = strategy("sell_schedule", { weekday: "monday", atMs: 12 * HOUR + HOUR / 2 });
  const MONDAY = START + 4 * DAY + 12 * HOUR + HOUR / 2;

  it("lets everybody sell at the same instant of the weekday, whenever they came, what they earned since", () => {
    const world = new LoopRun(
      loop([
        group("early", monday),
        group("late", monday, { tao: 5, arrivesAfter: { fromMs: 6 * DAY, toMs: 6 * DAY } }),
        group("holder", strategy("hold")),
      ]),
      12 * 24,
    );
    expect(times(world.orders("early", "sell"))).toEqual([MONDAY, MONDAY + 7 * DAY]);
    expect(times(world.orders("late", "sell"))).toEqual([MONDAY + 7 * DAY]);
    const [position] = world.positions("early");
    const pay = world.pay(position);
    const until = (timeMs: number) => Math.floor((timeMs - START) / EPOCH);
    const earned = (from: number, to: number) => pay.slice(from, to).reduce((all, one) => all + one, 0);
    expect(world.orders("early", "sell").map(({ alpha_rao }) => alpha_rao)).toEqual([
      earned(0, until(MONDAY)),
      earned(until(MONDAY), until(MONDAY + 7 * DAY)),
    ]);
    expect(world.refused()).toEqual([]);
  });

  it("counts from its first decision where no weekday is named, and sells a part", () => {
    const world = new LoopRun(loop([group("daily", strategy("sell_schedule", { everyMs: DAY, share: 0.5 }))]), 73);
    expect(times(world.orders("daily", "sell"))).toEqual([1, 2, 3].map((day) => START + EPOCH + day * DAY));
    const [position] = world.positions("daily");
    const first = world
      .pay(position)
      .slice(0, 25)
      .reduce((all, one) => all + one, 0);
    expect(world.orders("daily", "sell")[0].alpha_rao).toBe(Math.floor(first / 2));
  });

  it("covers costs with the least alpha that brings them, and with all it has where that is not enough", () => {
    const costsRao = 20 * TOKEN;
    for (const market of [POOL, { kind: "prices" as const }]) {
      const streams = market.kind === "pool" ? [] : [prices([0.05])];
      const costs = strategy("sell_schedule", { everyMs: 2 * EPOCH, costsRao });
      const world = new LoopRun(loop([group("billed", costs), group("holder", strategy("hold"))], { market }), 9, {}, streams);
      const sales = world.orders("billed", "sell");
      // Two epochs' pay of 150 alpha each are worth about 15 TAO, and 10 alpha were there.
      expect(times(sales)).toEqual([3, 5, 7, 9].map((epoch) => START + epoch * EPOCH));
      expect(Number(sales[0].tao_rao)).toBe(costsRao);
      expect(Number(sales[3].tao_rao)).toBeLessThan(costsRao);
      expect(world.agent("billed").stake_end_rao).toBe("0");
      expect(world.refused()).toEqual([]);
    }
  });
});

describe("take_profit and stop_loss", () => {
  const run = (acts: ReturnType<typeof strategy>, values: readonly number[]) =>
    new LoopRun(loop([group("trader", acts)], { market: { kind: "prices" } }), values.length - 1, {}, [prices(values)]);
  const epochsOf = (world: LoopRun) => times(world.orders("trader", "sell")).map((timeMs) => (timeMs - START) / EPOCH);
  const PAY = 300 * TOKEN;

  it("take_profit sells its share each time the price is so far above where it last sold", () => {
    const world = run(strategy("take_profit", { gain: 0.2, share: 0.25 }), [1, 1, 1.1, 1.25, 1.3, 1.4, 1.55, 0.5, 1.8]);
    expect(epochsOf(world)).toEqual([3, 6]);
    const first = Math.floor((10 * TOKEN + 3 * PAY) / 4);
    const second = Math.floor((10 * TOKEN + 6 * PAY - first) / 4);
    expect(world.orders("trader", "sell").map(({ alpha_rao }) => alpha_rao)).toEqual([first, second]);
    expect(world.refused()).toEqual([]);
  });

  it("stop_loss sells when the price is so far below the highest it saw, and then waits for the next fall", () => {
    const world = run(strategy("stop_loss", { fall: 0.2, share: 1 }), [1, 1, 1.5, 1.3, 1.19, 1.1, 0.95, 2, 1.7]);
    expect(epochsOf(world)).toEqual([4, 6]);
    expect(world.orders("trader", "sell").map(({ alpha_rao }) => alpha_rao)).toEqual([10 * TOKEN + 4 * PAY, 2 * PAY]);
    expect(world.refused()).toEqual([]);
  });

  it("do nothing while there is no price", () => {
    for (const kind of ["take_profit", "stop_loss", "sell_all", "rational", "just_in_time", "wash_cycle", "tier_edge"] as const) {
      const untold = { kind: "price" as const, rows: [] };
      const world = new LoopRun(loop([group("trader", strategy(kind), { tao: 10 })], { market: { kind: "prices" } }), 5, {}, [untold]);
      expect(sum([world.agent("trader")], "orders"), kind).toBe(0);
    }
  });
});
