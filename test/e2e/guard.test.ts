import { spawnSync } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { junitFaults } from "../reports/guard/junit-schema.js";
import { CHANGED, type GuardedWork, guardedWork, SMALL } from "./guarded-work.js";
import { ROOT, tenure } from "./tenure.js";
import { typeErrors } from "./type-errors.js";

let work: GuardedWork;
beforeAll(async () => {
  work = await guardedWork();
});
afterAll(() => work.remove());

const guard: GuardedWork["guard"] = (...asked) => work.guard(...asked);
const files: GuardedWork["files"] = (folder) => work.files(folder);

describe("guard", () => {
  it("goes from the first baseline over a change to its approval", async () => {
    expect(await guard(["run", "small.yaml"])).toMatchObject({ code: 2, stderr: expect.stringContaining("TEN-GUARD-008") });
    expect((await guard(["run", "small.yaml", "--update"])).code).toBe(0);
    expect(await readdir(join(work.path, "baselines/small"))).toEqual(["approvals.yaml", "baseline.yaml", "scenario.yaml", "totals.tsv"]);
    expect(await guard(["run", "small.yaml", "--quiet"])).toMatchObject({ code: 0, stdout: "" });

    const before = await files("baselines/small");
    const changed = ["guard", "run", "small.yaml", ...CHANGED, "--json", "--format", "junit", "--out", "guard.xml"];
    const failed = await tenure(changed, work.path, { CI: "true" });
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
});

describe("the page on guards", () => {
  const page = () => readFile(join(ROOT, "docs/how-to/guard-in-ci.md"), "utf8");

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
