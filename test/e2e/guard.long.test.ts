import { spawnSync } from "node:child_process";
import { chmod, mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { deadTag } from "../recorders/dead-tag.js";
import { CHANGED, type GuardedWork, guardedWork, SMALL } from "./guarded-work.js";
import { MAIN, ROOT, startTenure, waitUntil } from "./tenure.js";
import { tenureHere } from "./tenure-here.js";

let work: GuardedWork;
beforeAll(async () => {
  work = await guardedWork();
});
afterAll(() => work.remove());

const guard: GuardedWork["guard"] = (...asked) => work.guard(...asked);
const files: GuardedWork["files"] = (folder) => work.files(folder);

/** Somebody to whom a folder without a right to write is read-only; root may write anywhere. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const canBeRead = spawnSync(process.execPath, [MAIN, "--version"], { ...nobody, env: { PATH: process.env.PATH } }).status === 0;

describe("guard", () => {
  it.skipIf(process.platform === "win32" || !canBeRead)(
    "reads in a folder that is read-only, whatever a killed process left there",
    async () => {
      const folder = join(work.path, "still");
      await mkdir(folder);
      await writeFile(join(folder, "small.yaml"), SMALL);
      const at = (args: readonly string[]) => tenureHere(["guard", "run", "small.yaml", ...args], folder, { CI: "" });
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

  it("suggests commands that run as they stand, whatever was typed", async () => {
    await mkdir(join(work.path, "it's here"));
    await writeFile(join(work.path, "it's here/next.yaml"), SMALL.replace("name: small", "name: next"));
    const asked = ["run", "it's here/next.yaml", "--baseline", "it's here/kept", "--seed", "4"];
    expect((await guard([...asked, "--update"])).code).toBe(0);
    expect((await tenureHere(["run", "it's here/next.yaml"], work.path)).code).toBe(0);
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
    const [told, kept] = [await guard(own[0], "true"), await guard(own[1], "true")];
    expect(told).toMatchObject({ code: 0, stdout: expect.stringMatching(/^::notice title=demo%3A passed::/) });
    expect(kept).toMatchObject({ code: 0, stdout: expect.stringContaining("Passed: demo") });
    expect(await guard([...own[0], ...CHANGED], "true")).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^::error title=demo%3A cause%3Amultiplier\.multiplier::64 positions/),
    });
  });
});
