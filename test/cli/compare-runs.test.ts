import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { editRun, flipBit } from "../recorders/results/edited-run.js";
import { runInProcess } from "./run-in-process.js";
import { unprintablesIn } from "./unprintable.js";

let folder: string;
const at = (...path: string[]) => join(folder, ...path);
const SMALL = [
  "--set",
  "time.days=3",
  "--set",
  "streams.peers.miners=8",
  "--set",
  "streams.peers.coldkeys=4",
  "--set",
  "record.tables=[holdings, rewards, flows, exits, registrations]",
  "--no-duckdb",
  "--quiet",
];

async function run(out: string, ...args: string[]): Promise<void> {
  const { code, err } = await runInProcess(["run", "demo", ...SMALL, "--out", at(out), ...args]);
  expect(code, err).toBe(0);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-compare-"));
  await run("a");
  await run("b", "--set", "vesting.max_multiplier=2");
  await run("few", "--set", "vesting.max_multiplier=2", "--set", "record.tables=[rewards]");
  await run("other", "--seed", "2", "--set", "streams.peers.miners=7");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function compared(a: string, b: string, ...args: string[]) {
  const { code, out, err } = await runInProcess(["compare", at(a), at(b), "--json", ...args]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return JSON.parse(out);
}

async function refusal(a: string, b: string) {
  const { code, out, err } = await runInProcess(["compare", at(a), at(b), "--json"]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  return JSON.parse(err).error;
}

/** What each miner was paid, as another command has it. */
async function paidIn(dir: string): Promise<ReadonlyMap<string, bigint>> {
  const { out } = await runInProcess(["show", at(dir), "--json"]);
  const [{ miners }] = JSON.parse(out);
  return new Map(
    miners.map(({ position, pay }: { position: { hotkey: string }; pay: { paid_rao: string } }) => [position.hotkey, BigInt(pay.paid_rao)]),
  );
}

describe("two runs of one scenario under two rules", () => {
  it("part first where the new rule measures, and every table tells its first row", async () => {
    const report = await compared("a", "b");
    expect(report).toMatchObject({
      equal: false,
      changed: [{ path: "vesting.max_multiplier", a: 1.5, b: 2 }],
      not_alike: [],
      first_event: { table: "holdings", column: "multiplier", a: { netuid: 30 }, b: { netuid: 30 } },
      tables_only_in_a: [],
      tables_only_in_b: [],
    });
    const { first_event: event, tables, same_tables: same } = report;
    const holdings = tables.find(({ table }: { table: string }) => table === "holdings");
    expect(event).toMatchObject({ row: holdings.row, time_ms: holdings.a.time_ms });
    expect(event.a.row.multiplier).toBeLessThan(event.b.row.multiplier);
    expect(event.a.who).toMatch(/^peers\/miner-\d+$/);
    // No event of any table that differs is of before.
    for (const { a, b } of tables)
      for (const one of [a, b]) if (one?.time_ms != null) expect(one.time_ms).toBeGreaterThanOrEqual(event.time_ms);
    expect(same.map(({ table }: { table: string }) => table)).toContain("registrations");
  });

  it("pay each miner what the runs say, to the rao", async () => {
    const [a, b] = [await paidIn("a"), await paidIn("b")];
    const { winners, losers, pay_moved: moved, miners, subnets } = await compared("a", "b", "--top", "100");
    expect(miners).toBe(8);
    const changes = [...winners, ...losers] as { hotkey: string; a_rao: string; b_rao: string; change_rao: string; change_share: number }[];
    const expected = [...a.keys()].filter((hotkey) => a.get(hotkey) !== b.get(hotkey));
    expect(changes.map(({ hotkey }) => hotkey).sort()).toEqual(expected.sort());
    for (const { hotkey, a_rao, b_rao, change_rao, change_share } of changes) {
      const [before, after] = [a.get(hotkey) ?? 0n, b.get(hotkey) ?? 0n];
      expect([a_rao, b_rao, change_rao].map(BigInt)).toEqual([before, after, after - before]);
      expect(change_share).toBeCloseTo(Number(after) / Number(before) - 1, 12);
    }
    const sum = (of: ReadonlyMap<string, bigint>) => Number([...of.values()].reduce((all, rao) => all + rao, 0n));
    const apart = [...a.keys()].reduce((all, hotkey) => all + Math.abs(Number(a.get(hotkey)) / sum(a) - Number(b.get(hotkey)) / sum(b)), 0);
    expect(moved).toBeCloseTo(apart / 2, 12);
    expect(subnets).toMatchObject([{ netuid: 30, moved }]);
    const gains = winners.map(({ change_rao }: { change_rao: string }) => Number(change_rao));
    expect(gains).toEqual([...gains].sort((x: number, y: number) => y - x));
  });

  it("have their figures side by side", async () => {
    const { figures } = await compared("a", "b");
    const figure = (name: string) => figures.find((one: { name: string }) => one.name === name);
    expect(figure("pot_moved").change).toBe(figure("pot_moved").b - figure("pot_moved").a);
    expect(figure("pot_moved").change).toBeGreaterThan(0);
    expect(figure("held_share").a).toBeGreaterThan(0);
    expect(figure("gini_before")).toMatchObject({ change: 0 });
  });

  it("list no more winners and losers than asked for", async () => {
    expect(await compared("a", "b", "--top", "1")).toMatchObject({ winners: { length: 1 }, losers: { length: 1 } });
    expect(await compared("a", "b", "--top", "0")).toMatchObject({ winners: [], losers: [] });
  });

  it("are told of in lines of 80 columns without anything unprintable", async () => {
    const { code, out } = await runInProcess(["compare", at("a"), at("b")], 80);
    expect(code).toBe(0);
    for (const part of ["vesting.max_multiplier 1.5 -> 2", "first event", "first row", "pay moved", "Who gains most", "Who loses most"]) {
      expect(out).toContain(part);
    }
    expect(unprintablesIn(out)).toEqual([]);
    // A path has no place to be broken at.
    const long = out.split("\n").filter((line) => line.length > 80 && !line.includes(folder));
    expect(long).toEqual([]);
  });
});

describe("a run compared", () => {
  it("with itself is equal, and the exit code is 0", async () => {
    expect(await compared("a", "a")).toMatchObject({ equal: true, first_event: null, tables: [], pay_moved: 0, winners: [], losers: [] });
    expect((await runInProcess(["compare", at("a"), at("a")])).out).toContain("every byte of every table");
  });

  it("with one that recorded other tables says which, and compares the rest", async () => {
    const report = await compared("b", "few");
    expect(report).toMatchObject({ equal: false, tables: [], first_event: null, tables_only_in_b: [], pay_moved: 0 });
    expect(report.tables_only_in_a).toEqual(expect.arrayContaining(["holdings", "flows"]));
    expect(report.same_tables.map(({ table }: { table: string }) => table).sort()).toEqual(["epochs", "positions", "rewards"]);
  });

  it("with one of another seed and population is not alike, says why, and lists who is in one alone", async () => {
    const report = await compared("a", "other");
    expect(report.not_alike.map(({ path }: { path: string }) => path).sort()).toEqual(["seed", "streams.peers.miners"]);
    expect(report.only_in_a).toMatchObject([{ hotkey: "peers/miner-007", b_rao: null }]);
    expect(report.only_in_b).toEqual([]);
    expect((await runInProcess(["compare", at("a"), at("other")])).out).toContain("not alike");
  });

  it("must be there, whole and finished", async () => {
    expect(await refusal("a", "missing")).toMatchObject({ code: "TEN-RESULT-003" });
    await mkdir(at("empty"));
    expect(await refusal("empty", "a")).toMatchObject({ code: "TEN-RESULT-003" });
    await run("spoilt");
    await flipBit(at("spoilt/tables/rewards.arrow"));
    expect(await refusal("a", "spoilt")).toMatchObject({ code: "TEN-RESULT-006", place: { file: at("spoilt/tables/rewards.arrow") } });
    await rename(at("spoilt/tables/rewards.arrow"), at("spoilt/gone"));
    expect(await refusal("spoilt", "spoilt")).toMatchObject({ code: "TEN-RESULT-006" });
    await run("edited");
    await editRun(at("edited"), (manifest) => {
      manifest.seed = 9;
    });
    expect(await refusal("edited", "a")).toMatchObject({ code: "TEN-RESULT-013" });
    await mkdir(at("stopped"));
    const stopped = { format: 1, status: "incomplete", tool: { name: "tenure", version: "0" }, scenario: { name: "x" }, reason: "running" };
    await writeFile(at("stopped/manifest.json"), JSON.stringify(stopped));
    expect(await refusal("a", "stopped")).toMatchObject({ code: "TEN-RESULT-004" });
  });

  it("takes a number of winners that is one", async () => {
    for (const top of ["-1", "1.5", "x", "9007199254740993"]) {
      expect((await runInProcess(["compare", at("a"), at("b"), "--top", top])).code).toBe(2);
    }
  });
});
