import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AddressBook, STAKE_ACTIONS, type StakeAction, type StreamKind } from "../../../engine/index.js";
import { runScenario, runToSummary } from "../../../recorders/run/run.js";
import { verifyRun } from "../../../recorders/run/verify.js";
import { writeRecording } from "../../../recorders/streams/index.js";
import { parseScenario } from "../../../scenarios/index.js";
import { otherWarnings } from "../../engine/in-memory.js";
import { useFolders } from "../results/sample-batches.js";
import { chunkOf } from "./small-run.js";

const folder = useFolders();
const START_MS = Date.UTC(2025, 0, 1);
const HOUR_MS = 3_600_000;
const ALPHA = 1_000_000_000;

interface Told {
  readonly hour: number;
  readonly hotkey?: string;
  readonly amount: number;
  readonly action?: StakeAction;
  readonly toHotkey?: string;
  readonly toNetuid?: number;
  readonly toAmount?: number;
}
type Rows = Partial<Record<"emission" | "stake" | "balances", readonly Told[]>>;

/** A recording of the kinds that have rows. */
async function write(out: string, rows: Rows, coverage: "subnet" | "partial" = "partial"): Promise<void> {
  const book = new AddressBook();
  const shared = ({ hour, hotkey = "a" }: Told) => ({
    time_ms: START_MS + hour * HOUR_MS,
    block: 1_000 + hour * 300,
    netuid: 7,
    hotkey: book.intern(`hot-${hotkey}`),
    coldkey: book.intern("cold"),
  });
  const row = (kind: StreamKind, told: Told, index: number) => {
    if (kind === "balances") return { ...shared(told), balance_rao: told.amount };
    if (kind === "emission") return { ...shared(told), amount_rao: told.amount };
    const { action = "added", toHotkey, toNetuid, toAmount, amount } = told;
    return {
      ...shared(told),
      extrinsic: 1,
      event: index,
      action: STAKE_ACTIONS.indexOf(action),
      amount_rao: amount,
      ...(toHotkey === undefined ? {} : { to_hotkey: book.intern(`hot-${toHotkey}`) }),
      ...(toNetuid === undefined ? {} : { to_netuid: toNetuid }),
      ...(toAmount === undefined ? {} : { to_amount_rao: toAmount }),
    };
  };
  await writeRecording({ out, inputs: [], book }, async (recording) => {
    for (const kind of ["stake", "emission", "balances"] as const) {
      const told = rows[kind];
      if (told === undefined) continue;
      const writer = await recording.stream(kind);
      const chunk = told.map((one, index) => row(kind, one, index));
      await writer.write(chunkOf(kind, chunk));
    }
    const source = { importer: "test", inputs: [], options: {}, netuids: [7], chain: null };
    return { source, coverage, figures: {}, notes: [] };
  });
}

const scenario = (names: readonly string[], more = "") =>
  parseScenario(
    `name: several\nsubnet: { netuid: 7 }\nstreams: [${names.map((name) => `{ recorded: ${name} }`).join(", ")}]\nrecord: { tables: all }\n${more}`,
    "several.yaml",
  );

async function summaryOf(recordings: Readonly<Record<string, Rows>>, more = "") {
  const dir = await folder();
  for (const [name, rows] of Object.entries(recordings)) await write(join(dir, name), rows);
  return runToSummary(scenario(Object.keys(recordings), more), { data: dir });
}

const PAID: Rows = {
  emission: [
    { hour: 1, amount: 10 * ALPHA },
    { hour: 25, amount: 10 * ALPHA },
  ],
};
const BALANCES: Rows = {
  balances: [
    { hour: 0, amount: 5 * ALPHA },
    { hour: 12, amount: 15 * ALPHA },
    { hour: 36, amount: 25 * ALPHA },
  ],
};

describe("emission events and balances of one position in two recordings", () => {
  it.each([
    ["emission first", ["em", "bal"]],
    ["balances first", ["bal", "em"]],
  ])("the events are the emission, and balances only check them (%s)", async (_, order) => {
    const all: Readonly<Record<string, Rows>> = { em: PAID, bal: BALANCES };
    const summary = await summaryOf(Object.fromEntries(order.map((name) => [name, all[name] ?? {}])));
    expect(summary).toMatchObject({
      emissionRao: String(20 * ALPHA),
      inflowRao: String(5 * ALPHA),
      remainingRao: String(25 * ALPHA),
      unexplainedRao: "0",
    });
    expect(summary.warnings.filter((warning) => warning.includes("differ"))).toEqual([]);
  });

  it("says where balances differ, and snapshots: update books the difference", async () => {
    const more: Rows = { balances: [...(BALANCES.balances ?? []), { hour: 40, amount: 26 * ALPHA }] };
    const summary = await summaryOf({ em: PAID, bal: more });
    expect(summary.emissionRao).toBe(String(20 * ALPHA));
    expect(summary.warnings).toContainEqual(expect.stringMatching(/^1 of 3 recorded balances differ/));
    const updated = await summaryOf({ em: PAID, bal: more }, "snapshots: update");
    expect(updated).toMatchObject({ emissionRao: String(21 * ALPHA), remainingRao: String(26 * ALPHA) });
  });

  it("attributes what the events do not tell of, position by position", async () => {
    const summary = await summaryOf({
      em: PAID,
      bal: {
        balances: [
          { hour: 0, amount: 5 * ALPHA },
          { hour: 0, hotkey: "b", amount: ALPHA },
          { hour: 12, amount: 15 * ALPHA },
          { hour: 12, hotkey: "b", amount: ALPHA + 7 },
        ],
      },
    });
    expect(summary).toMatchObject({ emissionRao: String(20 * ALPHA + 7), remainingRao: String(26 * ALPHA + 7) });
    // In one recording, too: that it holds emission of one position says nothing of another.
    const one = await summaryOf({
      one: {
        ...PAID,
        balances: [
          { hour: 0, hotkey: "b", amount: ALPHA },
          { hour: 12, hotkey: "b", amount: ALPHA + 7 },
        ],
      },
    });
    expect(one).toMatchObject({ emissionRao: String(20 * ALPHA + 7), events: { "one/emission": 2, "one/attributed": 1 } });
  });

  it("knows a paid position by its new key", async () => {
    const summary = await summaryOf({
      em: PAID,
      st: { stake: [{ hour: 30, action: "hotkey_swapped", amount: 0, toHotkey: "b" }] },
      bal: {
        balances: [
          { hour: 0, amount: 5 * ALPHA },
          { hour: 36, hotkey: "b", amount: 25 * ALPHA },
          { hour: 40, hotkey: "b", amount: 25 * ALPHA },
        ],
      },
    });
    expect(summary).toMatchObject({ emissionRao: String(20 * ALPHA), remainingRao: String(25 * ALPHA), unexplainedRao: "0" });
    expect(summary.warnings.filter((warning) => warning.includes("differ"))).toEqual([]);
  });

  it("does not count events outside the run's time", async () => {
    // What was paid before the start is in the first balance; nothing else is told of the position.
    const early: Rows = { emission: [{ hour: 1, amount: 10 * ALPHA }] };
    const balances: Rows = { balances: BALANCES.balances?.slice(1) ?? [] };
    const summary = await summaryOf({ em: early, bal: balances }, "time: { start: 2025-01-01T06:00:00Z }");
    expect(summary).toMatchObject({ emissionRao: String(10 * ALPHA), inflowRao: String(15 * ALPHA) });
  });
});

const FLOWS: Rows = {
  stake: [
    { hour: 3, amount: 10 * ALPHA },
    { hour: 9, action: "moved", amount: 2 * ALPHA, toHotkey: "b", toAmount: 2 * ALPHA - 3 },
    { hour: 20, action: "removed", amount: 4 * ALPHA },
  ],
};
const CHECKED: Rows = {
  balances: [
    { hour: 0, amount: 5 * ALPHA },
    { hour: 12, amount: 13 * ALPHA + 7 },
    { hour: 12, hotkey: "b", amount: 2 * ALPHA - 3 },
    { hour: 30, amount: 9 * ALPHA + 12 },
  ],
};

describe("stake events and balances of one position in two recordings", () => {
  it("are one story: the bytes are those of one recording that holds both", async () => {
    const dir = await folder();
    await write(join(dir, "stake"), FLOWS);
    await write(join(dir, "bal"), CHECKED);
    await write(join(dir, "both"), { ...FLOWS, ...CHECKED });
    const of = async (names: readonly string[]) => {
      const out = join(dir, `run-${names.join("-")}`);
      const { manifest } = await runScenario(scenario(names), { out, data: dir, duckdb: false });
      return manifest;
    };
    const [both, apart, turned] = [await of(["both"]), await of(["stake", "bal"]), await of(["bal", "stake"])];
    expect(both.summary).toMatchObject({ emission_rao: "12", inflow_rao: String(15 * ALPHA), rounding_rao: "3", from_outside_rao: "0" });
    expect(both.summary.warnings.filter((warning) => warning.includes("differ"))).toEqual([]);
    expect([apart.digest, turned.digest]).toEqual([both.digest, both.digest]);
    expect(apart.inputs.map(({ stream }) => stream)).toEqual(["stake/stake", "bal/balances"]);
    expect(await verifyRun(join(dir, "run-stake-bal"), { data: dir })).toMatchObject({ ok: true });
  });

  it("balances may lie in two recordings, each with its own role", async () => {
    const summary = await summaryOf({
      one: { balances: [0, 12].map((hour) => ({ hour, amount: 100 + hour })) },
      other: { balances: [0, 12].map((hour) => ({ hour, hotkey: "b", amount: 50 + hour })) },
    });
    expect(summary).toMatchObject({ emissionRao: "24", inflowRao: "150", events: { "one+other/emission": 2, "one/balances": 2 } });
  });
});

describe("stake events at the very start of the run", () => {
  const start = "time: { start: 2025-01-01T03:00:00Z }";
  const other = { balances: [3, 30].map((hour) => ({ hour, hotkey: "z", amount: 77 })) };

  it.each([
    ["with emission events", { em: { emission: [{ hour: 5, hotkey: "y", amount: 1 }] } }],
    ["with attributed emission", {}],
  ])("are of the run unless a balance of their own position there holds them (%s)", async (_, emission) => {
    const alone = await summaryOf({ ...emission, st: { stake: [{ hour: 3, amount: 10 }] } as Rows, bal: other }, start);
    expect(alone).toMatchObject({ inflowRao: "87", remainingRao: String("em" in emission ? 88 : 87) });
    const held = { balances: [...other.balances.slice(0, 1), { hour: 3, amount: 25 }, ...other.balances.slice(1)] };
    const told = await summaryOf({ ...emission, st: { stake: [{ hour: 3, amount: 10 }] } as Rows, bal: held }, start);
    expect(told).toMatchObject({ inflowRao: "102", remainingRao: String("em" in emission ? 103 : 102) });
    expect(told.warnings).toContainEqual(expect.stringMatching(/st\/stake: 1 row up to the start of the run was not read/));
  });

  it("of a move, the side that no balance tells of is taken", async () => {
    const stake = (action: StakeAction) => [
      { hour: 3, amount: 40 },
      { hour: 3, amount: 12, action, toHotkey: "b", toAmount: 11 },
    ];
    const balance = (hotkey: string, amount: number) => ({ balances: [{ hour: 3, hotkey, amount }] });
    for (const action of ["moved", "transferred"] as const) {
      const neither = await summaryOf({ st: { stake: stake(action) }, bal: other }, start);
      expect(neither).toMatchObject({ remainingRao: String(28 + 11 + 77) });
      const source = await summaryOf({ st: { stake: stake(action) }, bal: balance("a", 28) }, start);
      expect(source).toMatchObject({ inflowRao: String(11 + 28), outflowRao: "0", remainingRao: String(28 + 11) });
      const destination = await summaryOf({ st: { stake: stake(action) }, bal: balance("b", 61) }, start);
      expect(destination).toMatchObject({ inflowRao: String(40 + 61), outflowRao: "12", remainingRao: String(28 + 61) });
    }
  });

  it.each([
    ["subnet", null, "77"],
    ["partial", null, "87"],
    ["subnet", "partial", "87"],
    ["partial", "subnet", "77"],
  ] as const)("where all balances of a subnet were recorded, one without holds nothing: %s, %s", async (imported, stated, inflowRao) => {
    const dir = await folder();
    await write(join(dir, "rec"), { stake: [{ hour: 3, amount: 10 }], ...other }, imported);
    const coverage = stated === null ? "" : `, coverage: ${stated}`;
    const text = `name: covered\nsubnet: { netuid: 7 }\nstreams: [{ recorded: rec${coverage} }]\n${start}`;
    expect(await runToSummary(parseScenario(text, "covered.yaml"), { data: dir })).toMatchObject({ inflowRao, remainingRao: inflowRao });
  });

  it("what arrives on another subnet must be known there, too", async () => {
    const stake = [{ hour: 3, amount: 40, action: "swapped", toNetuid: 8 } as const];
    await expect(summaryOf({ st: { stake }, bal: { balances: [{ hour: 3, amount: 9 }] } }, start)).rejects.toThrow(/TEN-LEDGER-004/);
  });

  it("a swap of keys at the start does not bring back what the balance under the new key holds", async () => {
    const balances: Rows = { balances: [3, 30].map((hour) => ({ hour, amount: 50 })) };
    const swap = { hour: 3, amount: 0, action: "hotkey_swapped", toHotkey: "a" } as const;
    const sold = { hour: 3, amount: 30, action: "removed" } as const;
    const without = await summaryOf({ st: { stake: [sold] }, bal: balances }, start);
    const swapped = await summaryOf(
      {
        st: {
          stake: [
            { ...sold, hotkey: "b" },
            { ...swap, hotkey: "b" },
          ],
        },
        bal: balances,
      },
      start,
    );
    for (const summary of [without, swapped]) expect(summary).toMatchObject({ inflowRao: "50", outflowRao: "0", remainingRao: "50" });
    // Behind the swap it is another position's, of which nothing is told.
    const after = await summaryOf(
      {
        st: {
          stake: [
            { ...swap, hotkey: "b" },
            { ...sold, hotkey: "b" },
          ],
        },
        bal: balances,
      },
      start,
    );
    expect(after).toMatchObject({ inflowRao: String(50 + 30), outflowRao: "30" });
  });
});

describe("stake events that two recordings tell", () => {
  it("are refused beside balances, too, from which emission is attributed", async () => {
    const stake = [{ hour: 20, amount: 4 * ALPHA }];
    const balances = [1, 40].map((hour) => ({ hour, amount: (hour === 1 ? 5 : 10) * ALPHA }));
    await expect(summaryOf({ ra: { stake, balances }, rb: { stake } })).rejects.toThrow(/TEN-LEDGER-008/);
    expect(await summaryOf({ ra: { stake, balances } })).toMatchObject({ emissionRao: String(ALPHA) });
  });
});

describe("a source of balances alone", () => {
  it("says that deposits count as emission, and names intervals far beyond the median", async () => {
    const balances = [0, 5, 11, 14, 19_861_917_202].map((amount, i) => ({ hour: 10 * i, amount: 1_000 + amount }));
    const summary = await summaryOf({ bal: { balances } }, "time: { start: 2024-12-31T00:00:00Z, end: 2025-01-05T00:00:00Z }");
    expect(otherWarnings(summary.warnings)).toEqual([
      "bal: only balances were recorded, so sales smaller than the emission between two balances are invisible, and deposits count as emission.",
      expect.stringMatching(
        /^Position 7\/hot-a\/cold grew by 19861917188 rao from 2025-01-02T06:00:00Z to 2025-01-02T16:00:00Z, over 100 times/,
      ),
    ]);
    const cut = await summaryOf({ bal: { balances } }, "time: { start: 2024-12-31T00:00:00Z, end: 2025-01-02T12:00:00Z }");
    expect(otherWarnings(cut.warnings)).toHaveLength(1);
  });

  it("is not said of recordings with stake events, even where all of them lie before the start", async () => {
    const balances = [0, 5, 11].map((amount, i) => ({ hour: 50 + 10 * i, amount: 1_000 + amount }));
    const late = "time: { start: 2025-01-02T00:00:00Z, end: 2025-01-05T00:00:00Z }";
    const { warnings } = await summaryOf({ bal: { balances }, st: { stake: [{ hour: 3, amount: 10 }] } }, late);
    expect(warnings.join("\n")).toMatch(/st\/stake: 1 row up to the start of the run was not read/);
    expect(warnings.join("\n")).not.toContain("only balances were recorded");
  });
});
