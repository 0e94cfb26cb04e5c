import { spawn } from "node:child_process";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runInProcess } from "../cli/run-in-process.js";
import { resultsOf, SMALL } from "../studies/small-study.js";
import { IMPORT_EMISSION, IMPORT_STAKE, writeSmallSubnet } from "./small-subnet.js";
import { MAIN, startTenure, tenure, waitUntil, workFolder } from "./tenure.js";

let folder: Awaited<ReturnType<typeof workFolder>>;
beforeAll(async () => {
  folder = await workFolder();
  await writeFile(join(folder.path, "made.yaml"), SMALL.replace("name: small", "name: made"));
});
afterAll(() => folder.remove());

const run = (...args: string[]) => tenure(args, folder.path);
/** What needs no process of its own, which takes longer to start than to end. */
const inProcess = (command: string, dir: string, ...options: string[]) => runInProcess([command, join(folder.path, dir), ...options]);
const MANY = ["run", "made.yaml", "--replicates", "4", "--jobs", "2", "--no-duckdb"];

/** Starts the same command with a process that ends itself once `count` replicates have their final names. */
async function killedAfter(count: number, args: readonly string[]): Promise<NodeJS.Signals | null> {
  const preload = join(import.meta.dirname, "kills/kill-at-replicate.mjs");
  const child = spawn(process.execPath, ["--import", preload, MAIN, ...args], {
    cwd: folder.path,
    env: { ...process.env, KILL_AT_REPLICATE: String(count) },
    stdio: "ignore",
  });
  return new Promise((done) => child.on("close", (_code, signal) => done(signal)));
}

describe("tenure run --replicates", () => {
  let whole: { digest: string; figures: { name: string; n: number; mean: number; low: number; high: number }[] };
  beforeAll(async () => {
    const { code, stdout, stderr } = await run(...MANY, "--out", "whole", "--json");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    whole = JSON.parse(stdout);
  });

  it("says what they amount to, with intervals, on the terminal and as JSON; so does show", async () => {
    expect(whole).toMatchObject({ finished: 4, failed: [], confidence: 0.95, replicates: { from: 0, to: 3 }, random: ["stream peers"] });
    const moved = whole.figures.find(({ name }) => name === "pot_moved");
    expect(moved).toMatchObject({ n: 4 });
    expect(moved?.low).toBeLessThan(moved?.mean ?? 0);
    expect(moved?.high).toBeGreaterThan(moved?.mean ?? 0);
    const { code, out: stdout } = await inProcess("show", "whole");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^4 replicates of made \(0 to 3; seed 1\)/);
    expect(stdout).toMatch(/\npot_moved .* to /);
    expect(stdout).toMatch(/\nunpaid_epochs +0 +no variation/);
    expect(stdout).toContain("Student's t, 3 degrees of freedom");
    expect(stdout).toContain(whole.digest);
  });

  it("killed when some are finished goes on with the others, to the same bytes", async () => {
    const [count, out] = [2, "killed"];
    expect(await killedAfter(count, [...MANY, "--out", out, "--quiet"])).toBe("SIGKILL");
    const partial = join(folder.path, out, ".partial/replicates");
    const kept = await readdir(partial);
    expect(kept).toHaveLength(count);
    const before = await Promise.all(kept.map(async (name) => (await stat(join(partial, name))).ino));
    expect(await inProcess("show", out)).toMatchObject({ code: 2, err: expect.stringContaining("TEN-STUDY-004") });
    const again = await run(...MANY, "--out", out, "--json");
    expect(JSON.parse(again.stdout).digest).toBe(whole.digest);
    expect(await resultsOf(join(folder.path, out))).toEqual(await resultsOf(join(folder.path, "whole")));
    expect(await Promise.all(kept.map(async (name) => (await stat(join(folder.path, out, "replicates", name))).ino))).toEqual(before);
    expect((await readdir(join(folder.path, out))).sort()).toEqual(["figures.arrow", "manifest.json", "replicates"]);
  });

  it("stopped by Ctrl-C says how many are finished, also where a rule computes without end, and leaves no thread behind", async () => {
    const endless = `export default ({ multiplierRule }) => multiplierRule({
      name: "endless", meaning: "m", parameters: {}, ceiling: () => 1, bind: () => () => { for (;;) {} } });`;
    await writeFile(join(folder.path, "endless.ts"), endless);
    await writeFile(join(folder.path, "endless.yaml"), `${SMALL}vesting: { rule: ./endless.ts }\n`);
    const running = startTenure(["run", "endless.yaml", "--replicates", "2", "--jobs", "1", "--out", "endless", "--quiet"], folder.path);
    // It computes: the first replicate has begun to be written.
    await waitUntil(running, async () => (await readdir(join(folder.path, "endless/.partial/work/0/tables")).catch(() => [])).length > 0);
    running.process.kill("SIGINT");
    const { code, stderr } = await running.ended;
    expect(code).toBe(130);
    expect(stderr).toContain("TEN-STUDY-010");
    expect(stderr).toContain("0 of 2 are finished");
    expect(JSON.parse(await readFile(join(folder.path, "endless/manifest.json"), "utf8"))).toMatchObject({ status: "incomplete" });
  });

  it("of a scenario without random numbers runs it once, says so and gives no interval", async () => {
    await writeSmallSubnet(folder.path);
    for (const command of [IMPORT_EMISSION, IMPORT_STAKE]) expect(await run(...command)).toMatchObject({ code: 0 });
    const recorded = ["run", "small.yaml", "--data", "recordings", "--replicates", "50", "--no-duckdb"];
    const { code, stdout } = await run(...recorded, "--out", "once");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1 replicate of small/);
    expect(stdout).toContain("so it was run once, and there is no interval");
    expect(await readdir(join(folder.path, "once/replicates"))).toEqual(["0"]);
    const single = await run("run", "small.yaml", "--data", "recordings", "--no-duckdb", "--out", "single", "--json");
    const { manifest } = JSON.parse(`{"manifest": ${await readFile(join(folder.path, "once/manifest.json"), "utf8")}}`);
    expect(manifest.replicates).toEqual([{ replicate: 0, status: "finished", digest: JSON.parse(single.stdout).digest }]);
    expect(await run("verify", "once", "--quiet")).toMatchObject({ code: 0, stdout: "" });
  });

  it("and one run do not take each other's place unasked, and a folder of many is told from one of a run", async () => {
    const single = await run("run", "made.yaml", "--out", "whole", "--no-duckdb", "--quiet");
    expect(single).toMatchObject({ code: 2, stderr: expect.stringContaining("TEN-STUDY-002") });
    const ofOne = await inProcess("show", "whole", "--hotkey", "peers");
    expect(ofOne).toMatchObject({ code: 2, err: expect.stringContaining("--replicate 0") });
    expect(await inProcess("show", "whole", "--replicate", "2", "--json")).toMatchObject({ code: 0 });
    expect(await inProcess("show", "whole", "--replicate", "9")).toMatchObject({ code: 2, err: expect.stringContaining("TEN-STUDY-006") });
  });
});
