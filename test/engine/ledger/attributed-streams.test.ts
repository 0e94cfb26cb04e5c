import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../../cases.js";
import { attributed } from "../attributed.js";
import { configuration, type MemoryStream, otherWarnings, type Row, run, START, stake } from "../in-memory.js";

const HOUR = 3_600_000;
const at = (hour: number): number => START + hour * HOUR;

function balance(hour: number, miner: string, balanceRao: number, more: Row = {}): Row {
  return { time_ms: at(hour), block: hour, netuid: 1, hotkey: miner, coldkey: `${miner}-owner`, balance_rao: balanceRao, ...more };
}
function flow(hour: number, action: string, miner: string, amountRao: number, more: Row = {}): Row {
  return stake(at(hour), action, miner, amountRao, { block: hour, extrinsic: 1, event: 2, ...more });
}

function streams(flows: readonly Row[], balances: readonly Row[]): MemoryStream[] {
  return [
    { kind: "stake", rows: flows },
    { kind: "balances", rows: balances, role: "validator" },
  ];
}

/** `hour:hotkey:amount` of the emission, `hour:action:hotkey:amount` of the stake rows. */
function told(flows: readonly Row[], balances: readonly Row[]): { emission: string[]; stake: string[]; figures: unknown } {
  const hour = (row: Row): number => (Number(row.time_ms) - START) / HOUR;
  const { emission, stake: rows, figures } = attributed(streams(flows, balances));
  return {
    emission: emission.map((row) => `${hour(row)}:${row.hotkey}:${row.amount_rao}`),
    stake: rows.map((row) => `${hour(row)}:${row.action}:${row.hotkey}:${row.amount_rao}`),
    figures,
  };
}

describe("attributeEmission", () => {
  it("opens a position with its first balance, less what events of it explain", () => {
    expect(told([], [balance(1, "a", 100)])).toMatchObject({ emission: [], stake: ["1:opened:a:100"], figures: { openings: 1 } });
    expect(told([flow(1, "added", "a", 100)], [balance(1, "a", 100)])).toMatchObject({
      stake: ["1:added:a:100"],
      figures: { openings: 0 },
    });
    expect(told([flow(1, "added", "a", 60)], [balance(1, "a", 100)]).stake).toEqual(["1:added:a:60", "1:opened:a:40"]);
    expect(told([flow(1, "added", "a", 160)], [balance(1, "a", 100)]).stake).toEqual(["1:added:a:160", "1:unexplained:a:60"]);
    expect(told([], [balance(1, "a", 0)]).stake).toEqual([]);
  });

  it("books what events do not explain as emission at the balance, under the stream's role", () => {
    const flows = [flow(2, "added", "a", 5), flow(2, "removed", "a", 30, { event: 3 }), flow(4, "burned", "a", 1)];
    const { emission, stake: rows, figures } = attributed(streams(flows, [balance(1, "a", 100), balance(3, "a", 90), balance(4, "a", 89)]));
    expect(emission).toEqual([{ time_ms: at(3), block: 3, netuid: 1, hotkey: "a", coldkey: "a-owner", role: "validator", amount_rao: 15 }]);
    expect(rows.map((row) => row.action)).toEqual(["opened", "added", "removed", "burned"]);
    expect(figures.attributedEmissionRao).toBe("15");
  });

  it("takes down to -10 rao an event for rounding, and less for an unexplained outflow", () => {
    const flows = [flow(2, "added", "a", 50), flow(2, "removed", "a", 20, { event: 3 })];
    const of = (end: number) => told(flows, [balance(1, "a", 100), balance(3, "a", end)]);
    expect(of(130)).toMatchObject({ emission: [], stake: ["1:opened:a:100", "2:added:a:50", "2:removed:a:20"] });
    expect(of(110).stake.at(-1)).toBe("3:rounding:a:20");
    expect(of(110).figures).toMatchObject({ roundingResiduals: 1, unexplainedResiduals: 0, attributedEmissionRao: "0" });
    expect(of(109).stake.at(-1)).toBe("3:unexplained:a:21");
    expect(of(109).figures).toMatchObject({ roundingResiduals: 0, unexplainedResiduals: 1 });
    expect(told([], [balance(1, "a", 100), balance(2, "a", 99)]).stake.at(-1)).toBe("2:unexplained:a:1");
  });

  it("lets a withdrawal draw on the emission of its interval, booked then and there", () => {
    const told_ = told([flow(2, "removed", "a", 130), flow(3, "removed", "a", 10)], [balance(1, "a", 100), balance(4, "a", 5)]);
    expect(told_.emission).toEqual(["2:a:30", "3:a:10", "4:a:5"]);
    expect(told_.figures).toMatchObject({ attributedEmissionRao: "45", unexplainedResiduals: 0 });
  });

  it("takes back what was drawn on emission that did not come", () => {
    const of = (removed: number) => told([flow(2, "removed", "a", removed)], [balance(1, "a", 100), balance(4, "a", 0)]);
    expect(of(105)).toMatchObject({ emission: ["2:a:5"], stake: ["1:opened:a:100", "2:removed:a:105"] });
    const fell = told([flow(2, "removed", "a", 105), flow(3, "added", "a", 50)], [balance(1, "a", 100), balance(4, "a", 30)]);
    // 20 of the 50 are missing: as much as two events may round by.
    expect(fell).toMatchObject({
      emission: ["2:a:5"],
      stake: [expect.anything(), expect.anything(), expect.anything(), "4:rounding:a:20"],
    });
  });

  it("opens a position before a withdrawal that comes before all its balances", () => {
    const told_ = told([flow(1, "added", "a", 10), flow(2, "removed", "a", 30)], [balance(3, "a", 7)]);
    expect(told_.stake).toEqual(["1:added:a:10", "2:opened:a:20", "2:removed:a:30", "3:opened:a:7"]);
    expect(told_.figures).toMatchObject({ openings: 2, unexplainedResiduals: 0 });
  });

  it("follows moves, and a move onto itself is none", () => {
    const told_ = told(
      [flow(2, "moved", "a", 40, { to_hotkey: "b", coldkey: "c" }), flow(3, "moved", "b", 900, { to_hotkey: "b", coldkey: "c" })],
      [
        balance(1, "a", 100, { coldkey: "c" }),
        balance(1, "b", 1, { coldkey: "c" }),
        balance(4, "a", 61, { coldkey: "c" }),
        balance(4, "b", 43, { coldkey: "c" }),
      ],
    );
    expect(told_.emission).toEqual(["4:a:1", "4:b:2"]);
    expect(told_.figures).toMatchObject({ openings: 2, unexplainedResiduals: 0 });
  });

  it("takes off what a move of a position onto itself loses", () => {
    const told_ = told([flow(2, "moved", "a", 40, { to_hotkey: "a", to_amount_rao: 37 })], [balance(1, "a", 100), balance(3, "a", 97)]);
    expect(told_).toMatchObject({ emission: [], stake: ["1:opened:a:100", "2:moved:a:40"] });
  });

  it("knows a position by its new keys after a swap", () => {
    const told_ = told(
      [
        flow(2, "added", "a", 5),
        flow(3, "hotkey_swapped", "a", 0, { to_hotkey: "b" }),
        flow(5, "coldkey_swapped", "b", 0, { coldkey: "a-owner", to_coldkey: "c" }),
      ],
      [balance(1, "a", 100), balance(4, "b", 112, { coldkey: "a-owner" }), balance(6, "b", 115, { coldkey: "c" }), balance(7, "a", 0)],
    );
    expect(told_.emission).toEqual(["4:b:7", "6:b:3"]);
    expect(told_.figures).toMatchObject({ openings: 1, unexplainedResiduals: 0 });
  });

  it("books pay of the instant of a swap under the keys from before it, since pay comes before extrinsics", () => {
    const swap = (hour: number, from: string, to: string, event = 2) =>
      flow(hour, "hotkey_swapped", from, 0, { to_hotkey: to, coldkey: "o", event });
    const of = (hotkey: string, hour: number, rao: number) => balance(hour, hotkey, rao, { coldkey: "o" });
    expect(told([swap(2, "a", "b")], [of("a", 1, 100), of("b", 2, 107), of("b", 3, 110)]).emission).toEqual(["2:a:7", "3:b:3"]);
    // Two swaps in one block, and one in the block before.
    expect(told([swap(2, "a", "b"), swap(2, "b", "c", 3)], [of("a", 1, 100), of("c", 2, 107)]).emission).toEqual(["2:a:7"]);
    expect(told([swap(2, "a", "b"), swap(3, "b", "c")], [of("a", 1, 100), of("c", 3, 107)]).emission).toEqual(["3:b:7"]);
    // A coldkey's swap, and a withdrawal after it in the same block that draws on the pay.
    const coldkey = flow(2, "coldkey_swapped", "a", 0, { coldkey: "o", to_coldkey: "p" });
    const sale = flow(2, "removed", "a", 104, { coldkey: "p", event: 3 });
    const { emission } = attributed(streams([coldkey, sale], [of("a", 1, 100), balance(2, "a", 3, { coldkey: "p" })]));
    expect(emission.map(({ hotkey, coldkey: owner, amount_rao }) => [hotkey, owner, amount_rao])).toEqual([
      ["a", "o", 4],
      ["a", "o", 3],
    ]);
    // Keys that stood for a position already keep what it was paid, too.
    expect(told([swap(2, "a", "b")], [of("a", 1, 100), of("b", 1, 50), of("b", 2, 157)]).emission).toEqual(["2:b:7"]);
  });

  it("keeps flows after the last balance", () => {
    const told_ = told([flow(5, "removed", "a", 30), flow(6, "removed", "a", 80)], [balance(1, "a", 100)]);
    expect(told_.stake).toEqual(["1:opened:a:100", "5:removed:a:30", "6:removed:a:80"]);
    expect(told_.emission).toEqual(["6:a:10"]);
  });
});

/** A subnet as it truly was: nobody records emission, and balances only now and then. */
class Truth {
  readonly held = new Map<string, number>();
  readonly flows: Row[] = [];
  readonly balances: Row[] = [];
  emittedRao = 0n;
  hour = 1;

  constructor(private readonly roundsDown: boolean) {}

  of(key: string): number {
    return this.held.get(key) ?? 0;
  }

  change(key: string, amountRao: number): void {
    this.held.set(key, this.of(key) + amountRao);
  }

  emit(key: string, amountRao: number): void {
    this.change(key, amountRao);
    this.emittedRao += BigInt(amountRao);
  }

  record(action: string, key: string, amountRao: number, more: Row = {}): void {
    const [hotkey, coldkey] = key.split("/");
    this.flows.push(flow(this.hour, action, hotkey, amountRao, { coldkey, extrinsic: this.flows.length, ...more }));
  }

  act({ kind, from, to, permille, amount }: Act): void {
    const [key, other] = [KEYS[from], KEYS[to]];
    const [toHotkey, toColdkey] = other.split("/");
    const out = Math.floor((this.of(key) * permille) / 1000);
    const lost = this.roundsDown && this.of(key) - out > 0 ? 1 : 0;
    switch (kind) {
      case "emission":
        this.emit(key, amount);
        return;
      case "balance":
        this.tell(key);
        return;
      case "added":
        this.change(key, amount);
        this.record("added", key, amount);
        return;
      case "removed":
      case "slashed":
        if (out === 0) return;
        this.change(key, -out - lost);
        this.record(kind, key, out);
        return;
      case "moved":
        if (out === 0 || key === other) return;
        this.change(key, -out);
        this.change(other, out);
        this.record("moved", key, out, { to_hotkey: toHotkey, to_coldkey: toColdkey });
        return;
      case "hotkey_swapped": {
        const [hotkey] = key.split("/");
        if (hotkey === toHotkey) return;
        for (const one of KEYS.filter((candidate) => candidate.startsWith(`${hotkey}/`))) {
          const into = `${toHotkey}/${one.split("/")[1]}`;
          this.change(into, this.of(one));
          this.held.set(one, 0);
        }
        this.record("hotkey_swapped", key, 0, { to_hotkey: toHotkey });
      }
    }
  }

  tell(key: string): void {
    const [hotkey, coldkey] = key.split("/");
    this.balances.push(balance(this.hour, hotkey, this.of(key), { coldkey }));
  }
}

const KEYS = ["h0/c0", "h0/c1", "h1/c0", "h1/c1", "h2/c0", "h2/c1"];
interface Act {
  readonly kind: string;
  readonly from: number;
  readonly to: number;
  readonly permille: number;
  readonly amount: number;
}
const act = fc.record({
  kind: fc.constantFrom(
    "emission",
    "emission",
    "emission",
    "balance",
    "balance",
    "added",
    "removed",
    "removed",
    "slashed",
    "moved",
    "hotkey_swapped",
  ),
  from: fc.nat(KEYS.length - 1),
  to: fc.nat(KEYS.length - 1),
  permille: fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.constant(1000)),
  amount: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 2 ** 40 })),
});
const rules = fc.record({
  moves: fc.constantFrom("neutral_within_subnet" as const, "strict" as const),
  onInvalid: fc.constantFrom("record" as const, "clamp" as const),
  ownerGroups: fc.constantFrom([], [["c0", "c1"]]),
});

/** A history of hours, each with its acts, then the balances of some positions; all balances at the end. */
function truth(hours: readonly (readonly Act[])[], told: "from the start" | "now and then", roundsDown: boolean): Truth {
  const history = new Truth(roundsDown);
  if (told === "from the start") for (const key of KEYS) history.tell(key);
  for (const acts of hours) {
    history.hour += 1;
    // In a block emission comes before extrinsics, and balances are the state after both.
    for (const one of acts.filter(({ kind }) => kind === "emission")) history.act(one);
    const extrinsics = acts.filter(({ kind }) => kind !== "emission" && kind !== "balance");
    // One key swap a block: emission of a key that was swapped twice in one block could not be told apart.
    const swap = extrinsics.findIndex(({ kind }) => kind === "hotkey_swapped");
    for (const [i, one] of extrinsics.entries()) if (one.kind !== "hotkey_swapped" || i === swap) history.act(one);
    const seen = new Set(acts.filter(({ kind }) => kind === "balance").map(({ from }) => KEYS[from]));
    for (const key of seen) history.tell(key);
  }
  history.hour += 1;
  for (const key of KEYS) history.tell(key);
  return history;
}

describe("attribution of a true history", () => {
  it("finds all emission to the rao, and the ledger equals every balance", () => {
    fc.assert(
      fc.property(fc.array(fc.array(act, { maxLength: 5 }), { maxLength: 25 }), rules, (hours, ledger) => {
        const history = truth(hours, "from the start", false);
        const source = streams(history.flows, history.balances);
        const { emission, stake: rows, figures } = attributed(source);
        expect(figures).toEqual({
          attributedEmissionRao: history.emittedRao.toString(),
          openings: 0,
          roundingResiduals: 0,
          unexplainedResiduals: 0,
          stakeRows: history.flows.length,
          balances: history.balances.length,
          outlyingIntervals: expect.any(Array),
        });
        expect(rows).toHaveLength(history.flows.length);
        const { summary: whole, tables } = run(configuration({ ledger, audit: true }), [
          { kind: "emission", rows: emission },
          { kind: "stake", rows },
          source[1],
        ]);
        const summary = { ...whole, warnings: otherWarnings(whole.warnings) };
        expect(summary).toMatchObject({
          emissionRao: history.emittedRao.toString(),
          rejections: NO_REJECTIONS,
          warnings: withoutEpochs(summary.epochs),
        });
        expect(heldIn(tables.positions)).toEqual(heldBy(history));
      }),
      { numRuns: cases(70, 200) },
    );
  });

  it("equals every balance where balances begin late and the chain rounds, too", () => {
    fc.assert(
      fc.property(fc.array(fc.array(act, { maxLength: 5 }), { maxLength: 25 }), rules, (hours, ledger) => {
        const history = truth(hours, "now and then", true);
        const source = streams(history.flows, history.balances);
        const { emission, stake: rows } = attributed(source);
        const { summary: whole, tables } = run(configuration({ ledger, audit: true }), [
          { kind: "emission", rows: emission },
          { kind: "stake", rows },
          source[1],
        ]);
        const summary = { ...whole, warnings: otherWarnings(whole.warnings) };
        expect(summary).toMatchObject({ rejections: NO_REJECTIONS, warnings: withoutEpochs(summary.epochs) });
        expect(heldIn(tables.positions)).toEqual(heldBy(history));
      }),
      { numRuns: cases(70, 200) },
    );
  });
});

const NO_REJECTIONS = { more_than_held: 0, nothing_held: 0, shortfall: 0 };
/** A history without pay has no epochs, and the run says so. */
const withoutEpochs = (epochs: number) => (epochs === 0 ? [expect.stringContaining("no epoch ends")] : []);

function heldIn(positions: readonly Row[]): unknown {
  return Object.fromEntries(positions.map((row) => [`${row.hotkey}/${row.coldkey}`, row.stake_rao]).sort());
}

function heldBy(history: Truth): unknown {
  return Object.fromEntries(KEYS.map((key) => [key, history.of(key)]).sort());
}
