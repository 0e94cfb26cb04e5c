import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type ChainProcess, startChainProcess } from "../chain/chain-process.js";
import { runtimeOf } from "../chain/metadata/runtime.js";
import { IMPORT_EMISSION, IMPORT_STAKE, writeSmallSubnet } from "../e2e/small-subnet.js";
import { type Ended, MAIN, ROOT, tenure, workFolder } from "../e2e/tenure.js";
import { contentsOf } from "../recorders/temporary-folder.js";

// Many processes a test.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const STACK = /^\s+at .*:\d+:\d+\)?$/m;

let folder: Awaited<ReturnType<typeof workFolder>>;
let chain: ChainProcess;
const at = (...path: string[]) => join(folder.path, ...path);

beforeAll(async () => {
  folder = await workFolder();
  chain = await startChainProcess(join(ROOT, "dist/test/chain/main.js"), ["--blocks", "400"]);
  await writeSmallSubnet(folder.path);
  await writeFile(at("metadata.hex"), runtimeOf(424).metadata);
  const made = [
    [...IMPORT_EMISSION],
    [...IMPORT_STAKE],
    ["run", "small.yaml", "--data", "recordings", "--set", "record.tables=all", "--no-duckdb", "--out", "done"],
    [...record("recorded")],
  ];
  for (const args of made) expect(await tenure(args, folder.path), args.join(" ")).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await chain?.stop();
  await folder.remove();
});

function record(out: string): readonly string[] {
  return ["record", "--endpoint", chain.url, "--netuid", "30", "--from", "1", "--to", "400", "--out", out];
}

/** Runs a command in a shell: with what stands before it, and its streams sent elsewhere. */
async function inShell(args: readonly string[], { before = "", streams = "" }: { before?: string; streams?: string }): Promise<Ended> {
  const child = spawn("sh", ["-c", `${before} exec "$0" "$@" ${streams}`, process.execPath, MAIN, ...args], {
    cwd: folder.path,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text) => {
    stdout += text;
  });
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  return new Promise((done) => child.on("close", (code) => done({ code, stdout, stderr })));
}

/** Commands that end well and say something on stdout. */
const SAYING: readonly (readonly [string, () => readonly string[]])[] = [
  ["--version", () => ["--version"]],
  ["run", () => ["run", "small.yaml", "--data", "recordings", "--no-duckdb", "--out", "said-run"]],
  ["verify", () => ["verify", "done"]],
  ["show", () => ["show", "done"]],
  ["import table", () => [...IMPORT_STAKE.slice(0, -1), "said-table"]],
  ["import run", () => ["import", "run", "done", "--out", "said-import"]],
  ["record", () => record("said-record")],
  ["record --dry-run", () => [...record("said-none"), "--dry-run"]],
  ["record check", () => ["record", "check", "recorded"]],
  ["record runtime", () => ["record", "runtime", "metadata.hex"]],
  ["scenarios list", () => ["scenarios", "list"]],
  ["scenarios check", () => ["scenarios", "check", "demo"]],
  ["scenarios new", () => ["scenarios", "new", "said-new"]],
  ["scenarios schema", () => ["scenarios", "schema"]],
  ["help", () => ["import", "taostats", "--help"]],
];

/** Every command, with something it refuses. */
const REFUSING: readonly (readonly string[])[] = [
  ["run", "none"],
  ["verify", "none"],
  ["show", "none"],
  ["import", "table", "none.csv", "--kind", "stake"],
  ["import", "run", "none"],
  ["import", "taostats", "none"],
  ["import", "tao20", "none"],
  ["record"],
  ["record", "check", "none"],
  ["record", "runtime", "none"],
  ["index", "none", "--date", "2025-10-12"],
  ["scenarios", "check", "none"],
  ["scenarios", "new", "no name"],
  ["scenarios", "list", "more"],
];

/** Commands that write a folder or a file, and its name. */
const WRITING: readonly (readonly [string, string, () => readonly string[]])[] = [
  ["run", "full-run", () => ["run", "small.yaml", "--data", "recordings", "--no-duckdb", "--out", "full-run"]],
  ["run with DuckDB", "full-duckdb", () => ["run", "small.yaml", "--data", "recordings", "--out", "full-duckdb"]],
  ["import table", "full-table", () => [...IMPORT_STAKE.slice(0, -1), "full-table"]],
  ["import run", "full-import", () => ["import", "run", "done", "--out", "full-import"]],
  ["record", "full-record", () => record("full-record")],
  ["scenarios new", "full-new.yaml", () => ["scenarios", "new", "full-new"]],
  ["scenarios schema", "full-schema.json", () => ["scenarios", "schema", "--out", "full-schema.json"]],
];

describe.skipIf(!existsSync("/dev/full"))("exit 74 where stdout takes nothing, of", () => {
  it.each(SAYING)("%s, with a code and what was written whole", async (_, command) => {
    const { code, stdout, stderr } = await inShell(command(), { streams: ">/dev/full" });
    expect({ code, stdout }, stderr).toEqual({ code: 74, stdout: "" });
    expect(stderr).toMatch(/TEN-CLI-007/);
    expect(stderr).not.toMatch(STACK);
  });

  it("and the folders that were made meanwhile are whole", async () => {
    expect(await tenure(["verify", "said-run", "--data", "recordings", "--quiet"], folder.path)).toMatchObject({ code: 0 });
    expect(await contentsOf(at("said-table"))).toEqual(await contentsOf(at("recordings/stake")));
    expect(await contentsOf(at("said-record"))).toEqual(await contentsOf(at("recorded")));
    expect(await tenure(["scenarios", "check", "said-new.yaml"], folder.path)).toMatchObject({ code: 0 });
    expect(existsSync(at("said-none"))).toBe(false);
  });
});

describe.skipIf(!existsSync("/dev/full"))("exit 74 where stderr takes nothing, of what is refused by", () => {
  it.each(REFUSING.map((args) => [args.join(" "), args] as const))("%s", async (_, args) => {
    const { code, stdout } = await inShell(args, { streams: "2>/dev/full" });
    expect({ code, stdout }).toEqual({ code: 74, stdout: "" });
  });
});

describe.skipIf(process.platform === "win32")("exit 74 where no file takes anything, of", () => {
  it.each(WRITING)("%s, with a code; nothing is left that could be taken for whole", async (_, out, command) => {
    const before = (await readdir(folder.path)).sort();
    // Nothing at all, and the beginning of each file.
    for (const limit of out === "full-run" ? [0, 1] : [1]) {
      const ended = await inShell([...command(), "--json"], { before: `ulimit -f ${limit};` });
      expect(ended, `limit ${limit}`).toMatchObject({ code: 74, stdout: "" });
      expect(JSON.parse(ended.stderr).error.code).toMatch(/^TEN-(RESULT-001|RESULT-011|STREAM-017|CLI-008)$/);
      expect(ended.stderr).not.toMatch(STACK);
      expect((await readdir(folder.path)).sort()).toEqual(before);
    }
  });

  it("and an earlier result stays as it was", async () => {
    const kept: readonly (readonly [string, readonly string[]])[] = [
      ["done", ["run", "small.yaml", "--data", "recordings", "--set", "record.tables=all", "--no-duckdb", "--out", "done"]],
      ["recordings/stake", IMPORT_STAKE],
    ];
    for (const [out, args] of kept) {
      const before = await contentsOf(at(out));
      expect(await inShell(args, { before: "ulimit -f 0;" }), out).toMatchObject({ code: 74 });
      expect(await contentsOf(at(out))).toEqual(before);
    }
  });
});
