import { describe, expect, it } from "vitest";
import { configuration, DAY, type MemoryStream, pay, type Row, run, START, stake } from "./in-memory.js";

const T = 1_000_000_000;
const daily = (days: number, ...names: readonly string[]): MemoryStream => ({
  kind: "emission",
  rows: Array.from({ length: days }, (_, day) => names.map((name) => pay(START + (day + 1) * DAY, name, T))).flat(),
});
const warnings = (changes: Parameters<typeof configuration>[0], ...streams: readonly MemoryStream[]) =>
  run(configuration(changes), streams).summary.warnings;

describe("a rule that pays nobody", () => {
  // What is earned in a day is sold the next, so at every epoch's end a miner holds one token, and at first none.
  const zero = (minimumStakeRao: number) => ({ belowMinimum: "zero" as const, minimumStakeRao });

  it("is a warning, with how often, when and why", () => {
    const [text, ...more] = warnings({ emission: { mode: "redistribute" }, vesting: zero(100 * T) }, daily(10, "a", "b"));
    expect(text).toBe(
      "The rule pays nobody in 10 of 10 epochs between 2023-11-15T22:13:20Z and 2023-11-24T22:13:20Z: every final weight is 0. vesting.below_minimum: zero cuts who is below vesting.minimum_stake.",
    );
    expect(more).toEqual([]);
    expect(warnings({ vesting: zero(100 * T) }, daily(10, "a", "b"))[0]).toMatch(/^The rule would pay nobody in 10 of 10 epochs/);
  });

  it("is none where it happens in one epoch of a hundred, or never", () => {
    // Nobody holds anything when the first epoch ends.
    expect(warnings({ vesting: zero(T / 2) }, daily(99, "a", "b")).join(" ")).toMatch(/nobody in 1 of 99 epochs/);
    expect(warnings({ vesting: zero(T / 2) }, daily(100, "a", "b"))).toEqual([]);
    expect(warnings({ vesting: { belowMinimum: "no_bonus", minimumStakeRao: 100 * T } }, daily(10, "a", "b"))).toEqual([]);
  });
});

describe("rejections", () => {
  const sales = (count: number): MemoryStream => ({
    kind: "stake",
    rows: Array.from({ length: count }, (_, i) => stake(START + DAY + i + 1, "removed", "x", 5 * T)),
  });

  const sold = (hour: number, miner: string, amountRao: number): Row => stake(START + 300 * DAY + hour, "removed", miner, amountRao);

  it("are a warning above a hundredth of what was to be withdrawn, however many events there are", () => {
    // 200 were earned by then.
    const streams = (short: number): MemoryStream[] => [
      daily(200, "a"),
      { kind: "stake", rows: [sold(1, "a", 100 * T), sold(2, "x", short)] },
    ];
    expect(warnings({}, ...streams(T))).toEqual([]);
    expect(warnings({}, ...streams(1.1 * T))).toEqual([
      "1 withdrawal asks for more than was held: 1.1 alpha in all, 1 % of what was to be withdrawn (table rejections). The streams do not tell everything that came in: stake from before a recording is unknown to it unless balances tell of it, and ages begin with its start.",
    ]);
  });

  it("are a warning above one event in a hundred", () => {
    const streams = (days: number): MemoryStream[] => [daily(days, "a"), { kind: "stake", rows: [sold(1, "a", 90 * T), sold(2, "x", 20)] }];
    expect(warnings({}, ...streams(98))).toEqual([]);
    expect(warnings({}, ...streams(97))[0]).toMatch(/^1 withdrawal asks for more than was held: 0\.00000002 alpha in all, 0 %/);
    expect(warnings({}, daily(2, "a"), sales(3))[0]).toMatch(/^3 withdrawals ask for more than was held: 15 alpha in all, 100 %/);
  });
});

describe("two prices of one subnet at one instant", () => {
  const price = (timeMs: number, value: number, netuid = 1): Row => ({ time_ms: timeMs, netuid, price_tao_per_alpha: value });
  const prices = (name: string, ...rows: Row[]): MemoryStream => ({ kind: "price", name, rows });
  // At the later price of 0.5 a minimum of one TAO is two alpha: out of reach of who has earned one.
  const vesting = { minimumStakeRao: T, minimumStakeUnit: "tao" as const };
  const at = START + 2 * DAY;

  it("are a warning that says which counts: the later row, by stream, then row", () => {
    const streams = (first: number, second: number) => [
      daily(2, "a", "b"),
      prices("one", price(START, 2), price(at, first)),
      prices("two", price(at, second)),
    ];
    const of = (first: number, second: number) => run(configuration({ vesting }), streams(first, second));
    const last = ({ tables }: ReturnType<typeof of>) =>
      tables.holdings.filter(({ epoch }) => epoch === 2).map(({ multiplier }) => Number(multiplier) > 1);
    expect(last(of(2, 0.5))).toEqual([false, false]);
    expect(last(of(0.5, 2))).toEqual([true, true]);
    expect(of(2, 0.5).summary.warnings).toEqual([
      "1 price differs from another of the same subnet and instant (first: subnet 1 at 2023-11-16T22:13:20Z); the later row counts.",
    ]);
  });

  it("are none where they agree, or are of different subnets or instants", () => {
    const streams = [daily(2, "a"), prices("one", price(at, 2), price(at, 3, 4), price(at + 1, 5)), prices("two", price(at, 2))];
    expect(warnings({ subnets: [] }, ...streams)).toEqual([]);
  });
});

describe("emission.outside", () => {
  it("says what it takes everybody else for, where it is given anything", () => {
    const outside = { minerPotRaoPerBlock: T };
    const of = (changes: Parameters<typeof configuration>[0]) => warnings(changes, daily(3, "a", "b"));
    expect(of({ emission: { mode: "redistribute", outside } }).join(" ")).toMatch(/keep a multiplier of 1/);
    expect(of({ emission: { mode: "redistribute", outside }, vesting: { mode: "shadow" } })).toEqual([]);
    expect(of({ emission: { mode: "replay", outside } })).toEqual([]);
    expect(of({ emission: { mode: "redistribute" } })).toEqual([]);
  });
});

describe("pay that comes inside an epoch", () => {
  const inside = (mode: "replay" | "redistribute") =>
    warnings({ epochs: "tempo", endMs: START + 7 * DAY, subnetDefaults: { tempoBlocks: 21_600 }, emission: { mode } }, daily(6, "a", "b"));

  it("is a warning where it is shared anew, with how much came before the ends of its epochs", () => {
    // Epochs end every three days; two of three daily payments of two miners come inside.
    expect(inside("redistribute")).toEqual([
      "8 alpha of miners' pay came inside epochs and is booked when they end, as epochs: tempo has it: who sold it before had nothing of it to sell yet. Leave epochs out to have epochs end where the recording pays.",
    ]);
  });

  it("is none where it is booked when it comes", () => {
    expect(inside("replay")).toEqual([]);
  });
});
