import { spawn } from "node:child_process";
import { appendFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runInProcess } from "../cli/run-in-process.js";
import { MAIN, tenure, workFolder } from "./tenure.js";

const KILL_AT_TRIAL = pathToFileURL(join(import.meta.dirname, "kills/kill-at-trial.mjs")).href;
const SMALL = ["--set", "time.days=2", "--set", "streams.peers.miners=6", "--set", "streams.peers.coldkeys=3"];
const VARY = ["--vary", "vesting.retention_target=0.5..0.9:3", "--vary", "vesting.max_multiplier=1.5,3"];
const TUNE = ["tune", "demo", ...SMALL, ...VARY, "--replicates", "2"];

interface Report {
  readonly dir: string;
  readonly trials: { readonly set: Record<string, number>; readonly objectives: Record<string, { mean: number }> | null }[];
  readonly [key: string]: unknown;
}

describe("tenure tune", () => {
  let folder: Awaited<ReturnType<typeof workFolder>>;
  let report: Report;
  const at = (...path: string[]) => join(folder.path, ...path);
  const lines = async (dir: string) => (await readFile(at(dir, "trials.jsonl"), "utf8")).trim().split("\n");
  /** Without where it lies. */
  const withoutDir = (text: string) => ({ ...(JSON.parse(text) as Report), dir: "" });
  const refusal = async (...args: string[]) => {
    const { code, out, err } = await runInProcess(["tune", ...args, "--json"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    return JSON.parse(err).error;
  };

  beforeAll(async () => {
    folder = await workFolder();
    const { code, stdout, stderr } = await tenure([...TUNE, "--jobs", "2", "--json"], folder.path);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    report = JSON.parse(stdout);
  });
  afterAll(() => folder.remove());

  it("is told as what it is to who asks for a run", async () => {
    for (const args of [["explain"], ["show"], ["explain", "--replicate", "0"]]) {
      const { code, err } = await runInProcess([...args, report.dir, "--hotkey", "miner-001", "--json"]);
      const { error } = JSON.parse(err);
      expect([code, error]).toMatchObject([2, { code: "TEN-REPORT-054", found: "a tuning" }]);
      expect(error.hint).toContain(`tenure studies apply ${report.dir}`);
    }
  });

  it("tries all combinations, each as a run of its own would come out", async () => {
    expect(report.dir).toBe(at("runs/tune-demo"));
    expect((await readdir(report.dir)).sort()).toEqual(["manifest.json", "study.duckdb", "study.json", "trials.jsonl"]);
    expect(report.trials.map(({ set }) => Object.values(set))).toEqual(
      [0.5, 0.7, 0.9].flatMap((target) => [1.5, 3].map((max) => [target, max])),
    );
    const means = [0, 1].map(async (replicate) => {
      const set = ["--set", "vesting.retention_target=0.7", "--set", "vesting.max_multiplier=3"];
      const { code, out } = await runInProcess([
        "run",
        "demo",
        ...SMALL,
        ...set,
        "--replicate",
        String(replicate),
        "--out",
        at(`one-${replicate}`),
        "--no-duckdb",
        "--json",
      ]);
      expect(code).toBe(0);
      return JSON.parse(out).metrics as { pot_moved: number; held_pay_share: number };
    });
    const [one, other] = await Promise.all(means);
    const { pot_moved: moved, held_pay_share: held } = report.trials[3].objectives ?? {};
    expect(moved.mean).toBe((one.pot_moved + other.pot_moved) / 2);
    expect(held.mean).toBe((one.held_pay_share + other.held_pay_share) / 2);
  });

  it("gives the same with one job, and after kill -9 and a second start, which repeats nothing", async () => {
    const alone = await tenure([...TUNE, "--jobs", "1", "--out", "alone", "--json"], folder.path);
    expect(withoutDir(alone.stdout)).toEqual({ ...report, dir: "" });
    const child = spawn(process.execPath, ["--import", KILL_AT_TRIAL, MAIN, ...TUNE, "--out", "killed"], {
      cwd: folder.path,
      env: { ...process.env, KILL_AT_TRIAL: "5" },
      stdio: "ignore",
    });
    expect(await new Promise((done) => child.on("close", (_code, signal) => done(signal)))).toBe("SIGKILL");
    const kept = await lines("killed");
    expect(kept).toHaveLength(6);
    // A line that was being written is cut off.
    await appendFile(at("killed/trials.jsonl"), '{"task":"half of a li');
    const again = await tenure([...TUNE, "--out", "killed", "--json"], folder.path);
    expect(withoutDir(again.stdout)).toEqual({ ...report, dir: "" });
    const all = await lines("killed");
    expect(all.slice(0, 6)).toEqual(kept);
    // The scenario as it stands is one of them.
    expect(all).toHaveLength(1 + 6 * 2);
    expect(new Set(all.slice(1).map((line) => JSON.parse(line).task)).size).toBe(12);
  });

  it("goes on with more values, and runs only those", async () => {
    const before = await lines("alone");
    const more = [
      ...SMALL,
      "--vary",
      "vesting.retention_target=0.5..0.9:3",
      "--vary",
      "vesting.max_multiplier=1.5,2,3",
      "--replicates",
      "2",
    ];
    // The built command: what it finished is what it would do again.
    const { code, stdout } = await tenure(["tune", "demo", ...more, "--out", "alone", "--json"], folder.path);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).trials).toHaveLength(9);
    expect(await lines("alone")).toHaveLength(before.length + 6);
  });

  it("shows a table, maps and what the data decide", async () => {
    const { code, out } = await runInProcess([...TUNE, "--out", at("alone")], 100);
    expect(code).toBe(0);
    expect(out).toMatch(/^Tuned demo: 6 trials \(grid\), 2 replicates each/);
    expect(out).toContain("pot_moved (vesting.retention_target down, vesting.max_multiplier across; darker is better)");
    expect(out).toContain("What the data decide, and what not");
    expect(out).toMatch(/npx tenure studies apply \S+ --pick \d > new-scenario.yaml/);
    for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  });

  it("keeps trials that fail with what was set and why, and ends with 1", async () => {
    await writeFile(
      at("fails.yaml"),
      `name: fails
time: { start: 2026-01-01T00:00:00Z, days: 1 }
subnet: { netuid: 7 }
closed_loop:
  market: { kind: pool, tao_reserve: 0.000000001, alpha_reserve: 1, tao_per_block: 0.01 }
  miners: [{ name: one, strategy: hold }, { name: two, strategy: sell_all }]
`,
    );
    const reserve = "closed_loop.market.tao_reserve=0.000000001,1000";
    const args = [at("fails.yaml"), "--vary", reserve, "--objective", "held_end", "--out", at("fails")];
    const { code, out } = await runInProcess(["tune", ...args, "--json"]);
    expect(code).toBe(1);
    const [failed, finished] = JSON.parse(out).trials;
    expect(failed).toMatchObject({ objectives: null, error: { code: "TEN-LOOP-107" }, set: { "closed_loop.market.tao_reserve": 1e-9 } });
    expect(finished.objectives.held_end.mean).toBeGreaterThan(0);
    const text = (await runInProcess(["tune", ...args])).out;
    expect(text).toContain("1 trial failed, the first with closed_loop.market.tao_reserve=1e-9: TEN-LOOP-107");
  });

  it.each([
    ["a key that is none", ["demo", "--vary", "vesting.retention_targt=0.5,0.6"], "TEN-SCENARIO-004"],
    ["a value that is out of range", ["demo", "--vary", "vesting.retention_target=0.5,7"], "TEN-SCENARIO-006"],
    ["nothing to vary", ["demo"], "TEN-TUNE-102"],
    ["a range without a number of points", ["demo", "--vary", "vesting.max_multiplier=1..2"], "TEN-TUNE-101"],
    ["an objective of which nobody knows whether it is wanted", ["demo", ...VARY, "--objective", "miners"], "TEN-TUNE-103"],
    ["an objective that is given twice", ["demo", ...VARY, "--objective", "pot_moved", "--objective", "pot_moved=max"], "TEN-TUNE-104"],
    ["holding in a replay", ["demo", ...VARY, "--objective", "held_end"], "TEN-TUNE-105"],
    ["an objective that is no figure", ["demo", ...SMALL, ...VARY, "--objective", "pot_movd=min"], "TEN-TUNE-106"],
  ])("refuses %s", async (_, args, code) => {
    expect(await refusal(...args, "--out", at("refused"))).toMatchObject({ code });
  });

  it("refuses a folder of something else, and of another scenario", async () => {
    await writeFile(at("alone/notes.txt"), "mine");
    expect(await refusal("demo", ...SMALL, ...VARY, "--out", at("alone"))).toMatchObject({ code: "TEN-TUNE-110", found: "notes.txt" });
    expect(await refusal(at("fails.yaml"), "--vary", "seed=1,2", "--objective", "held_end", "--out", at("runs/tune-demo"))).toMatchObject({
      code: "TEN-TUNE-111",
      found: "tune-demo of demo",
    });
  });
});
