import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
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
  ["explain"],
  ["sql"],
  ["compare"],
  ["report"],
  ["guard", "run"],
  ["guard", "review"],
  ["tune"],
  ["merge"],
  ["studies", "list"],
  ["studies", "show"],
  ["studies", "apply"],
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
    expect(out.replace(/\s+/g, " ")).toMatch(
      /Exit codes: 0 fine, 1 a check failed, 2 bad input, 70 a bug, 74 output that cannot be written, 130 interrupted by Ctrl-C, 143 by SIGTERM\. $/,
    );
    expect(out.match(/Exit codes/g)).toHaveLength(1);
  });

  it.each(["import", "scenarios", "studies", "guard"])("of the group %s has an example", async (group) => {
    expect((await run(group, "--help")).out).toMatch(new RegExp(`Example:\\n {2}\\$ tenure ${group} `));
  });

  it("of the whole lists the commands and the exit codes", async () => {
    const { code, out } = await run("--help");
    expect(code).toBe(0);
    for (const part of ["run", "verify", "show", "tune", "studies", "import", "scenarios", "Exit codes"]) expect(out).toContain(part);
  });

  it("is shown on stderr with exit code 2 where a command is missing", async () => {
    for (const args of [[], ["import"], ["scenarios"], ["studies"], ["guard"]]) {
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
  it.each<[string, string, unknown, string | RegExp, string]>([
    [
      "runn demo",
      "TEN-CLI-020",
      "runn",
      /^run, merge, verify, show, explain, sql, compare, report, guard, tune, studies, import, record, index, scenarios/,
      "Did you mean run? See: tenure --help",
    ],
    ["studies lst", "TEN-CLI-020", "lst", /^list, show, apply/, "Did you mean list? See: tenure studies --help"],
    ["import tables", "TEN-CLI-020", "tables", /^taostats, tao20, table/, "Did you mean table? See: tenure import --help"],
    ["\u001b[2J", "TEN-CLI-020", "\u001b[2J", /scenarios/, "See: tenure --help"],
    ["--what", "TEN-CLI-021", "--what", /--version/, "See: tenure --help"],
    ["run demo --ot x", "TEN-CLI-021", "--ot", /--out, .*--json/, "Did you mean --out? See: tenure run --help"],
    ["run demo --ot=x", "TEN-CLI-021", "--ot=x", /--out/, "See: tenure run --help"],
    ...["--data x", "--data=x"].flatMap((given): [string, string, unknown, RegExp, string][] => [
      [
        `scenarios check demo ${given}`,
        "TEN-CLI-021",
        given.split(" ")[0],
        /--set/,
        "A check reads no recordings; `tenure run` does, and takes --data. See: tenure scenarios check --help",
      ],
      [
        `show runs/x ${given}`,
        "TEN-CLI-021",
        given.split(" ")[0],
        /--hotkey/,
        "It shows what the run wrote and reads no recordings; `tenure run` and `tenure verify` do, and take --data. See: tenure show --help",
      ],
    ]),
    ["run", "TEN-CLI-022", "no <scenario>", /^<scenario>: a scenario file/, "See: tenure run --help"],
    ["run demo --set", "TEN-CLI-023", "no value", /^--set <path=value>: /, "See: tenure run --help"],
    ["import table x.csv", "TEN-CLI-024", "no --kind", /^--kind <kind>: .*stake/, "See: tenure import table --help"],
    ["index x", "TEN-CLI-024", "no --date", /^--date <day>: day of/, "See: tenure index --help"],
    ["show x --hotkey a --position 1", "TEN-CLI-025", "--position and --hotkey", "--position or --hotkey", "See: tenure show --help"],
    ["run demo --seed -1", "TEN-CLI-026", "-1", "a whole number from 0 to 9007199254740991", "See: tenure run --help"],
    ["run demo --seed 1.5", "TEN-CLI-026", "1.5", /whole number/, "See: tenure run --help"],
    ["run demo --seed 9007199254740992", "TEN-CLI-026", "9007199254740992", /9007199254740991/, "See: tenure run --help"],
    ["show x --hotkey=", "TEN-CLI-026", "", "a hotkey, a part of one, or a coldkey", "See: tenure show --help"],
    ["index x --date 2025-02-30", "TEN-CLI-026", "2025-02-30", /2025-10-12/, "See: tenure index --help"],
    ["index x --size 0", "TEN-CLI-026", "0", "a whole number from 1 to 65535", "See: tenure index --help"],
    ["record --netuid 65536", "TEN-CLI-026", "65536", "a whole number from 0 to 65535", "See: tenure record --help"],
    ["record --endpoint http://a", "TEN-CLI-026", "http://a", /wss:/, "See: tenure record --help"],
    ["record --request-timeout 3000000", "TEN-CLI-026", "3000000", /1 to 86400/, "See: tenure record --help"],
    ["import taostats x --addresses some", "TEN-CLI-026", "some", "one of ss58, any", "See: tenure import taostats --help"],
    ["import table x.csv --kind stake --map amount_rao", "TEN-CLI-026", "amount_rao", /column=field/, "See: tenure import table --help"],
    ...["amount_rao=", "=rao", "amount_rao=a=b", "amount_rao=a,", "amount_rao=a,amount_rao=b", "amount_rao=a --map amount_rao=b"].map(
      (map): [string, string, unknown, RegExp, string] => [
        `import table x.csv --kind stake --map ${map}`,
        "TEN-CLI-026",
        map.split(" ").at(-1),
        /column=field|each column once; amount_rao is given twice/,
        "See: tenure import table --help",
      ],
    ),
    ["import table x.csv --kind stake --map=", "TEN-CLI-026", "", /column=field/, "See: tenure import table --help"],
    ["import table x.csv --kind stake --map", "TEN-CLI-023", "no value", /--map/, "See: tenure import table --help"],
    ["import table x.csv --kind stake --const netuid", "TEN-IMPORT-021", "netuid", /<column>=<value>/, "--const netuid=64"],
    ["import table x.csv --kind stake --const netuid=", "TEN-IMPORT-021", "netuid=", /neither of them empty/, "--const netuid=64"],
    ["import table x.csv --kind stake --const netuid=1 --const netuid=1", "TEN-IMPORT-021", "netuid=1", /one --const/, "Keep one"],
    ["import table x.csv --kind stake --value action=added", "TEN-IMPORT-021", "action=added", /<text in the file>/, "--value action:"],
    ["import table x.csv --kind stake --unit gold", "TEN-CLI-026", "gold", "one of rao, alpha, tao", "See: tenure import table --help"],
    ["import table x.csv --kind stake --negative up", "TEN-CLI-026", "up", /one of added, removed/, "See: tenure import table --help"],
    ["import table x.csv --kind stake --coverage half", "TEN-CLI-026", "half", "one of subnet, partial", "See: tenure import table --help"],
    ["import table x.csv --kind stake --addresses x", "TEN-CLI-026", "x", "one of ss58, any", "See: tenure import table --help"],
    ["import table x.csv --kind stake --block-time 12 --block-zero 0", "TEN-IMPORT-021", "12", /12s/, "every 12s"],
    ["import table x.csv --kind stake --block-zero 0", "TEN-IMPORT-021", "--block-zero alone", /together/, "Add --block-time"],
    ["import table x.csv --kind stake --out=", "TEN-CLI-026", "", /a path/, "See: tenure import table --help"],
    ["import table x.csv --kind stake --into=", "TEN-CLI-026", "", /a path/, "See: tenure import table --help"],
    [
      "import table x.csv --kind stake --into a --out b",
      "TEN-CLI-025",
      "--into and --out",
      "--into or --out",
      "See: tenure import table --help",
    ],
    ["import run x --out=", "TEN-CLI-026", "", /a path/, "See: tenure import run --help"],
    ["import run x --coverage half", "TEN-CLI-026", "half", "one of subnet, partial", "See: tenure import run --help"],
    ...["x", "-1", "1.5", "65536", ""].map((netuid): [string, string, unknown, string, string] => [
      `import taostats x --netuid=${netuid}`,
      "TEN-CLI-026",
      netuid,
      "a whole number from 0 to 65535",
      "See: tenure import taostats --help",
    ]),
    ["import table x.csv --kind nothing", "TEN-CLI-026", "nothing", /stake/, "See: tenure import table --help"],
    ["run demo extra more", "TEN-CLI-027", ["extra", "more"], "<scenario>", "See: tenure run --help"],
    ...["0", "-1", "1.5", "9..7", "1e3", "9007199254740992", "1..2..3", ""].map((text): [string, string, unknown, RegExp, string] => [
      `run demo --replicates=${text}`,
      "TEN-CLI-026",
      text,
      /^how many, from 1 to 100000, or a range such as 7..9/,
      "See: tenure run --help",
    ]),
    ...["0/2", "3/2", "a/b", "2"].map((text): [string, string, unknown, RegExp, string] => [
      `run demo --replicates 4 --shard ${text}`,
      "TEN-CLI-026",
      text,
      /^i\/n, such as 2\/4/,
      "See: tenure run --help",
    ]),
    ["run demo --replicates 4 --jobs 0", "TEN-CLI-026", "0", "a whole number from 1 to 256", "See: tenure run --help"],
    ["run demo --replicates 4 --jobs 1000", "TEN-CLI-026", "1000", "a whole number from 1 to 256", "See: tenure run --help"],
    ["run demo --replicates 4 --replicate 1", "TEN-CLI-025", "--replicates and --replicate", /--replicate/, "See: tenure run --help"],
    ["run demo --replicates 4 --set replicate=2", "TEN-STUDY-016", "replicate=2", /--replicates/, "--replicates 7..7"],
    ["run demo --jobs 2", "TEN-STUDY-017", "no --replicates", "beside --replicates", "--replicates 100"],
    ["run demo --shard 1/2", "TEN-STUDY-017", "no --replicates", "beside --replicates", "--replicates 100"],
    ["merge a b", "TEN-CLI-024", "no --out", /folder/, "See: tenure merge --help"],
    ["merge --out x", "TEN-CLI-022", "no <dirs>", /folders/, "See: tenure merge --help"],
    ["scenarios list extra", "TEN-CLI-027", ["extra"], "none", "See: tenure scenarios list --help"],
    ["record --follow --endpoint ws://a --netuid 1 --from 1 --to 2", "TEN-CLI-006", "2", /head/, "Leave --to out"],
    ["record", "TEN-CLI-005", /no --endpoint/, /--netuid/, "See: tenure record --help"],
  ])("%j is refused with %s, the value, what is allowed and a hint", async (line, code, found, allowed, hint) => {
    const args = line.split(" ");
    const begin = args.findIndex((word, at) => at > 0 && word.startsWith("--"));
    const [words, options] = begin < 0 ? [args, []] : [args.slice(0, begin), args.slice(begin)];
    const json = await run(...words, "--json", ...options);
    expect(json).toMatchObject({ code: 2, out: "" });
    const { error, errors } = JSON.parse(json.err);
    expect(errors).toEqual([error]);
    expect(Object.keys(error)).toEqual(["code", "what", "place", "found", "allowed", "hint"]);
    expect(error.code).toBe(code);
    if (found instanceof RegExp) expect(error.found).toMatch(found);
    else expect(error.found).toEqual(found);
    expect(error.allowed).toMatch(allowed);
    expect(error.hint).toContain(hint);
    const text = await run(...args);
    expect(text).toMatchObject({ code: 2, out: "" });
    for (const part of [code, `allowed: ${error.allowed}`, `hint:    ${error.hint}`]) expect(text.err).toContain(part);
  });

  it.each([[[]], [["import"]], [["scenarios"]]])("names the commands where one is missing and a program reads: %j", async (words) => {
    const { code, out, err } = await run(...words, "--json");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(JSON.parse(err).error).toMatchObject({ code: "TEN-CLI-028", found: "--json", allowed: expect.stringContaining("l") });
  });

  it("is never anything but a refusal with all its parts, whatever the words", async () => {
    const word = fc.oneof(
      fc.constantFrom(
        "run",
        "show",
        "import",
        "table",
        "index",
        "record",
        "check",
        "scenarios",
        "list",
        "--seed",
        "--limit",
        "--kind",
        "--date",
        "--",
        "-x",
      ),
      fc.string({ unit: "binary", maxLength: 6 }).map((text) => `--${text}`),
    );
    await fc.assert(
      // The last word is an option that no command has: nothing is ever run.
      fc.asyncProperty(fc.array(word, { maxLength: 5 }), async (words) => {
        const { code, out, err } = await run(...words.filter((word) => word !== "--"), "--json", "--no-such-option");
        expect({ code, out }).toEqual({ code: 2, out: "" });
        const { error } = JSON.parse(err);
        expect(error).toEqual({
          code: expect.stringMatching(/^TEN-CLI-02\d$/),
          what: expect.any(String),
          place: error.place,
          found: expect.anything(),
          allowed: expect.any(String),
          hint: expect.stringContaining("See: tenure"),
        });
      }),
      { numRuns: 40 },
    );
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
