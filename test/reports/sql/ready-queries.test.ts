import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RESULT_TABLES } from "../../../engine/index.js";
import { openRun } from "../../../recorders/index.js";
import { askTables, checkReady, type OpenTables, openTables, READY_QUERIES, readyQueriesOf, readyQuery } from "../../../reports/index.js";
import { runInProcess } from "../../cli/run-in-process.js";
import { refusalOf } from "../../recorders/temporary-folder.js";
import { sampleRun } from "./sample-run.js";

let folder: string;
const opened = new Map<string, OpenTables>();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-queries-"));
  const dirs = {
    demo: await sampleRun(folder, "demo", ["time.days=8"]),
    crash: await sampleRun(folder, "tao20-crash", ["time.days=4"]),
    burn: await sampleRun(folder, "burn-and-rank", ["time.days=8"]),
    scheduled: await sampleRun(folder, "demo", ["time.days=3", "schedules.duration_days=2", "emission.withdrawals=proportional"], false),
    replicates: join(folder, "replicates"),
    comparison: join(folder, "comparison"),
    tuning: join(folder, "tuning"),
  };
  const days = ["--set", "time.days=2", "--quiet", "--jobs", "1", "--out"];
  for (const args of [
    ["run", "demo", "--replicates", "2", ...days, dirs.replicates],
    ["compare", "demo", "demo", "--set-b", "vesting.max_multiplier=2", "--replicates", "2", ...days, dirs.comparison],
    ["tune", "demo", "--vary", "vesting.max_multiplier=1.2,2", ...days, dirs.tuning],
  ]) {
    expect(await runInProcess(args)).toMatchObject({ code: 0 });
  }
  for (const [name, dir] of Object.entries(dirs)) opened.set(name, await openTables(dir));
});
afterAll(async () => {
  for (const { database } of opened.values()) database.close();
  await rm(folder, { recursive: true, force: true });
});

const of = (name: string): OpenTables => opened.get(name) as OpenTables;
/** Asked once a run: each query is tried for it. */
const lists = new Map<string, Promise<readonly string[]>>();
function listOf(run: string): Promise<readonly string[]> {
  const names = lists.get(run) ?? readyQueriesOf(of(run)).then((queries) => queries.map(({ name }) => name));
  lists.set(run, names);
  return names;
}
async function rows(name: string, query: string): Promise<Record<string, string | null>[]> {
  const answer = await askTables(of(name), readyQuery(query).sql);
  const found: Record<string, string | null>[] = [];
  for await (const page of answer.pages()) {
    for (const row of page) found.push(Object.fromEntries(answer.columns.map((column, at) => [column.name, row[at]])));
  }
  return found;
}
const rao = (decimal: string | null | undefined) => BigInt(String(decimal).replace(".", ""));
const sum = (all: readonly (string | null | undefined)[]) => all.reduce((total, one) => total + rao(one), 0n);

/** Where each of them has rows. */
const ROWS_IN: Readonly<Record<string, readonly string[]>> = {
  demo: [
    "lowest-multipliers",
    "winners-and-losers",
    "pay-by-day",
    "held-share-by-week",
    "exits-by-reason",
    "flows-by-day",
    "tranche-ages",
    "concentration",
    "registrations",
    "coldkeys",
  ],
  crash: ["index-nav", "tier-income", "participants", "slashes", "flags"],
  burn: ["stage-effects", "residuals", "strategies", "agent-orders", "pool-price"],
  scheduled: ["instalments"],
  replicates: ["figures"],
  comparison: ["figure-differences", "miner-differences"],
  tuning: ["trials", "chosen-figures"],
};
/** What no run of a shipped scenario does. */
const ELSEWHERE = ["rejections", "unexplained", "refused-orders"];

describe("ready-made queries", () => {
  it("are all tested, and have names and one question each", () => {
    expect([...Object.values(ROWS_IN).flat(), ...ELSEWHERE].sort()).toEqual(READY_QUERIES.map(({ name }) => name).sort());
    for (const { name, meaning } of READY_QUERIES) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(meaning).toMatch(/^[A-Z].*\?$/);
    }
  });

  it.each(Object.entries(ROWS_IN).flatMap(([run, names]) => names.map((name) => [run, name])))(
    "of %s: %s has rows, and the list has it",
    async (run, name) => {
      await checkReady(readyQuery(name), of(run));
      expect((await rows(run, name)).length).toBeGreaterThan(0);
      expect(await listOf(run)).toContain(name);
    },
  );

  it.each(ELSEWHERE)("%s goes through where nothing of the kind happened, and is not listed there", async (name) => {
    const run = name === "refused-orders" ? "crash" : "demo";
    expect(await rows(run, name)).toEqual([]);
    if (name !== "refused-orders") expect(await listOf(run)).not.toContain(name);
  });

  it("is refused where its table or its folder is another", async () => {
    expect(await refusalOf(() => checkReady(readyQuery("figures"), of("demo")))).toMatchObject({ code: "TEN-SQL-008" });
    expect(await refusalOf(() => checkReady(readyQuery("strategies"), of("demo")))).toMatchObject({
      code: "TEN-SQL-008",
      found: "no agents_view",
    });
    expect(await refusalOf(async () => readyQuery("slashed"))).toMatchObject({ code: "TEN-SQL-007", hint: "Did you mean slashes?" });
  });
});

describe("their figures are those of the run:", () => {
  it("pay", async () => {
    const { manifest } = await openRun(of("demo").dir);
    const days = await rows("demo", "pay-by-day");
    expect(sum(days.map(({ paid_alpha: paid }) => paid))).toBe(BigInt(String(manifest.summary.emission_rao)));
    const miners = await rows("demo", "winners-and-losers");
    expect(sum(miners.map(({ change_alpha: change }) => change))).toBe(0n);
    const losses = miners.map(({ change_alpha: change }) => rao(change));
    expect(losses).toEqual([...losses].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
  });

  it("of days: an epoch that ends at midnight is of the day before", async () => {
    const [days, ofRun] = [await rows("demo", "pay-by-day"), await openRun(of("demo").dir)];
    const ends: number[] = [];
    for await (const { columns, rows: count } of ofRun.readTable("epochs")) {
      const at = RESULT_TABLES.epochs.columns.findIndex(({ name }) => name === "end_ms");
      for (let row = 0; row < count; row++) ends.push(Number(columns[at][row]));
    }
    expect(ends.filter((end) => end % 86_400_000 === 0).length).toBeGreaterThan(0);
    const byDay = new Map<string, number>();
    for (const end of ends) {
      const day = new Date(end - 1).toISOString().slice(0, 10);
      byDay.set(day, (byDay.get(day) ?? 0) + 1);
    }
    expect(days.map(({ day, epochs }) => [day, Number(epochs)])).toEqual([...byDay]);
  });

  it("of days: a state and an instalment at midnight are of the day that they close", async () => {
    const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
    const timesOf = async (name: string, table: "nav" | "payments"): Promise<number[]> => {
      const times: number[] = [];
      const at = RESULT_TABLES[table].columns.findIndex((column) => column.name === "time_ms");
      for await (const { columns, rows: count } of (await openRun(of(name).dir)).readTable(table)) {
        for (let row = 0; row < count; row++) times.push(Number(columns[at][row]));
      }
      return times;
    };
    const samples = await timesOf("crash", "nav");
    expect(samples.filter((time) => time % 86_400_000 === 0).length).toBeGreaterThan(2);
    const sampled = new Set(samples.map((time, at) => dayOf(at === 0 ? time : time - 1)));
    const navs = await rows("crash", "index-nav");
    expect(navs.map(({ day }) => day)).toEqual([...sampled]);
    // The premium is that before anyone acted, as in summaries; the other is called premium_after.
    const { premium } = (await openRun(of("crash").dir)).manifest.summary.index ?? {};
    const ends = navs.flatMap(({ lowest_premium: low, highest_premium: high }) => [Math.abs(Number(low)), Math.abs(Number(high))]);
    expect(Math.max(...ends)).toBe(premium?.largest);
    const paid = new Map<string, number>();
    for (const time of await timesOf("scheduled", "payments")) paid.set(dayOf(time - 1), (paid.get(dayOf(time - 1)) ?? 0) + 1);
    const days = await rows("scheduled", "instalments");
    expect(days.map(({ day, instalments }) => [day, Number(instalments)])).toEqual([...paid]);
  });

  it("inequality, by the definition of Gini: the mean difference of all pairs over twice the mean", async () => {
    const miners = await rows("demo", "winners-and-losers");
    for (const { pay, gini, miners: count, top_1_share: top } of await rows("demo", "concentration")) {
      const own = miners.map((miner) => Number(rao(miner[`${pay}_alpha`])));
      const total = own.reduce((all, one) => all + one, 0);
      const differences = own.reduce((all, a) => all + own.reduce((inner, b) => inner + Math.abs(a - b), 0), 0);
      expect(Number(count)).toBe(own.length);
      expect(Number(gini)).toBeCloseTo(differences / (2 * own.length * total), 9);
      expect(Number(top)).toBeCloseTo(Math.max(...own) / total, 12);
    }
  });

  it("tranches and exits", async () => {
    const { manifest } = await openRun(of("demo").dir);
    const ages = await rows("demo", "tranche-ages");
    expect(sum(ages.map(({ remaining_alpha: remaining }) => remaining))).toBe(BigInt(String(manifest.summary.remaining_rao)));
    const exits = await rows("demo", "exits-by-reason");
    expect(exits.reduce((all, { exits: count }) => all + Number(count), 0)).toBe(manifest.counts.exits);
  });

  it("tiers: what they were paid is the pot", async () => {
    const tiers = await rows("crash", "tier-income");
    const days = await rows("crash", "pay-by-day");
    const paid = sum(tiers.map(({ paid_alpha: alpha }) => alpha));
    const unallocated = sum(tiers.filter(({ kind }) => kind === "unallocated" || kind === "burn").map(({ paid_alpha: alpha }) => alpha));
    expect(paid - unallocated).toBe(sum(days.map(({ paid_alpha: alpha }) => alpha)));
  });

  it("burning: residuals and pay make the recorded pot", async () => {
    const residuals = sum((await rows("burn", "residuals")).map(({ amount_alpha: alpha }) => alpha));
    const days = await rows("burn", "pay-by-day");
    expect(residuals).toBe(sum(days.map(({ recorded_alpha: alpha }) => alpha)) - sum(days.map(({ paid_alpha: alpha }) => alpha)));
  });

  it("a comparison: what one miner gains, others lose", async () => {
    const differences = await rows("comparison", "miner-differences");
    expect(sum(differences.map(({ difference_alpha: alpha }) => alpha))).toBe(0n);
    for (const { a_alpha: a, b_alpha: b, difference_alpha: difference } of differences) expect(rao(b) - rao(a)).toBe(rao(difference));
  });
});
