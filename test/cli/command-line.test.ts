import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommandLine } from "../../cli/command-line.js";
import { capturedTerminal, interruption } from "./captured-terminal.js";

async function run(...args: string[]) {
  const terminal = capturedTerminal();
  const code = await runCommandLine(args, terminal, interruption());
  return { code, out: terminal.out, err: terminal.err };
}

const COMMANDS = [
  ["run"],
  ["verify"],
  ["show"],
  ["import", "taostats"],
  ["import", "tao20"],
  ["import", "table"],
  ["index"],
  ["scenarios", "list"],
  ["scenarios", "check"],
  ["scenarios", "new"],
  ["scenarios", "schema"],
];

describe("help", () => {
  it.each(COMMANDS.map((words) => [words.join(" ")]))("of %s has an example and the options that all commands take", async (words) => {
    const { code, out, err } = await run(...words.split(" "), "--help");
    expect(code).toBe(0);
    expect(err).toBe("");
    for (const part of ["Example", `$ tenure ${words}`, "--json", "--quiet"]) expect(out).toContain(part);
  });

  it.each(["import", "scenarios"])("of the group %s has an example", async (group) => {
    expect((await run(group, "--help")).out).toMatch(new RegExp(`Example:\\n {2}\\$ tenure ${group} `));
  });

  it("of the whole lists the commands and the exit codes", async () => {
    const { code, out } = await run("--help");
    expect(code).toBe(0);
    for (const part of ["run", "verify", "show", "import", "scenarios", "Exit codes"]) expect(out).toContain(part);
  });

  it("is shown on stderr with exit code 2 where a command is missing", async () => {
    for (const args of [[], ["import"], ["scenarios"]]) {
      const { code, out, err } = await run(...args);
      expect(code).toBe(2);
      expect(out).toBe("");
      expect(err).toContain("Usage: tenure");
    }
  });
});

it("the version is that of the package", async () => {
  const { version } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
  expect(await run("--version")).toEqual({ code: 0, out: `${version}\n`, err: "" });
});

describe("a command line that is not understood", () => {
  it.each([
    ["runn demo", "unknown command 'runn'", "Did you mean run?"],
    ["run", "missing required argument", "tenure run --help"],
    ["run demo --ot x", "unknown option '--ot'", "--out"],
    ["run demo --seed -1", "--seed", "tenure run --help"],
    ["run demo --seed 1.5", "whole number", "tenure run --help"],
    ["run demo --seed 9007199254740992", "9007199254740991", "tenure run --help"],
    ["run demo --set", "argument missing", "tenure run --help"],
    ["run demo extra", "too many arguments", "tenure run --help"],
    ["show x --hotkey a --position 1", "--position", "tenure show --help"],
    ["show x --hotkey=", "Give a hotkey", "tenure show --help"],
    ["import taostats x --addresses some", "ss58", "tenure import taostats --help"],
    ["import table x.csv", "--kind", "tenure import table --help"],
    ["import table x.csv --kind stake --map amount_rao", "column=field", "tenure import table --help"],
    ["import table x.csv --kind nothing", "stake", "tenure import table --help"],
  ])("%s", async (line, what, hint) => {
    const { code, out, err } = await run(...line.split(" "));
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain("TEN-CLI-001");
    expect(err).toContain(what);
    expect(err).toContain(hint);
  });

  it("is told as JSON with --json", async () => {
    const { code, out, err } = await run("run", "demo", "--nope", "--json");
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(JSON.parse(err).error.code).toBe("TEN-CLI-001");
  });
});

describe("scenarios", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tenure-cli-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("are listed", async () => {
    const { code, out } = await run("scenarios", "list", "--json");
    expect(code).toBe(0);
    const names = JSON.parse(out).map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(["demo", "recorded-miner", "recorded-contract", "recorded-peers", "subnet-year"]));
    const text = await run("scenarios", "list");
    for (const name of names) expect(text.out).toContain(name);
  });

  it("are begun in a new file that is valid, and never over an old one", async () => {
    const file = join(folder, "deep", "mine.yaml");
    expect(await run("scenarios", "new", "mine", "--out", file)).toMatchObject({ code: 0, err: "" });
    expect(await run("scenarios", "check", file, "--json")).toMatchObject({ code: 0, err: "" });
    const before = await readFile(file, "utf8");
    const again = await run("scenarios", "new", "mine", "--out", file);
    expect(again.code).toBe(2);
    expect(again.err).toContain("TEN-CLI-004");
    expect(await readFile(file, "utf8")).toBe(before);
  });

  it("have a schema, printed or written", async () => {
    const { code, out } = await run("scenarios", "schema");
    expect(code).toBe(0);
    expect(JSON.parse(out).properties).toHaveProperty("vesting");
    const file = join(folder, "schema.json");
    expect(await run("scenarios", "schema", "--out", file, "--quiet")).toEqual({ code: 0, out: "", err: "" });
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual(JSON.parse(out));
  });

  it("are refused with all that is wrong, each with its place", async () => {
    const { code, err } = await run(
      "scenarios",
      "check",
      "demo",
      "--json",
      "--set",
      "vesting.retention_target=1.5",
      "--set",
      "vesting.max_multiplier=x",
    );
    expect(code).toBe(2);
    const { error, errors } = JSON.parse(err);
    expect(errors).toHaveLength(2);
    expect(error).toEqual(errors[0]);
    expect(error).toMatchObject({ code: "TEN-SCENARIO-006", found: 1.5 });
  });
});
