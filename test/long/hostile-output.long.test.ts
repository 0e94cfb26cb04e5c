import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { IMPORT_STAKE, writeSmallSubnet } from "../e2e/small-subnet.js";
import { type Ended, MAIN, startTenure, tenure, workFolder } from "../e2e/tenure.js";
import { contentsOf } from "../recorders/temporary-folder.js";

// Many processes a test.
vi.setConfig({ testTimeout: 180_000 });

let folder: Awaited<ReturnType<typeof workFolder>>;
const at = (...path: string[]) => join(folder.path, ...path);
const run = (...args: string[]) => tenure(args, folder.path);
const demo = (...more: string[]) => run("run", "demo", "--set", "time.days=2", "--no-duckdb", "--json", ...more);
const codeOf = ({ stderr }: Ended) => JSON.parse(stderr).error.code;
const STACK = /^\s+at .*:\d+:\d+\)?$/m;

/** Runs the command line in a shell: `tenure show x >/dev/full`. */
async function shell(script: string): Promise<Ended> {
  const tenureScript = `tenure() { "${process.execPath}" "${MAIN}" "$@"; }; ${script}`;
  const child = spawn("sh", ["-c", tenureScript], { cwd: folder.path, stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text) => {
    stdout += text;
  });
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  return new Promise((done) => child.on("close", (code) => done({ code, stdout, stderr })));
}

beforeAll(async () => {
  folder = await workFolder();
  await writeSmallSubnet(folder.path);
  expect((await demo("--out", "demo")).code).toBe(0);
});
afterAll(() => folder.remove());

describe.skipIf(!existsSync("/dev/full"))("stdout or stderr that takes nothing", () => {
  it.each([
    ["a report", "tenure show demo >/dev/full", /TEN-CLI-007 {2}stdout/],
    ["JSON", "tenure show demo --json >/dev/full", /"code": "TEN-CLI-007"/],
    ["help", "tenure --help >/dev/full", /TEN-CLI-007/],
    ["neither", "tenure show demo >/dev/full 2>/dev/full", /^$/],
    ["an error", "tenure show none 2>/dev/full", /^$/],
    ["a file over the limit", "ulimit -f 1; tenure show demo --tranches --limit 1000 --json >big.json", /TEN-CLI-007/],
  ])("of %s is exit 74, without a stack trace", async (_, script, told) => {
    const { code, stderr } = await shell(script);
    expect(code).toBe(74);
    expect(stderr).toMatch(told);
    expect(stderr).not.toMatch(STACK);
  });

  it("leaves the result of the run", async () => {
    expect((await shell("tenure run demo --set time.days=2 --no-duckdb --out lost --quiet --json >/dev/full")).code).toBe(74);
    expect((await run("show", "lost", "--json")).code).toBe(0);
  });
});

it("a reader that is gone is no failure: of stdout, of stderr", async () => {
  // The exit code is written where the pipe does not reach.
  expect((await shell("{ tenure show demo --tranches --limit 100000 --json; echo $? >&2; } | head -c 1 >/dev/null")).stderr).toBe("0\n");
  const { stdout } = await shell(
    "{ tenure show none 2>&1 >/dev/null; echo $? >code; } | head -c 0; while [ ! -s code ]; do :; done; cat code",
  );
  expect(stdout).toBe("2\n");
});

it("with few file handles: the result, or an error that says how to get more, and nothing left behind", async () => {
  const outcomes: string[] = [];
  // Below 24 Node itself hardly starts; a run opens a file a table at once, so it ends first in loading, then in writing.
  for (let handles = 24; handles <= 64; handles += 4) {
    const { code, stderr } = await shell(`ulimit -n ${handles}; tenure run demo --set time.days=2 --out few`);
    expect(stderr).not.toMatch(STACK);
    if (code === 2) expect([handles, stderr]).toEqual([handles, expect.stringMatching(/TEN-CLI-009[\s\S]*ulimit -n 256/)]);
    else if (code !== 0)
      expect([handles, code, stderr]).toEqual([handles, 74, expect.stringMatching(/TEN-RESULT-011[\s\S]*ulimit -n 256/)]);
    expect([handles, existsSync(at("few"))]).toEqual([handles, code === 0]);
    await rm(at("few"), { recursive: true, force: true });
    outcomes.push(code === 0 ? "ran" : "told");
  }
  expect(new Set(outcomes)).toEqual(new Set(["told", "ran"]));
});

it("however few file handles there are: an error with its code wherever Node itself can start", async () => {
  await writeFile(at("nothing.mjs"), "");
  const node = JSON.stringify(process.execPath);
  const outcomes: string[] = [];
  for (let handles = 16; handles < 32; handles++) {
    const own = await shell(`ulimit -n ${handles}; exec ${node} nothing.mjs`);
    if (own.code !== 0) continue;
    const { code, stderr } = await shell(`ulimit -n ${handles}; exec ${node} ${JSON.stringify(MAIN)} scenarios list`);
    expect(stderr).not.toMatch(STACK);
    if (code !== 0) expect([handles, code, stderr]).toEqual([handles, 2, expect.stringMatching(/^TEN-CLI-009\n[\s\S]*ulimit -n 256/)]);
    outcomes.push(code === 0 ? "ran" : "told");
  }
  expect(new Set(outcomes)).toEqual(new Set(["told", "ran"]));
});

describe("an output folder", () => {
  it.each([["run", "demo"], [...IMPORT_STAKE.slice(0, -2)], ["scenarios", "new", "x"], ["scenarios", "schema"]])(
    "without a name is refused: %s %s",
    async (...args) => {
      const before = await contentsOf(folder.path);
      const ended = await run(...args, "--out", "");
      expect(ended).toMatchObject({ code: 2, stdout: "" });
      expect(ended.stderr).toMatch(/TEN-CLI-026[\s\S]*--out/);
      expect(await contentsOf(folder.path)).toEqual(before);
    },
  );

  it.skipIf(!existsSync("/proc/self"))("where the system takes none ends with an error", async () => {
    const ended = [
      await run("run", "demo", "--set", "time.days=2", "--out", "/proc/x", "--json"),
      await run(...IMPORT_STAKE.slice(0, -1), "/proc/x/y", "--json"),
      await run("scenarios", "new", "x", "--out", "/proc/x/y.yaml", "--json"),
    ];
    expect(ended.map(({ code }) => code)).toEqual([74, 74, 74]);
    expect(ended.map(codeOf)).toEqual(["TEN-RESULT-011", "TEN-STREAM-017", "TEN-CLI-008"]);
  });

  it("of another scenario's finished run needs --force", async () => {
    await writeFile(at("other.yaml"), (await readFile(at("small.yaml"), "utf8")).replace("name: small", "name: other"));
    await run(...IMPORT_STAKE);
    await run(...IMPORT_STAKE.map((word) => word.replaceAll("stake", "emission")));
    const other = (...more: string[]) =>
      run("run", "other.yaml", "--data", "recordings", "--no-duckdb", "--out", "taken", "--json", ...more);
    expect((await demo("--out", "taken")).code).toBe(0);
    const before = await contentsOf(at("taken"));
    const refused = await other();
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(JSON.parse(refused.stderr).error).toMatchObject({
      code: "TEN-RESULT-010",
      found: "demo",
      hint: expect.stringContaining("--force"),
    });
    expect(await contentsOf(at("taken"))).toEqual(before);
    expect((await demo("--out", "taken")).code).toBe(0);
    expect((await other("--force")).code).toBe(0);
  });

  it.each(["notes.txt", ".git/HEAD", "tables/mine.txt"])("with a stranger's %s is not written to", async (file) => {
    expect((await demo("--out", "mine")).code).toBe(0);
    await mkdir(at("mine", file, ".."), { recursive: true });
    await writeFile(at("mine", file), "years of work");
    const before = await contentsOf(at("mine"));
    const refused = await demo("--out", "mine", "--force");
    expect([refused.code, codeOf(refused)]).toEqual([2, "TEN-RESULT-007"]);
    expect(await contentsOf(at("mine"))).toEqual(before);
    await rm(at("mine"), { recursive: true });
  });

  it("that a killed run of an earlier version left is taken", async () => {
    await mkdir(at("killed", ".partial", "tables"), { recursive: true });
    await writeFile(at("killed", ".partial", "pid"), "999999\n");
    await writeFile(at("killed", "manifest.json.partial"), "{}\n");
    expect((await demo("--out", "killed")).code).toBe(0);
    expect((await readdir(at("killed"))).sort()).toEqual(["manifest.json", "tables"]);
  });
});

describe.skipIf(process.platform === "win32")("a signal ends a command that waits for ever", () => {
  const ended = (child: ChildProcess) =>
    new Promise<[number | null, string | null]>((done) => child.on("close", (...how) => done(how as never)));

  it("for a scenario", async () => {
    await promisify(execFile)("mkfifo", [at("pipe.yaml")]);
    const { process: child } = startTenure(["run", "pipe.yaml", "--out", "none"], folder.path);
    // Writing can be opened as soon as the command waits in its reading.
    const file = await open(at("pipe.yaml"), "w");
    child.kill("SIGTERM");
    expect(await ended(child)).toEqual([null, "SIGTERM"]);
    await file.close();
  });
});
