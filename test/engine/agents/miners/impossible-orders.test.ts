import { describe, expect, it } from "vitest";
import type { MinerOrders, MinerView } from "../../../../engine/agents/miners/index.js";
import { TenureError } from "../../../../engine/index.js";
import { EPOCH, group, LoopRun, loop, START, strategy } from "./small-loop.js";
import { named, withStrategies } from "./with-strategies.js";

type Deed = (orders: MinerOrders, seen: MinerView) => void;

/** Does something at its third decision. */
function refusalOf(deed: Deed): TenureError | null {
  const doer = () => {
    let decisions = 0;
    return {
      decide(seen: MinerView, orders: MinerOrders) {
        decisions += 1;
        if (decisions === 3) deed(orders, seen);
      },
    };
  };
  try {
    withStrategies({ doer }, () => new LoopRun(loop([group("doer", named("doer"), { count: 2 }), group("other", strategy("hold"))]), 5));
    return null;
  } catch (error) {
    if (error instanceof TenureError) return error;
    throw error;
  }
}

const WRONG_AMOUNTS = [Number.NaN, -1, 0.5, Number.POSITIVE_INFINITY, 2 ** 53, "5", 5n, null, undefined, {}] as readonly number[];
const WRONG_KEYS = [Number.NaN, -1, 0.5, 1, 99, "0", undefined] as readonly number[];
const text = (value: unknown) => (typeof value === "bigint" ? `${value}n` : (JSON.stringify(value) ?? String(value)));

const DEEDS: readonly (readonly [string, Deed])[] = [
  ...WRONG_AMOUNTS.flatMap((amount): [string, Deed][] => [
    [`sell ${text(amount)}`, (orders) => orders.sell(0, amount)],
    [`buy ${text(amount)}`, (orders) => orders.buy(0, amount)],
    [`move ${text(amount)}`, (orders) => orders.move(0, 0, amount)],
    [`ask proceeds of ${text(amount)}`, (_, seen) => void seen.proceedsRao(amount)],
    [`ask a purchase of ${text(amount)}`, (_, seen) => void seen.purchaseRao(amount)],
    [`ask for the multiplier after ${text(amount)}`, (_, seen) => void seen.multiplierAfterSale(0, amount)],
  ]),
  ...WRONG_KEYS.flatMap((key): [string, Deed][] => [
    [`sell of key ${text(key)}`, (orders) => orders.sell(key, 1)],
    [`buy on key ${text(key)}`, (orders) => orders.buy(key, 1)],
    [`move from key ${text(key)}`, (orders) => orders.move(key, 0, 1)],
    [`move to key ${text(key)}`, (orders) => orders.move(0, key, 1)],
    [`register key ${text(key)} again`, (orders) => orders.registerAgain(key)],
    [`assign to key ${text(key)}`, (orders) => orders.assign(key, 1)],
  ]),
  ...([Number.NaN, -0.1, 1.1, "1", undefined] as readonly number[]).map((share): [string, Deed] => [
    `assign ${text(share)}`,
    (orders) => orders.assign(0, share),
  ]),
  ...([Number.NaN, -0.1, Number.POSITIVE_INFINITY, "1"] as readonly number[]).map((premium): [string, Deed] => [
    `offer ${text(premium)}`,
    (orders) => orders.takeOver(0, premium),
  ]),
  ...([Number.NaN, Number.POSITIVE_INFINITY, "1", undefined] as readonly number[]).map((timeMs): [string, Deed] => [
    `wake at ${text(timeMs)}`,
    (orders) => orders.wakeAt(timeMs),
  ]),
  ["ask for the past", (_, seen) => void seen.multiplierAfterSale(0, 0, -1)],
  [
    "never come to an end",
    (orders) => {
      for (;;) orders.sell(0, 1);
    },
  ],
];

describe("an order that nobody can carry out", () => {
  it.each(DEEDS)("%s: ends the run, naming agent, epoch and time", (_, deed) => {
    const refusal = refusalOf(deed);
    expect(refusal?.code).toBe("TEN-AGENT-121");
    expect(refusal?.message).toMatch(/Agent doer-[12] \(doer\), epoch 3, 2026-01-01T03:00:00Z/);
    expect(refusal?.place).toEqual({ timeMs: START + 3 * EPOCH });
  });

  it("is none of these: more than one has is refused and written down, and nothing of nothing is nothing", () => {
    const doer = () => ({
      decide(seen: MinerView, orders: MinerOrders) {
        orders.sell(0, seen.stakeRao + 1);
        orders.buy(0, seen.taoRao + 1);
        orders.takeOver(200, 0);
        orders.registerAgain(0);
        orders.sell(0, 0);
        orders.wakeAt(seen.timeMs - 1);
      },
    });
    const world = withStrategies({ doer }, () => new LoopRun(loop([group("doer", named("doer")), group("other", strategy("hold"))]), 1));
    expect(world.refused().map(({ kind, refusal }) => [kind, refusal])).toEqual([
      ["sell", "stake_short"],
      ["buy", "funds_short"],
      ["take_over", "not_for_sale"],
      ["register", "has_seat"],
    ]);
  });
});
