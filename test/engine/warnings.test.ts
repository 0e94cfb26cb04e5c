import { describe, expect, it } from "vitest";
import type { StageConfiguration } from "../../engine/index.js";
import { attributed } from "./attributed.js";
import { configuration, DAY, type MemoryStream, otherWarnings, pay, type Row, run, START, stake } from "./in-memory.js";
import { prices, runIndex } from "./modules/index/small-index.js";

const T = 1_000_000_000;
const daily = (days: number, ...names: readonly string[]): MemoryStream => ({
  kind: "emission",
  rows: Array.from({ length: days }, (_, day) => names.map((name) => pay(START + (day + 1) * DAY, name, T))).flat(),
});
const warnings = (changes: Parameters<typeof configuration>[0], ...streams: readonly MemoryStream[]) =>
  otherWarnings(run(configuration(changes), streams).summary.warnings);

describe("a rule that pays nobody", () => {
  // What is earned in a day is sold the next, so at every epoch's end a miner holds one token, and at first none.
  const zero = (minimumStakeRao: number) => ({ belowMinimum: "zero" as const, minimumStakeRao });

  it("is a warning, with how often, when and why", () => {
    const [text, ...more] = warnings({ emission: { mode: "redistribute" }, vesting: zero(100 * T) }, daily(10, "a", "b"));
    expect(text).toBe(
      "The rule pays nobody in 10 of 10 epochs between 2023-11-15T22:13:20Z and 2023-11-24T22:13:20Z: every final weight is 0. vesting.below_minimum: zero cuts who is below vesting.minimum_stake. (nobody_paid)",
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

it("prices of a TAO that differ at one instant are told", () => {
  const told = (...prices: readonly number[]): MemoryStream => ({
    kind: "tao_price",
    rows: prices.map((usd_per_tao) => ({ time_ms: START + DAY, usd_per_tao })),
  });
  expect(warnings({}, daily(3, "a", "b"), told(400, 500))).toEqual([
    "1 price differs from another of the same instant (stream tao_price) (first: 2023-11-15T22:13:20Z); the later row counts.",
  ]);
  expect(warnings({}, daily(3, "a", "b"), told(400, 400))).toEqual([]);
});

describe("pots with a single taker", () => {
  const days = Array.from({ length: 20 }, (_, day) => day);
  /** Two keep what they earn in a day, and the third sells it ten minutes before the balances are told. */
  const told = attributed([
    {
      kind: "balances",
      rows: [-1, ...days].flatMap((day) =>
        ["a", "b", "c"].map((hotkey) => ({
          time_ms: START + (day + 1) * DAY,
          netuid: 1,
          hotkey,
          coldkey: `${hotkey}-owner`,
          balance_rao: hotkey === "c" ? T : T + (day + 1) * 100 * T,
        })),
      ),
    },
    { kind: "stake", rows: days.map((day) => stake(START + (day + 1) * DAY - 600_000, "removed", "c", 100 * T)) },
  ]);
  const emission: MemoryStream = { kind: "emission", rows: told.emission };
  const stakes: MemoryStream = { kind: "stake", rows: told.stake };
  const redistribute = { emission: { mode: "redistribute" } } as const;

  it("are a warning with how much of all they are, since the rule cannot move it, and with what shares it together", () => {
    const [text, ...more] = warnings(redistribute, emission, stakes);
    // Of 6,000 alpha c earned 2,000, of which a withdrawal drew on 99 on the first day (it held 1), and on all 100 on each other.
    expect(text).toMatch(
      /^33\.\d % of what was shared came in epochs with a single taker \(20 of 40\): .* epochs: tempo, with subnet\.tempo/,
    );
    expect(more).toEqual([]);
    const tempo = { ...redistribute, epochs: "tempo" as const, subnetDefaults: { tempoBlocks: 7_200, capacity: 256, immunityMs: 0 } };
    expect(warnings(tempo, emission, stakes).join(" ")).not.toContain("single taker");
    const moved = (changes: Parameters<typeof configuration>[0]) =>
      run(configuration(changes), [emission, stakes]).summary.metrics?.potMoved ?? Number.NaN;
    expect(moved(tempo)).toBeGreaterThan(10 * moved(redistribute));
  });

  it("are none where they are few, or all", () => {
    const alone = (day: number): Row => pay(START + (day + 1) * DAY + 1, "a", T);
    const few = daily(20, "a", "b");
    expect(warnings(redistribute, { ...few, rows: [...few.rows, alone(19)] })).toEqual([]);
    expect(warnings(redistribute, daily(20, "a"))).toEqual([]);
  });
});

describe("rejections", () => {
  const sold = (at: number, miner: string, amountRao: number): Row => stake(START + 300 * DAY + at, "removed", miner, amountRao);
  /** Withdrawals of one amount each of `a`, who has it, and one of `x`, who has nothing; 1000 events of emission beside them. */
  const of = (covered: number, amountRao: number, shortRao: number) =>
    warnings({}, daily(1_000, "a"), {
      kind: "stake",
      rows: [
        stake(START, "added", "a", 1_000 * T),
        ...Array.from({ length: covered }, (_, i) => sold(i, "a", amountRao)),
        sold(covered, "x", shortRao),
      ],
    });

  it("are a warning above one withdrawal in a hundred, however many events there are and however little is asked for", () => {
    expect(of(99, T, 1_000)).toEqual([]);
    expect(of(98, T, 1_000)).toEqual([
      "1 of 99 withdrawals asks for more than is held: 0.000001 of the 98.000001 alpha that they all ask for is not there (table rejections). The streams do not tell everything that came in: stake from before a recording is unknown to it unless balances tell of it, and ages begin with its start.",
    ]);
  });

  it("are a warning above a hundredth of what is asked for, however few they are", () => {
    expect(of(198, T, 2 * T)).toEqual([]);
    expect(of(198, T, 2.1 * T)[0]).toMatch(/^1 of 199 withdrawals asks for more than is held: 2\.1 of the 200\.1 alpha/);
  });

  it("count what is not there, not what is taken all the same under on_invalid: clamp", () => {
    const rows = [stake(START + 1, "added", "x", 5 * T), stake(START + 2, "removed", "x", 8 * T)];
    const [text] = warnings({ ledger: { onInvalid: "clamp" } }, daily(9, "a"), { kind: "stake", rows });
    expect(text).toMatch(/^1 of 1 withdrawals asks for more than is held: 3 of the 8 alpha/);
  });

  it("count moves, neutral ones too, among the withdrawals: a move is one, an addition and a re-keying none", () => {
    const to = (action: string, from: string, target: string, amountRao: number): Row => ({
      ...stake(START + 2, action, from, amountRao),
      to_hotkey: target,
    });
    const rows = [
      stake(START + 1, "added", "x", 5 * T),
      to("moved", "x", "x-two", T),
      to("moved", "x", "x-two", 6 * T),
      to("hotkey_swapped", "x", "x-three", 0),
    ];
    const text = warnings({}, daily(9, "a"), { kind: "stake", rows }).at(-1);
    expect(text).toMatch(/^1 of 2 withdrawals asks for more than is held: 6 of the 7 alpha/);
  });
});

describe("a run that is shorter than the retention window", () => {
  const of = (days: number, vesting: object = {}) => run(configuration({ vesting }), [daily(days, "a", "b")]).summary.warnings;

  it("says that nobody can have the full bonus for time, from the first row on", () => {
    // The first row is at the end of the first day.
    expect(of(10)).toEqual([
      "No stake can be older than 9 days in this run, and vesting.retention_window_days is 30: nobody can have the full bonus for time.",
    ]);
    expect(of(30)).toHaveLength(1);
    expect(of(31)).toEqual([]);
    expect(of(40, { startMs: START + 10 * DAY + 1 })[0]).toMatch(/older than 29.999 days/);
    expect(of(40, { startMs: START + 10 * DAY })).toEqual([]);
  });

  it("counts whole days where the rule does", () => {
    expect(of(11, { retentionWindowDays: 9.5, startMs: START + 1.4 * DAY })).toEqual([]);
    expect(of(11, { retentionWindowDays: 9.5, startMs: START + 1.4 * DAY, rounding: "whole_days" })).toHaveLength(1);
  });

  it("says nothing where no bonus is for time", () => {
    for (const vesting of [{ mode: "off" }, { rule: "linear_retention" }, { rule: "tiered" }, { maxMultiplier: 1 }]) {
      expect(of(10, vesting)).toEqual([]);
    }
  });
});

describe("stake and pay that do not meet", () => {
  const of = (emission: MemoryStream, ...rows: readonly Row[]) => warnings({ subnets: [] }, emission, { kind: "stake", rows });

  it("names the rows of stake on subnets that pay nobody, by subnet", () => {
    const elsewhere = (netuid: number, hotkey: string): Row => stake(START + 2 * DAY + 1, "added", hotkey, T, { netuid });
    const own = stake(START + 2 * DAY, "removed", "a", T);
    expect(of(daily(3, "a"), own, elsewhere(9, "a"), elsewhere(7, "b"), elsewhere(9, "c"))).toEqual([
      "Stake rows of subnets on which no epoch ends do nothing for anybody's pay: 1 of subnet 7, 2 of subnet 9. Is the netuid meant?",
    ]);
    expect(of(daily(3, "a"), own)).toEqual([]);
    // What comes from another subnet, or goes there, does something.
    const swap = stake(START + 1, "swapped", "a", 0, { netuid: 7, to_netuid: 1, to_amount_rao: T });
    expect(of(daily(3, "a"), swap)).toEqual([]);
  });

  it("says where no position that is paid occurs in the stake rows", () => {
    const other = stake(START + 1, "added", "a", T, { coldkey: "another" });
    expect(of(daily(3, "a", "b"), other)).toEqual([
      "No position that is paid occurs in the stake rows (1 of subnet 1), so all 2 are taken to have sold and bought nothing. Do both name netuid, hotkey and coldkey alike?",
    ]);
    expect(of(daily(3, "a", "b"), other, stake(START + 2, "added", "b", 1))).toEqual([]);
    expect(of(daily(3, "a", "b"))).toEqual([]);
    const balances: MemoryStream = {
      kind: "balances",
      rows: [{ time_ms: START + 2, netuid: 1, hotkey: "a", coldkey: "another", balance_rao: T }],
    };
    expect(warnings({ subnets: [] }, daily(3, "a"), { kind: "stake", rows: [other] }, balances)).toEqual([]);
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
    expect(otherWarnings(of(2, 0.5).summary.warnings)).toEqual([
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
    const of = (changes: Parameters<typeof configuration>[0]) => warnings(changes, { ...daily(3, "a", "b"), coverage: "partial" });
    // 3 days of 7200 blocks, an alpha each; two miners are paid one a day.
    expect(of({ emission: { mode: "redistribute", outside } })).toEqual([
      "emission.outside takes all miners of the subnet together to earn 1 alpha a block (miner_pot_alpha_per_block), 21600 alpha in this run: 6 alpha are recorded, 21594 alpha are outside. It takes everybody whom the streams do not hold to keep a multiplier of 1: what the miners here gain is what they would gain if nobody else held on.",
    ]);
    expect(of({ emission: { mode: "redistribute", outside }, vesting: { mode: "shadow" } })).toEqual([]);
    expect(of({ emission: { mode: "replay", outside } })).toEqual([]);
  });

  it("contradicts streams that hold the whole subnet, also where nothing is outside", () => {
    const of = (minerPotRaoPerBlock: number, ...streams: readonly MemoryStream[]) =>
      warnings({ emission: { mode: "redistribute", outside: { minerPotRaoPerBlock } } }, ...streams).filter((text) =>
        /coverage/.test(text),
      );
    const part: MemoryStream = { ...daily(3, "c"), name: "part", coverage: "partial" };
    expect(of(T, daily(3, "a", "b"))).toEqual([
      "emission.outside adds miners whom the streams do not hold, and every stream that pays says that the whole subnet is held (coverage: subnet): leave emission.outside out, or state coverage: partial.",
    ]);
    expect(of(1, daily(3, "a", "b"))).toHaveLength(1);
    expect(of(T, daily(3, "a", "b"), part)).toEqual([]);
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

describe("a run that is shorter than a multiplier of its stages pays for", () => {
  const stagesOf = (...stages: StageConfiguration[]) =>
    run(configuration({ stages: { stages, residual: null, recordsEveryEpoch: false } }), [daily(10, "a", "b")]).summary.warnings;
  const curve: StageConfiguration = { stage: "curve", parameters: { ties: "average" }, variant: "winner", of: {} };
  const multiplier: StageConfiguration = {
    stage: "multiplier",
    parameters: {},
    variant: "geometric",
    of: { retentionTarget: 0.9, retentionWindowDays: 14, maxMultiplier: 2 },
  };

  it("is told by the window of that multiplier, and not by the rule that vesting has by default", () => {
    expect(stagesOf(curve)).toEqual([]);
    expect(stagesOf(curve, multiplier)).toEqual([
      "No stake can be older than 9 days in this run, and retention_window_days of a multiplier is 14: nobody can have the full bonus for time.",
    ]);
  });
});

describe("a rule that no epoch is measured by", () => {
  it("has no window that a run could be shorter than", () => {
    const index = runIndex({}, [prices(3)]);
    expect(index.summary.warnings.filter((warning) => warning.includes("retention_window_days"))).toEqual([]);
    const multiplied = runIndex({ vestingMultipliers: true }, [prices(3)]);
    expect(multiplied.summary.warnings.filter((warning) => warning.includes("retention_window_days"))).toHaveLength(1);
  });
});

describe("pay of who has no seat", () => {
  const registry: MemoryStream = {
    kind: "registry",
    rows: [
      { ...pay(START, "a", 0), action: "registered", uid: 0 },
      { ...pay(START, "b", 0), action: "registered", uid: 1 },
      { ...pay(START + 3.5 * DAY, "b", 0), action: "deregistered", uid: 1 },
    ].map((row): Row => ({ ...row, amount_rao: undefined }) as never),
  };

  it("is a warning under redistribute, with how much goes to the others", () => {
    expect(warnings({ emission: { mode: "redistribute" } }, daily(10, "a", "b"), registry)).toEqual([
      "1 miner was recorded to be paid 7 alpha while the registry says that they had no seat: all of it goes to the others. Check the registry's uids and times.",
    ]);
    expect(warnings({ emission: { mode: "replay" } }, daily(10, "a", "b"), registry)).toEqual([]);
  });
});

describe("a minimum in TAO", () => {
  const gate: StageConfiguration = { stage: "gate", parameters: { by: "stake", atLeast: 1, unit: "tao", below: "zero", power: 1 } };
  const stages = { stages: [gate], residual: "burn", recordsEveryEpoch: false } as const;
  const vesting = { minimumStakeRao: T, minimumStakeUnit: "tao" } as const;
  const priced = (day: number, netuid = 1): MemoryStream => ({
    kind: "price",
    rows: [{ time_ms: START + day * DAY, netuid, price_tao_per_alpha: 2 }],
  });
  const told = (changes: Parameters<typeof configuration>[0], ...more: readonly MemoryStream[]) =>
    warnings(changes, daily(10, "a", "b"), ...more).filter((text) => text.includes("TAO"));

  it("that nobody reaches for want of a price is a warning, with how many epochs were measured without", () => {
    expect(told({ stages })).toEqual([
      "10 of 10 epochs of subnet 1 were measured without any price of it, and at_least of stage 1, gate is in TAO: nobody reaches it there. Add a stream of prices of subnet 1, or state the minimum in alpha.",
    ]);
    expect(told({ vesting }, priced(0.5, 2))).toEqual([
      "10 of 10 epochs of subnet 1 were measured without any price of it, and vesting.minimum_stake is in TAO: nobody reaches it there. Add a stream of prices of subnet 1, or state the minimum in alpha.",
    ]);
    expect(told({ vesting }, priced(3.5))).toEqual([
      "3 of 10 epochs of subnet 1 were measured before its first price, and vesting.minimum_stake is in TAO: nobody reaches it there. Begin the prices before the first epoch, or state the minimum in alpha.",
    ]);
  });

  it("is none where there is a price at each epoch, the minimum is 0, in alpha, or nothing counts", () => {
    expect(told({ stages }, priced(1))).toEqual([]);
    expect(told({ vesting }, priced(0.5))).toEqual([]);
    expect(told({ vesting: { ...vesting, minimumStakeRao: 0 } })).toEqual([]);
    expect(told({ vesting: { ...vesting, minimumStakeUnit: "alpha" } })).toEqual([]);
    expect(told({ vesting: { ...vesting, mode: "off" } })).toEqual([]);
    expect(told({ stages: { ...stages, stages: [{ ...gate, parameters: { ...gate.parameters, unit: "alpha" } }] } })).toEqual([]);
  });
});
