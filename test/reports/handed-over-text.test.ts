import { describe, expect, it } from "vitest";
import type { HandedMinerEntry } from "../../recorders/index.js";
import { PLAIN_STYLE } from "../../reports/style.js";
import { handedOverFacts, handedOverTable } from "../../reports/text/handed-over-text.js";
import type { RunFigures } from "../../studies/figures/figure.js";
import { handedOverFigures } from "../../studies/figures/handed-over-figures.js";

const TOKEN = 1_000_000_000;
const miner = (name: string, profit: number, recorded: number): HandedMinerEntry => ({
  name,
  netuid: 1,
  hotkeys: [name],
  coldkey: "o",
  strategy: "sell_all",
  from_ms: Date.UTC(2026, 7, 1),
  start_price_tao: 0.5,
  end_price_tao: 0.25,
  stake_start_rao: String(10 * TOKEN),
  stake_end_rao: "0",
  tao_start_rao: "0",
  tao_end_rao: String(20 * TOKEN),
  paid_rao: String(30 * TOKEN),
  sold_rao: String(40 * TOKEN),
  proceeds_rao: String(20 * TOKEN),
  bought_rao: "0",
  spent_rao: "0",
  received_rao: "0",
  orders: 3,
  orders_done: 3,
  multiplier_paid: 1.25,
  held_share_paid: 0,
  held_days_paid: 0,
  profit_tao: profit,
  as_recorded: {
    stake_start_rao: String(10 * TOKEN),
    stake_end_rao: String(7 * TOKEN),
    paid_rao: String(30 * TOKEN),
    acts: 1,
    came_rao: "0",
    spent_rao: "0",
    left_rao: String(33 * TOKEN),
    proceeds_rao: String(11 * TOKEN),
    unpriced_rao: "0",
    arrived_elsewhere_rao: "0",
    profit_tao: recorded,
  },
});

describe("the end of a run with handed-over positions", () => {
  it("says who was handed over, what was passed over and what reacts", () => {
    const miners = ["a", "b", "c", "d"].map((name) => miner(name, 15, 8));
    expect(handedOverFacts({ decisions: 9, miners }, "replay")).toEqual([
      ["handed over", "a to sell_all from 2026-08-01 00:00 UTC: 1 recorded act passed over (33.0000 alpha out, 0.0000 in)"],
      ["", "b to sell_all from 2026-08-01 00:00 UTC: 1 recorded act passed over (33.0000 alpha out, 0.0000 in)"],
      ["", "c to sell_all from 2026-08-01 00:00 UTC: 1 recorded act passed over (33.0000 alpha out, 0.0000 in)"],
      ["", "and 1 more (--json)"],
      ["", "everybody is paid as recorded (emission: replay); only their multipliers follow what they hold"],
    ]);
  });

  it("sets what each made beside what the recording has it do, and what cannot be printed is escaped", () => {
    const text = handedOverTable({ decisions: 3, miners: [miner("a\u001b[31m", 15, 8.5)] }, "applied", {
      ...PLAIN_STYLE,
      legible: (value) => value.replaceAll("\u001b", "\\u001b"),
    });
    const [row] = text.split("\n").slice(-1);
    expect(row.split(/\s{2,}/)).toEqual([
      ...["a\\u001b[31m", "sell_all", "30.0000", "1.2500", "40.0000", "0.0000", "7.0000", "15.0000", "8.5000", "+6.5000"],
    ]);
    expect(text).toContain("each at the price of its instant, paid as the recording has it, without this rule");
    expect(text).toContain("multiplier: mean weighted by pay; stake: at the end");
    const head = text.split("\n").find((line) => line.startsWith("handed over "));
    expect(head?.split(/\s{2,}/)).toEqual([
      ...["handed over", "strategy", "paid alpha", "multiplier", "sold alpha", "stake alpha", "stake as recorded"],
      ...["profit TAO", "as recorded", "difference"],
    ]);
  });
});

it("figures of replicates and comparisons name what each made, and what it was recorded to", () => {
  const figures = handedOverFigures({ handed_over: { decisions: 3, miners: [miner("a", 15, 8.5)] } } as unknown as RunFigures);
  expect(Object.fromEntries(figures.map(({ name, value }) => [name, value]))).toMatchObject({
    "handed_over/a/profit": 15,
    "handed_over/a/recorded_profit": 8.5,
    "handed_over/a/advantage": 6.5,
    "handed_over/a/paid": 30,
  });
});
