import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommandLine } from "../../cli/command-line.js";
import { IMPORT_STAKE, writeSmallSubnet } from "../e2e/small-subnet.js";
import { capturedTerminal, interruption } from "./captured-terminal.js";

let folder: string;
const at = (...path: string[]) => join(folder, ...path);
const LONG = "x".repeat(256);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-paths-"));
  await writeSmallSubnet(folder);
  await mkdir(at("folder"));
  await writeFile(at("file"), "x");
  await symlink("nothing", at("dangling"));
  await symlink("loop", at("loop"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Refused {
  readonly code: string;
  readonly found: unknown;
  readonly allowed: string | null;
  readonly hint: string | null;
}

/** The refusal of a command line, which must be one of bad input. */
async function refused(args: readonly string[]): Promise<Refused> {
  const terminal = capturedTerminal();
  const code = await runCommandLine([...args, "--json"], terminal, interruption());
  expect({ code, out: terminal.out }, terminal.err).toEqual({ code: 2, out: "" });
  return JSON.parse(terminal.err).error;
}

const [, , , ...stake] = IMPORT_STAKE.slice(0, -2);
const importStake = () => ["import", "table", at("stake.csv"), ...stake];

const entries = async () => (await readdir(folder, { recursive: true })).sort();

/** Every command that makes a folder or a file, up to the path. */
const WRITING: readonly (readonly [string, () => string[]])[] = [
  ["run", () => ["run", at("small.yaml"), "--out"]],
  ["import table", () => [...importStake(), "--out"]],
  ["import table --into", () => [...importStake(), "--into"]],
  ["record", () => ["record", "--endpoint", "ws://127.0.0.1:9", "--netuid", "1", "--from", "1", "--out"]],
  ["scenarios new", () => ["scenarios", "new", "x", "--out"]],
  ["scenarios schema", () => ["scenarios", "schema", "--out"]],
];

/** Every command that reads a file or a folder, up to the path. */
const READING: readonly (readonly [string, () => string[], "file" | "folder"])[] = [
  ["run", () => ["run"], "file"],
  ["run --data", () => ["run", at("small.yaml"), "--out", at("out"), "--data"], "folder"],
  ["verify", () => ["verify"], "folder"],
  ["verify --data", () => ["verify", at("folder"), "--data"], "folder"],
  ["show", () => ["show"], "folder"],
  ["explain", () => ["explain", "--hotkey", "x"], "folder"],
  ["report", () => ["report"], "folder"],
  ["guard run", () => ["guard", "run"], "file"],
  ["import run", () => ["import", "run", "--out", at("out")], "folder"],
  ["import table", () => ["import", "table", "--kind", "stake", "--out", at("out")], "file"],
  ["import tao20", () => ["import", "tao20", "--out", at("out")], "folder"],
  ["import taostats", () => ["import", "taostats", "--out", at("out")], "folder"],
  ["record check", () => ["record", "check"], "folder"],
  ["record runtime", () => ["record", "runtime"], "file"],
  ["index", () => ["index", "--date", "2025-01-01"], "folder"],
  ["scenarios check", () => ["scenarios", "check"], "file"],
];

describe("a path that cannot be written to, of", () => {
  it.each(WRITING)("%s, is bad input, with what is allowed and a hint; nothing is touched", async (_, command) => {
    const before = await entries();
    const paths = ["dangling/x", "loop/x", LONG, `folder/${LONG}/x`, `none/${LONG}/x`, `folder/${"none/".repeat(900)}`];
    for (const path of paths) {
      const { code, found, allowed, hint } = await refused([...command(), at(path)]);
      expect(code, path).toMatch(/^TEN-(RESULT-014|STREAM-044|CLI-011)$/);
      expect([typeof found, typeof allowed, typeof hint], path).toEqual(["string", "string", "string"]);
      expect(hint, path).toContain("--out");
    }
    for (const path of ["dangling", "loop", "file", "file/x", "file/x/y"]) {
      const { code, found, allowed, hint } = await refused([...command(), at(path)]);
      expect(code, path).toMatch(/^TEN-(RESULT-014|STREAM-044|RESULT-007|STREAM-016|CLI-004|CLI-011|IMPORT-026)$/);
      expect([typeof found, typeof allowed, typeof hint], path).toEqual(["string", "string", "string"]);
    }
    expect(await entries()).toEqual(before);
  });
});

it.each(WRITING.slice(0, 4))("%s makes no folder of a name that runs and recordings keep for themselves", async (_, command) => {
  const before = await entries();
  for (const path of ["folder/.partial", "folder/.finished", ".lock", "folder/.partial/x"]) {
    const { code, found } = await refused([...command(), at(path)]);
    expect([code, found]).toEqual([
      expect.stringMatching(/^TEN-(RESULT-014|STREAM-044)$/),
      expect.stringMatching(/^\.(partial|finished|lock), a name/),
    ]);
  }
  expect(await entries()).toEqual(before);
});

describe("a path that cannot be read, of", () => {
  it.each(READING)("%s, is bad input, with what was found and what is allowed", async (_, command, kind) => {
    const before = await entries();
    for (const path of ["none", "dangling", "loop", "file/x", LONG, kind === "file" ? "folder" : "file"]) {
      const { code, allowed, hint } = await refused([...command(), at(path)]);
      expect(code, path).toMatch(/^TEN-(SCENARIO-001|STREAM-00[12]|RESULT-00[23]|IMPORT-0(01|19)|CHAIN-042|CLI-002)$/);
      expect([typeof allowed, typeof hint], `${code} ${path}`).toEqual(["string", "string"]);
    }
    expect(await entries()).toEqual(before);
  });
});

describe("a path of no name, or with a NUL character, of", () => {
  it.each([...WRITING, ...READING].map(([name, command]) => [name, command] as const))(
    "%s, names the option and what is allowed",
    async (_, command) => {
      for (const path of ["", "a\0b"]) {
        expect(await refused([...command(), path])).toMatchObject({
          code: "TEN-CLI-026",
          found: path,
          allowed: expect.stringContaining("a path"),
          hint: expect.stringContaining("--help"),
        });
      }
    },
  );
});
