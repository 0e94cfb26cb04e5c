import { spawnSync } from "node:child_process";
import { chmod, mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { deadTag } from "../recorders/dead-tag.js";
import { junitFaults } from "../reports/guard/junit-schema.js";
import { MAIN, ROOT, startTenure, tenure, waitUntil, workFolder } from "./tenure.js";
import { typeErrors } from "./type-errors.js";

let work: Awaited<ReturnType<typeof workFolder>>;
beforeAll(async () => {
  work = await workFolder();
  await writeFile(join(work.path, "small.yaml"), SMALL);
});
afterAll(() => work.remove());

const SMALL = `name: small
time: { start: 2025-01-01T00:00:00Z, days: 1 }
subnet: { netuid: 7 }
streams:
  - { synthetic: subnet, name: peers, miners: 4 }
emission: redistribute
`;

/** On a machine that is none of continuous integration, unless it is said to be. */
const guard = (args: readonly string[], ci = "") => tenure(["guard", ...args], work.path, { CI: ci });

const files = async (folder: string) => {
  const names = (await readdir(join(work.path, folder))).sort();
  return Promise.all(names.map(async (name) => [name, await readFile(join(work.path, folder, name), "utf8")]));
};
const CHANGED = ["--set", "vesting.max_multiplier=2"];

/** Somebody to whom a folder without a right to write is read-only; root may write anywhere. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const canBeRead = spawnSync(process.execPath, [MAIN, "--version"], { ...nobody, env: { PATH: process.env.PATH } }).status === 0;

describe("guard", () => {
  it("goes from the first baseline over a change to its approval", async () => {
    expect(await guard(["run", "small.yaml"])).toMatchObject({ code: 2, stderr: expect.stringContaining("TEN-GUARD-008") });
    expect((await guard(["run", "small.yaml", "--update"])).code).toBe(0);
    expect(await readdir(join(work.path, "baselines/small"))).toEqual(["approvals.yaml", "baseline.yaml", "scenario.yaml", "totals.tsv"]);
    expect(await guard(["run", "small.yaml", "--quiet"])).toMatchObject({ code: 0, stdout: "" });

    const before = await files("baselines/small");
    const failed = await guard(["run", "small.yaml", ...CHANGED, "--json", "--format", "junit", "--out", "guard.xml"], "true");
    expect(failed.code).toBe(1);
    const json = JSON.parse(failed.stdout);
    expect(json).toMatchObject({ ok: false, outcome: "differs", left: expect.stringMatching(/small\.new$/) });
    expect(json.causes[0]).toMatchObject({ cause: "cause:multiplier.multiplier", rule: "geometric" });
    expect(await readFile(join(work.path, "guard.xml"), "utf8")).toMatch(/^<\?xml .*<\/testsuites>\n$/s);
    expect(await files("baselines/small")).toEqual(before);

    expect((await guard(["review", "small.yaml", "--accept", "all"], "1")).stderr).toContain("TEN-GUARD-010");
    expect(await guard(["review", "small.yaml"])).toMatchObject({ code: 1, stdout: expect.stringContaining("to be decided") });
    const accepted = await guard(["review", "small.yaml", "--accept", "all", "--by", "alice"]);
    expect(accepted).toMatchObject({ code: 0, stdout: expect.stringContaining("alice accepted cause:multiplier.multiplier") });
    const passed = await guard(["run", "small.yaml", ...CHANGED]);
    expect(passed).toMatchObject({ code: 0, stdout: expect.stringContaining("Passed: small") });
    expect(passed.stdout).toContain("vesting.max_multiplier 1.5 -> 2");
  });

  it.skipIf(process.platform === "win32" || !canBeRead)(
    "reads in a folder that is read-only, whatever a killed process left there",
    async () => {
      const folder = join(work.path, "still");
      await mkdir(folder);
      await writeFile(join(folder, "small.yaml"), SMALL);
      const at = (args: readonly string[]) => tenure(["guard", "run", "small.yaml", ...args], folder, { CI: "" });
      expect((await at(["--update", "--terms"])).code).toBe(0);
      // As the process that wrote them left them: the baseline made room, a draft and a review were not finished.
      const tag = deadTag();
      const baselines = join(folder, "baselines");
      await rename(join(baselines, "small"), join(baselines, `small.replaced-${tag}`));
      await mkdir(join(baselines, `small.partial-${tag}`));
      await mkdir(join(baselines, `small.new.replaced-${tag}`));
      const there = (await readdir(baselines)).sort();
      await chmod(work.path, 0o755);
      for (const path of [baselines, folder]) await chmod(path, 0o555);
      const run = (args: readonly string[]) =>
        spawnSync(process.execPath, [MAIN, "guard", "run", "small.yaml", "--json", ...args], {
          ...nobody,
          cwd: folder,
          encoding: "utf8",
          env: { PATH: process.env.PATH, TMPDIR: tmpdir() },
        });
      const [same, other] = [run([]), run(CHANGED)];
      for (const path of [baselines, folder]) await chmod(path, 0o755);
      expect([same.status, JSON.parse(same.stdout).outcome]).toEqual([0, "equal"]);
      expect(other.status).toBe(1);
      expect(JSON.parse(other.stdout)).toMatchObject({
        outcome: "differs",
        traced_by: "parameters",
        unwritten: { code: "TEN-RESULT-011" },
      });
      expect((await readdir(baselines)).sort()).toEqual(there);
      // Where it can be written all of it is put in order.
      expect(await at([])).toMatchObject({ code: 0 });
      expect(await readdir(baselines)).toEqual(["small"]);
    },
  );

  it("refuses what it cannot compare with, and what demands nothing", async () => {
    const demo = await guard(["run", "demo", "--baseline", "baselines/small"]);
    expect(demo).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("TEN-GUARD-009") });
    expect(await guard(["run", "small.yaml", "--update"], "true")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("TEN-GUARD-010"),
    });
    expect((await guard(["run", "small.yaml", "--expect", "pot_moved"])).stderr).toContain("TEN-GUARD-016");
    expect((await guard(["run", "small.yaml", "--tolerance", "much"])).stderr).toContain("TEN-CLI-026");
    expect((await guard(["review", "small.yaml"])).stderr).toContain("TEN-GUARD-012");
  });

  it("tells a refusal as an annotation and as XML in error, and keeps nothing of an earlier guard", async () => {
    await writeFile(join(work.path, "bad.yaml"), `${SMALL.replace("name: small", "name: bad")}vesting: { max_multiplier: no }\n`);
    const bad = await guard(["run", "bad.yaml", "--format", "github"]);
    expect(bad).toMatchObject({ code: 2, stderr: expect.stringContaining("TEN-") });
    expect(bad.stdout).toMatch(/^::error file=\S*bad\.yaml,line=7,col=\d+,title=bad\.yaml%3A TEN-[A-Z]+-\d+::[^\n]+\n$/);

    await writeFile(join(work.path, "damaged.yaml"), SMALL.replace("name: small", "name: damaged"));
    expect((await guard(["run", "damaged.yaml", "--update", "--format", "junit", "--out", "xml/damaged.xml"])).code).toBe(0);
    expect(await readFile(join(work.path, "xml/damaged.xml"), "utf8")).toContain('errors="0"');
    await writeFile(join(work.path, "baselines/damaged/totals.tsv"), "<<<<<<< HEAD\n");
    const damaged = await guard(["run", "damaged.yaml", "--format", "junit", "--out", "xml/damaged.xml"]);
    expect(damaged).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("TEN-GUARD-003") });
    const xml = await readFile(join(work.path, "xml/damaged.xml"), "utf8");
    expect(junitFaults(xml)).toEqual([]);
    expect(xml).toMatch(/tests="1" failures="0" errors="1".*<error type="TEN-GUARD-003"/s);
    const asJson = await guard(["run", "damaged.yaml", "--json", "--format", "json", "--out", "damaged.json"]);
    expect(asJson.code).toBe(2);
    expect(await readFile(join(work.path, "damaged.json"), "utf8")).toBe(asJson.stderr);

    const other = await guard(["run", "demo", "--baseline", "baselines/small", "--format", "junit"]);
    expect([other.code, junitFaults(other.stdout), other.stdout.includes('<error type="TEN-GUARD-009"')]).toEqual([2, [], true]);
  });

  it("writes over nothing that no guard wrote, and says so before it runs", async () => {
    const code = async (out: string) => {
      const { stdout, stderr, code: exit } = await guard(["run", "small.yaml", ...CHANGED, "--format", "junit", "--out", out]);
      return [exit, stdout, /TEN-[A-Z]+-\d+/.exec(stderr)?.[0]];
    };
    expect(await code("small.yaml")).toEqual([2, "", "TEN-GUARD-024"]);
    expect(await code("baselines")).toEqual([2, "", "TEN-GUARD-024"]);
    expect(await code("xml/")).toEqual([2, "", "TEN-GUARD-023"]);
    expect(await code("small.yaml/guard.xml")).toEqual([2, "", "TEN-GUARD-023"]);
    expect(await readFile(join(work.path, "small.yaml"), "utf8")).toBe(SMALL);
  });

  it("suggests commands that run as they stand, whatever was typed", async () => {
    await mkdir(join(work.path, "it's here"));
    await writeFile(join(work.path, "it's here/next.yaml"), SMALL.replace("name: small", "name: next"));
    const asked = ["run", "it's here/next.yaml", "--baseline", "it's here/kept", "--seed", "4"];
    expect((await guard([...asked, "--update"])).code).toBe(0);
    expect((await tenure(["run", "it's here/next.yaml"], work.path)).code).toBe(0);
    const own = await readFile(join(work.path, "runs/next/manifest.json"), "utf8");
    const failed = await guard([...asked, "--set", "vesting.max_multiplier=2", "--set", "description=a 'b' $c", "--json"]);
    const { explain, review } = JSON.parse(failed.stdout);
    expect(explain).toHaveLength(2);
    // Twice: what lies there from the first time is in nobody's way.
    for (const command of [...explain, ...explain, `${review} --accept all`]) {
      const { status, stderr } = spawnSync("bash", ["-c", command.replace("npx tenure", `'${process.execPath}' '${MAIN}'`)], {
        cwd: work.path,
        encoding: "utf8",
        env: { ...process.env, CI: "" },
      });
      expect([command, status, stderr.match(/TEN-\w+-\d+/)]).toEqual([command, 0, null]);
    }
    // The run of one's own is as it was.
    expect(await readFile(join(work.path, "runs/next/manifest.json"), "utf8")).toBe(own);
  });

  it("demands figures without a baseline, and tells GitHub where one is not met", async () => {
    await writeFile(join(work.path, "free.yaml"), SMALL.replace("name: small", "name: free"));
    const expected = ["--expect", "miners = 4", "--expect", "pot_moved < 0.0001 %", "--format", "github"];
    const failed = await guard(["run", "free.yaml", ...expected]);
    expect(failed).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^::error file=free\.yaml,title=free%3A pot_moved < 0\.0001 %25::It is .*\n$/),
    });
    expect((await guard(["run", "free.yaml", ...expected.slice(0, 2)])).code).toBe(0);
  });

  it("leaves the old baseline or the new one when it is killed while it writes", async () => {
    await writeFile(join(work.path, "killed.yaml"), SMALL.replace("name: small", "name: killed").replace("days: 1", "days: 10"));
    expect((await guard(["run", "killed.yaml", "--update"])).code).toBe(0);
    const old = await files("baselines/killed");
    const running = startTenure(["guard", "run", "killed.yaml", ...CHANGED, "--update", "--terms"], work.path, { CI: "" });
    // Terms take a while, in which the new folder lies beside the old one.
    await waitUntil(running, async () => (await readdir(join(work.path, "baselines"))).some((name) => name.includes(".partial-")));
    running.process.kill("SIGKILL");
    expect((await running.ended).code).toBeNull();
    expect(await files("baselines/killed")).toEqual(old);
    expect((await guard(["run", "killed.yaml"])).code).toBe(0);
    expect((await guard(["run", "killed.yaml", ...CHANGED, "--update"])).code).toBe(0);
    expect((await readdir(join(work.path, "baselines"))).filter((name) => name.startsWith("killed"))).toEqual(["killed"]);
  });
});

describe("the page on guards", () => {
  const page = () => readFile(join(ROOT, "docs/how-to/guard-in-ci.md"), "utf8");

  it("has a workflow whose commands run as they stand, and which fails where pay moves", async () => {
    const [, text = ""] = /^```yaml \.github\/workflows\/pay\.yml\n([\s\S]*?)\n```$/m.exec(await page()) ?? [];
    const { jobs } = parse(text);
    const commands = jobs.guard.steps.flatMap(({ run }: { run?: string }) => run ?? []);
    expect(commands).toEqual(["npm ci", expect.stringContaining("guard run"), expect.stringContaining("guard run")]);
    expect((await guard(["run", "demo", "--update"])).code).toBe(0);
    const own = commands.slice(1).map((command: string) => command.replace("npx tenure guard ", "").split(" "));
    const [told, kept] = await Promise.all(own.map((args: string[]) => guard(args, "true")));
    expect(told).toMatchObject({ code: 0, stdout: expect.stringMatching(/^::notice title=demo%3A passed::/) });
    expect(kept).toMatchObject({ code: 0, stdout: expect.stringContaining("Passed: demo") });
    expect(await guard([...own[0], ...CHANGED], "true")).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^::error title=demo%3A cause%3Amultiplier\.multiplier::64 positions/),
    });
  });

  it("has a test of one's own reward code that compiles", async () => {
    const [, text = ""] = /^```ts rewards\.test\.ts\n([\s\S]*?)\n```$/m.exec(await page()) ?? [];
    const file = join(work.path, "rewards.test.ts");
    await writeFile(file, text);
    const imports = { "tenure/vitest": "dist/reports/guard/vitest/index.d.ts", vitest: "node_modules/vitest" };
    expect(typeErrors([file], imports)).toEqual([[]]);
    const resolve = "process.stdout.write(import.meta.resolve('tenure/vitest'))";
    const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", resolve], { cwd: ROOT, encoding: "utf8" });
    expect(fileURLToPath(stdout)).toBe(join(ROOT, "dist/reports/guard/vitest/index.js"));
  });
});
