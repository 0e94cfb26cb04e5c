import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { editRun } from "../recorders/results/edited-run.js";
import { type Ended, tenure, workFolder } from "./tenure.js";
import { tenureHere } from "./tenure-here.js";

const readJson = async (...path: string[]) => JSON.parse(await readFile(join(...path), "utf8"));

describe("the demo", () => {
  let folder: Awaited<ReturnType<typeof workFolder>>;
  let first: Ended;
  let again: Ended;
  const run = (...args: string[]) => tenureHere(args, folder.path);

  beforeAll(async () => {
    folder = await workFolder();
    first = await tenure(["run", "demo"], folder.path);
    again = await run("run", "demo", "--out", "again", "--no-duckdb", "--json");
  });
  afterAll(() => folder.remove());

  it("ends by saying what came out, where it is and what to try next", async () => {
    expect(first).toMatchObject({ code: 0, stderr: "" });
    const { digest } = await readJson(folder.path, "runs/demo/manifest.json");
    for (const part of [
      digest,
      "1,800 epochs",
      "64 miners",
      "gained most",
      "Results are in runs/demo",
      "tenure show runs/demo --hotkey",
      "verify",
    ]) {
      expect(first.stdout).toContain(part);
    }
  });

  it("leaves a manifest, Arrow tables and a DuckDB file, and nothing else", async () => {
    expect((await readdir(join(folder.path, "runs/demo"))).sort()).toEqual(["manifest.json", "results.duckdb", "tables"]);
  });

  it("gives the same digest again, to Arrow only and as JSON only", async () => {
    expect(again).toMatchObject({ code: 0, stderr: "" });
    const summary = JSON.parse(again.stdout);
    expect(summary).toMatchObject({ scenario: "demo", duckdb: null, miners: 64, epochs: 1800 });
    expect(summary.digest).toBe((await readJson(folder.path, "runs/demo/manifest.json")).digest);
    expect(await readdir(join(folder.path, "again"))).not.toContain("results.duckdb");
  });

  it("gives another digest with another seed, replicate or value", async () => {
    const { digest } = await readJson(folder.path, "runs/demo/manifest.json");
    const digests = new Set([digest]);
    for (const change of [
      ["--seed", "2"],
      ["--replicate", "1"],
      ["--set", "vesting.max_multiplier=2"],
    ]) {
      const { code, stdout } = await run("run", "demo", "--set", "time.days=10", ...change, "--out", "other", "--no-duckdb", "--json");
      expect(code).toBe(0);
      digests.add(JSON.parse(stdout).digest);
    }
    expect(digests.size).toBe(4);
  });

  it("is confirmed by verify", async () => {
    expect(await tenure(["verify", "runs/demo"], folder.path)).toMatchObject({
      code: 0,
      stderr: "",
      stdout: expect.stringContaining("Confirmed"),
    });
    await run("run", "demo", "--set", "time.days=5", "--out", "short", "--no-duckdb", "--quiet");
    const { code, stdout } = await run("verify", "short", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, first_difference: null });
    expect(await run("verify", "short", "--quiet")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("explains a miner by a part of its hotkey, in text and as data", async () => {
    const overview = await tenure(["show", "runs/demo", "--json"], folder.path);
    expect(overview.code).toBe(0);
    const [subnet] = JSON.parse(overview.stdout);
    const worst = subnet.miners.at(-1).position.hotkey;
    const text = await run("show", "runs/demo", "--hotkey", worst, "--tranches", "--limit", "3");
    expect(text).toMatchObject({ code: 0, stderr: "" });
    for (const part of [
      worst,
      "percentage_factor",
      "duration_factor",
      "minimum_stake",
      "base_share",
      "change of share",
      "held_share lost",
      "Tranches",
      "Exits",
    ]) {
      expect(text.stdout).toContain(part);
    }
    const report = JSON.parse((await run("show", "runs/demo", "--hotkey", worst, "--json")).stdout);
    expect(report.terms.at(-1)).toMatchObject({ name: "multiplier", value: report.holding.multiplier });
    const lost = report.withdrawals.reduce((sum: number, { held_share_lost }: { held_share_lost: number }) => sum + held_share_lost, 0);
    expect(lost).toBeCloseTo(1 - report.holding.held_share, 9);
  });

  it("shows an earlier epoch when asked", async () => {
    const { code, stdout } = await run("show", "runs/demo", "--epoch", "100");
    expect(code).toBe(0);
    expect(stdout).toContain("epoch 100 of 1,800");
    expect(await run("show", "runs/demo", "--epoch", "1801")).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining("TEN-REPORT-003"),
    });
  });

  it("shows one horizon a table, how miners behave, and sorts by a column", async () => {
    const whole = await run("show", "runs/demo", "--sort", "change:asc", "--limit", "3");
    expect(whole).toMatchObject({ code: 0, stderr: "" });
    expect(whole.stdout).toMatch(
      /whole run, 1,800 epochs[\s\S]*behaviour[\s\S]*vs recorded +change\n1 +peers.*(trimmer|sweeper).* -[\d.]+ %\n/,
    );
    const last = await run("show", "runs/demo", "--epoch", "last", "--json");
    expect(JSON.parse(last.stdout)[0]).toMatchObject({ horizon: "epoch", epoch: { epoch: 1800 } });
    const refused = await run("show", "runs/demo", "--sort", "pay");
    expect(refused).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("TEN-REPORT-006") });
    expect(refused.stderr).toContain("held_days, multiplier, change, paid, vs_recorded");
    expect(await run("show", "runs/demo", "--epoch", "first")).toMatchObject({ code: 2, stderr: expect.stringContaining("or last") });
  });

  it("knows what everyone was paid, however few epochs were recorded", async () => {
    const whole = JSON.parse((await run("show", "runs/demo", "--json")).stdout)[0];
    const thin = await run("run", "demo", "--set", "record.every_epochs=100", "--out", "thin", "--no-duckdb", "--json");
    const { gained, lost } = JSON.parse(again.stdout);
    expect(JSON.parse(thin.stdout)).toMatchObject({ gained, lost });
    const miners = JSON.parse((await run("show", "thin", "--json")).stdout)[0].miners;
    expect(miners.map(({ pay }: { pay: unknown }) => pay)).toEqual(whole.miners.map(({ pay }: { pay: unknown }) => pay));
    expect((await run("show", "thin", "--epoch", "100")).stdout).toContain("All is of this epoch alone");
    expect(await run("show", "thin", "--epoch", "150")).toMatchObject({ code: 2, stderr: expect.stringContaining("100 or 200") });
  });

  it("says nothing with --quiet", async () => {
    expect(await run("run", "demo", "--set", "time.days=5", "--quiet", "--out", "quiet")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  describe("when it was changed afterwards", () => {
    it("is not confirmed: a table", async () => {
      await run("run", "demo", "--set", "time.days=5", "--out", "changed", "--no-duckdb", "--quiet");
      const table = join(folder.path, "changed/tables/holdings.arrow");
      const bytes = await readFile(table);
      bytes[bytes.length >> 1] ^= 1;
      await writeFile(table, bytes);
      const { code, stdout } = await run("verify", "changed");
      expect(code).toBe(1);
      expect(stdout).toContain("holdings.arrow was changed");
    });

    it("is not confirmed: its scenario; the first table and row that differ are named", async () => {
      await run("run", "demo", "--set", "time.days=5", "--out", "reseeded", "--no-duckdb", "--quiet");
      const changed = (manifest: { scenario: { resolved: { vesting: { max_multiplier: number } } } }) => {
        manifest.scenario.resolved.vesting.max_multiplier = 3;
      };
      await editRun(join(folder.path, "reseeded"), changed as never, true);
      const { code, stdout } = await run("verify", "reseeded", "--json");
      expect(code).toBe(1);
      const { ok, first_difference } = JSON.parse(stdout);
      expect(ok).toBe(false);
      expect(first_difference.table).toEqual(expect.any(String));
      expect(first_difference.row).toEqual(expect.any(Number));
    });
  });

  it("never writes over a folder that holds something else", async () => {
    await mkdir(join(folder.path, "mine"));
    await writeFile(join(folder.path, "mine/thesis.txt"), "text");
    expect(await run("run", "demo", "--out", "mine")).toMatchObject({ code: 2, stderr: expect.stringContaining("TEN-RESULT-007") });
    expect(await readdir(join(folder.path, "mine"))).toEqual(["thesis.txt"]);
  });
});
