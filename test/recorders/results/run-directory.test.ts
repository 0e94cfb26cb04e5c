import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { RunManifest } from "../../../recorders/results/manifest.js";
import { openRun } from "../../../recorders/results/open-run.js";
import { RunDirectory } from "../../../recorders/results/run-directory.js";
import { contentsOf, refusalOf } from "../temporary-folder.js";
import { useFolders } from "./sample-batches.js";

const folder = useFolders();

function manifest(name: string): RunManifest {
  return {
    format: 1,
    status: "complete",
    tool: { name: "tenure", version: "0.0.0" },
    digest: "0".repeat(64),
    scenario: { name, resolved: {} },
    seed: 1,
    replicate: 0,
    data: null,
    inputs: [],
    tables: { positions: { file: "tables/positions.arrow", sha256: "0".repeat(64), rows: 0, bytes: 5 } },
    duckdb: null,
    counts: {},
    rejections: {},
    summary: {
      first_ms: null,
      last_ms: null,
      events: {},
      positions: 0,
      epochs: 0,
      tranches: 0,
      exits: 0,
      rejections: {},
      unexplained_rao: "0",
      rounding_rao: "0",
      from_outside_rao: "0",
      inflow_rao: "0",
      emission_rao: "0",
      outflow_rao: "0",
      remaining_rao: "0",
      unallocated_rao: "0",
      outside_rao: "0",
      rows: {},
      metrics: null,
      index: null,
      closed_loop: null,
      warnings: [],
    },
    node: "v20",
    libraries: {},
    timing: {},
  };
}

async function finished(path: string, name: string): Promise<void> {
  const directory = await RunDirectory.open(path, { scenario: name, force: true });
  await writeFile(join(directory.partialPath, "tables", "positions.arrow"), name);
  await directory.finish(manifest(name));
}

const text = (...path: string[]) => readFile(join(...path), "utf8");

describe("the run folder", () => {
  it("is marked incomplete from the start and complete at the end", async () => {
    const out = join(await folder(), "deep", "run");
    const directory = await RunDirectory.open(out, { scenario: "first" });
    expect(JSON.parse(await text(out, "manifest.json"))).toMatchObject({ status: "incomplete", scenario: { name: "first" } });
    await expect(openRun(out)).rejects.toMatchObject({ code: "TEN-RESULT-004" });
    await writeFile(join(directory.partialPath, "tables", "positions.arrow"), "first");
    expect((await readdir(out)).sort()).toEqual([".lock", ".partial", "manifest.json"]);
    await directory.finish(manifest("first"));
    expect((await readdir(out)).sort()).toEqual(["manifest.json", "tables"]);
    expect((await openRun(out)).manifest.scenario.name).toBe("first");
  });

  it("leaves nothing behind after a refusal, not even the folders it made", async () => {
    const dir = await folder();
    const directory = await RunDirectory.open(join(dir, "deep", "run"), { scenario: "x" });
    await directory.discard();
    expect(await readdir(dir)).toEqual([]);
    await mkdir(join(dir, "empty"));
    await (await RunDirectory.open(join(dir, "empty"), { scenario: "x" })).discard();
    expect(await readdir(join(dir, "empty"))).toEqual([]);
  });

  it("stays, marked incomplete, after an interruption, and is taken again", async () => {
    const out = join(await folder(), "run");
    const directory = await RunDirectory.open(out, { scenario: "x" });
    await directory.interrupt("interrupted by the user");
    expect(await readdir(out)).toEqual(["manifest.json"]);
    expect(JSON.parse(await text(out, "manifest.json"))).toMatchObject({ status: "incomplete", reason: "interrupted by the user" });
    const again = await RunDirectory.open(out, { scenario: "y" });
    await again.discard();
    expect(JSON.parse(await text(out, "manifest.json"))).toMatchObject({ reason: "interrupted by the user" });
    await finished(out, "z");
    expect((await openRun(out)).manifest.scenario.name).toBe("z");
  });

  it("keeps a finished run until the next one is finished", async () => {
    const out = join(await folder(), "run");
    await finished(out, "old");
    const before = await text(out, "manifest.json");
    for (const end of ["discard", "interrupt"] as const) {
      const directory = await RunDirectory.open(out, { scenario: "new", force: true });
      expect(await text(out, "manifest.json")).toBe(before);
      await directory[end]("stopped");
      expect(await text(out, "manifest.json")).toBe(before);
      expect(await text(out, "tables", "positions.arrow")).toBe("old");
    }
    await finished(out, "new");
    expect(await text(out, "tables", "positions.arrow")).toBe("new");
    expect((await openRun(out)).manifest.scenario.name).toBe("new");
    expect(existsSync(join(out, ".partial"))).toBe(false);
  });

  it("refuses folders that are not runs and touches nothing there", async () => {
    const dir = await folder();
    await writeFile(join(dir, "thesis.txt"), "years of work");
    await expect(RunDirectory.open(dir, { scenario: "x" })).rejects.toMatchObject({ code: "TEN-RESULT-007" });
    expect(await readdir(dir)).toEqual(["thesis.txt"]);
    const other = await folder();
    await writeFile(join(other, "manifest.json"), '{"name":"a web app"}');
    await expect(RunDirectory.open(other, { scenario: "x" })).rejects.toMatchObject({ code: "TEN-RESULT-007" });
    const file = join(other, "manifest.json");
    await expect(RunDirectory.open(file, { scenario: "x" })).rejects.toMatchObject({ code: "TEN-RESULT-007" });
  });

  it("refuses a folder that another live run is writing to", async () => {
    const out = join(await folder(), "run");
    const directory = await RunDirectory.open(out, { scenario: "x" });
    await expect(RunDirectory.open(out, { scenario: "y" })).rejects.toMatchObject({
      code: "TEN-RESULT-008",
      found: `process ${process.pid}`,
    });
    await directory.discard();
    await finished(out, "y");
  });

  it("refuses a finished run of another scenario, unless it is forced; the same one may be run again", async () => {
    const out = join(await folder(), "run");
    await finished(out, "first");
    const before = await contentsOf(out);
    const refusal = await refusalOf(() => RunDirectory.open(out, { scenario: "second" }));
    expect(refusal).toMatchObject({ code: "TEN-RESULT-010", found: "first", hint: expect.stringContaining("--force") });
    expect(await contentsOf(out)).toEqual(before);
    await (await RunDirectory.open(out, { scenario: "first" })).discard();
    await (await RunDirectory.open(out, { scenario: "second", force: true })).discard();
    expect(await contentsOf(out)).toEqual(before);
    // An unfinished run is nothing to lose.
    await (await RunDirectory.open(out, { scenario: "first" })).interrupt("stopped");
    await (await RunDirectory.open(join(out, "../other"), { scenario: "first" })).interrupt("stopped");
    await finished(join(out, "../other"), "second");
  });

  it.each([
    ["notes.txt", "notes.txt"],
    [".git/HEAD", ".git/"],
    ["tables/mine.txt", "tables/mine.txt"],
    [".partial/mine.txt", ".partial/mine.txt"],
    [".partial/tables/mine/a.arrow", ".partial/tables/mine/"],
    [".lock/mine", ".lock/mine"],
    ["manifest.json.partial", "manifest.json.partial"],
    [".partial/pid", ".partial/pid"],
  ])("is not written to with a stranger's %s in it, finished or not", async (file, found) => {
    for (const isFinished of [true, false]) {
      const out = join(await folder(), "run");
      if (isFinished) await finished(out, "x");
      else await (await RunDirectory.open(out, { scenario: "x" })).interrupt("stopped");
      await mkdir(dirname(join(out, file)), { recursive: true });
      await writeFile(join(out, file), "years of work");
      const before = await contentsOf(out);
      const refusal = await refusalOf(() => RunDirectory.open(out, { scenario: "x", force: true }));
      expect(refusal).toMatchObject({ code: "TEN-RESULT-007", found });
      expect(await contentsOf(out)).toEqual(before);
    }
  });

  it("takes a manifest and an owner that were cut off anywhere, and no others", async () => {
    const done = join(await folder(), "done");
    await finished(done, "x");
    const whole = await text(done, "manifest.json");
    await (await RunDirectory.open(join(done, "../stopped"), { scenario: "x" })).interrupt("stopped");
    const stopped = await text(done, "../stopped", "manifest.json");
    const cuts = [whole, stopped].flatMap((each) => [0, 1, 7, 20, 30, 60, 90, each.length].map((end) => each.slice(0, end)));
    const own = [...cuts, "{}", "{}\n", `${whole.slice(0, 40)}${"\0".repeat(900)}`, "\0\0"];
    const foreign = ['{"name": "a web app"}', whole.replace("tenure", "another"), "years of work", `x${whole}`, "[]", whole.slice(1)];
    const out = join(done, "../out");
    for (const [content, isOwn] of [...own.map((each) => [each, true] as const), ...foreign.map((each) => [each, false] as const)]) {
      await mkdir(out, { recursive: true });
      await writeFile(join(out, "manifest.json.partial"), content);
      const opened = await RunDirectory.open(out, { scenario: "x" }).catch((error: { code: string }) => error.code);
      expect(typeof opened === "string" ? opened : "taken", JSON.stringify(content)).toBe(isOwn ? "taken" : "TEN-RESULT-007");
      if (typeof opened !== "string") await opened.discard();
      else expect(await text(out, "manifest.json.partial")).toBe(content);
    }
    for (const [content, isOwn] of [
      ["", true],
      ["4711", true],
      ["4711\n", true],
      ["mine\n", false],
      ["4711\nmine", false],
    ] as const) {
      const dir = join(await folder(), "run");
      await mkdir(join(dir, ".partial"), { recursive: true });
      await writeFile(join(dir, ".partial", "pid"), content);
      const opened = await RunDirectory.open(dir, { scenario: "x" }).catch((error: { code: string }) => error.code);
      expect(typeof opened === "string" ? opened : "taken", JSON.stringify(content)).toBe(isOwn ? "taken" : "TEN-RESULT-007");
      if (typeof opened === "string") expect(await text(dir, ".partial", "pid")).toBe(content);
      else await opened.discard();
    }
  });

  it("never removes what a stranger puts there meanwhile, nor what a link leads to", async () => {
    const dir = await folder();
    const out = join(dir, "run");
    const directory = await RunDirectory.open(out, { scenario: "x" });
    for (const file of ["notes.txt", ".partial/notes.txt", ".partial/tables/notes.txt"]) await writeFile(join(out, file), "mine");
    await directory.finish(manifest("x"));
    expect(Object.keys(await contentsOf(out))).toEqual([".partial/notes.txt", "manifest.json", "notes.txt", "tables/notes.txt"]);
    const linked = join(dir, "linked");
    await finished(linked, "x");
    await mkdir(join(dir, "photos"));
    await writeFile(join(dir, "photos", "exits.arrow"), "mine");
    await symlink(join(dir, "photos"), join(linked, ".partial"));
    expect(await refusalOf(() => RunDirectory.open(linked, { scenario: "x" }))).toMatchObject({
      code: "TEN-RESULT-007",
      found: ".partial",
    });
    expect(await readdir(join(dir, "photos"))).toEqual(["exits.arrow"]);
  });

  it("takes what a version that was killed left", async () => {
    const out = join(await folder(), "run");
    await mkdir(join(out, ".partial", "tables"), { recursive: true });
    await writeFile(join(out, ".partial", "pid"), "999999\n");
    await writeFile(join(out, ".partial", "tables", "exits.arrow"), "half");
    await writeFile(join(out, "manifest.json.partial"), "{}");
    await finished(out, "x");
    expect((await readdir(out)).sort()).toEqual(["manifest.json", "tables"]);
  });

  it("has a name that the system can take", async () => {
    expect(await refusalOf(() => RunDirectory.open("", { scenario: "x" }))).toMatchObject({ code: "TEN-RESULT-012" });
    expect(await refusalOf(() => RunDirectory.open("a\0b", { scenario: "x" }))).toMatchObject({ code: "TEN-RESULT-014" });
    if (!existsSync("/proc/self")) return;
    expect(await refusalOf(() => RunDirectory.open("/proc/x/y", { scenario: "x" }))).toMatchObject({ code: "TEN-RESULT-011" });
  });

  it("openRun tells missing, foreign and damaged runs apart", async () => {
    const dir = await folder();
    await expect(openRun(dir)).rejects.toMatchObject({ code: "TEN-RESULT-003" });
    await expect(openRun(join(dir, "none"))).rejects.toMatchObject({ code: "TEN-RESULT-003" });
    await writeFile(join(dir, "manifest.json"), "{");
    await expect(openRun(dir)).rejects.toMatchObject({ code: "TEN-RESULT-005" });
    const out = join(dir, "run");
    await finished(out, "short");
    await writeFile(join(out, "tables", "positions.arrow"), "longer than it was");
    const run = await openRun(out);
    await expect(run.readTable("positions").next()).rejects.toMatchObject({ code: "TEN-RESULT-006" });
    await expect(run.readTable("exits").next()).rejects.toMatchObject({ code: "TEN-RESULT-009", allowed: "positions" });
  });
});
