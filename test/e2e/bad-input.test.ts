import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { editRun, flipBit } from "../recorders/results/edited-run.js";
import { IMPORT_EMISSION, IMPORT_STAKE, SMALL_SCENARIO, smallSubnet, writeSmallSubnet } from "./small-subnet.js";
import { type Ended, MAIN, tenure, workFolder } from "./tenure.js";
import { tenureHere } from "./tenure-here.js";

let folder: Awaited<ReturnType<typeof workFolder>>;
const at = (...path: string[]) => join(folder.path, ...path);
const run = (...args: string[]) => tenureHere(args, folder.path);

beforeAll(async () => {
  folder = await workFolder();
  await writeSmallSubnet(folder.path);
  for (const command of [IMPORT_EMISSION, IMPORT_STAKE]) expect(await tenure(command, folder.path)).toMatchObject({ code: 0 });
});
afterAll(() => folder.remove());

/** Exit code 2, the code on stderr, nothing on stdout, no stack trace. */
function expectRefusal(ended: Ended, code: RegExp): void {
  expect(ended).toMatchObject({ code: 2, stdout: "" });
  expect(ended.stderr).toMatch(code);
  expect(ended.stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
}

/** What lies in the working folder, by name. */
const entries = async () => (await readdir(folder.path, { recursive: true })).sort();

it("what is not bad runs: the recording of two miners", async () => {
  const args = ["run", "small.yaml", "--data", "recordings", "--out", "runs/small", "--audit", "--quiet"];
  expect(await tenure(args, folder.path)).toMatchObject({ code: 0 });
  expect(await run("verify", "runs/small", "--quiet")).toMatchObject({ code: 0 });
});

describe("a scenario is refused with its line:", () => {
  it.each([
    [
      "an unknown key",
      SMALL_SCENARIO.replace("retention_target", "retention_targt"),
      /TEN-SCENARIO-004.*bad\.yaml:8:3/,
      /retention_target/,
    ],
    ["a wrong type", SMALL_SCENARIO.replace("0.9", "lots"), /TEN-SCENARIO-005.*bad\.yaml:8:/, /lots/],
    ["retention_target 1.5", SMALL_SCENARIO.replace("0.9", "1.5"), /TEN-SCENARIO-006.*bad\.yaml:8:/, /1\.5/],
    ["a negative amount", `${SMALL_SCENARIO}  minimum_stake: -1\n`, /TEN-SCENARIO-\d+.*bad\.yaml:9:/, /-1/],
    ["an amount over 2^53", `${SMALL_SCENARIO}  minimum_stake: 9007199.254740992\n`, /TEN-SCENARIO-\d+.*bad\.yaml:9:/, /9007199/],
    ["a fraction of a rao", `${SMALL_SCENARIO}  minimum_stake: 0.0000000001\n`, /TEN-SCENARIO-\d+.*bad\.yaml:9:/, /decimal/],
    ["no YAML", "name: [small\n", /TEN-SCENARIO-002.*bad\.yaml:/, /./],
  ])("%s", async (_, text, code, words) => {
    await writeFile(at("bad.yaml"), text);
    const before = await entries();
    const ended = await run("run", "bad.yaml", "--data", "recordings", "--out", "runs/bad");
    expectRefusal(ended, code);
    expect(ended.stderr).toMatch(words);
    expect(await entries()).toEqual(before);
  });

  it("a missing file, with the names there are", async () => {
    const ended = await tenure(["run", "dmo", "--out", "runs/bad"], folder.path);
    expectRefusal(ended, /TEN-SCENARIO-001/);
    expect(ended.stderr).toContain("demo");
  });
});

describe("what is a recording or a run is refused as a scenario, once, with what to do:", () => {
  it.each([
    ["recordings/stake/manifest.json", "This is a recording", "tenure scenarios new <name>"],
    ["recordings/stake", "This is a recording", "- recorded: <folder>"],
    ["runs/small/manifest.json", "This is a run", "tenure show <run-dir>"],
    ["runs/small", "This is a run", "tenure import run"],
  ])("%s", async (given, what, remedy) => {
    for (const command of [
      ["run", given, "--out", "runs/bad"],
      ["scenarios", "check", given],
    ]) {
      const ended = await run(...command);
      expectRefusal(ended, /^TEN-SCENARIO-019/);
      expect(ended.stderr.match(/TEN-SCENARIO/g)).toHaveLength(1);
      const words = ended.stderr.replace(/\s+/g, " ");
      expect(words).toContain(what);
      expect(words).toContain(remedy);
    }
  });

  it("also where the manifest is longer than a scenario can be", async () => {
    const manifest = JSON.parse(await readFile(at("recordings/stake/manifest.json"), "utf8"));
    const notes = Array.from({ length: 50_000 }, (_, number) => `a note of some length, number ${number}`);
    await writeFile(at("long.json"), JSON.stringify({ ...manifest, notes }, null, 2));
    expectRefusal(await run("run", "long.json", "--out", "runs/bad"), /^TEN-SCENARIO-019/);
    await rm(at("long.json"));
  });

  it("and a folder of neither is a folder", async () => {
    await mkdir(at("plain"));
    const ended = await run("run", "plain", "--out", "runs/bad");
    expectRefusal(ended, /^TEN-SCENARIO-001/);
    expect(ended.stderr).toContain("It is a folder.");
  });
});

describe("a table is refused with its row, and no recording is left:", () => {
  const { stake } = smallSubnet();
  const [head = "", first = "", second = "", third = ""] = stake;
  const amount = (row: string, text: string) => row.replace(/[^,]*$/, text);

  it.each([
    ["a negative amount", [head, amount(first, "-5")], /TEN-IMPORT-005/],
    ["an amount over 2^53", [head, amount(first, "9007199254740992")], /TEN-IMPORT-005/],
    ["a fraction of a rao", [head, amount(first, "1.5")], /TEN-IMPORT-005/],
    ["rows that are not in order", [head, second, first, third], /TEN-IMPORT-014/],
    ["no rows", [head], /TEN-IMPORT-015/],
  ])("%s", async (_, rows, code) => {
    await writeFile(at("bad.csv"), `${rows.join("\n")}\n`);
    const ended = await run("import", "table", "bad.csv", "--kind", "stake", "--addresses", "any", "--out", "recordings/bad");
    expectRefusal(ended, code);
    expect(await readdir(at("recordings"))).toEqual(["emission", "stake"]);
  });

  it("made-up addresses, with the option that takes them", async () => {
    const ended = await run("import", "table", "stake.csv", "--kind", "stake", "--out", "recordings/bad");
    expectRefusal(ended, /TEN-IMPORT-006/);
    expect(ended.stderr).toContain("--addresses any");
  });

  it("a missing file and an empty folder", async () => {
    await mkdir(at("empty"), { recursive: true });
    expectRefusal(await run("import", "table", "none.csv", "--kind", "stake"), /TEN-IMPORT-001/);
    expectRefusal(await run("import", "taostats", "none"), /TEN-IMPORT-001/);
    expectRefusal(await run("import", "taostats", "empty"), /TEN-IMPORT-002/);
    expectRefusal(await run("import", "tao20", "empty"), /TEN-IMPORT-002/);
  });
});

describe("a recording is refused:", () => {
  let copies = 0;

  /** A copy of the recordings to spoil. */
  async function spoil(change: (recording: string) => Promise<void>): Promise<Ended> {
    const data = `spoiled-${copies++}`;
    await cp(at("recordings"), at(data), { recursive: true });
    await change(at(data, "stake"));
    return run("run", "small.yaml", "--data", data, "--out", "runs/bad");
  }

  async function streamFile(recording: string): Promise<string> {
    const { streams } = JSON.parse(await readFile(join(recording, "manifest.json"), "utf8"));
    return join(recording, streams.stake.files[0].path);
  }

  it("truncated", async () => {
    expectRefusal(await spoil(async (recording) => truncate(await streamFile(recording), 500)), /TEN-STREAM-00[67]/);
  });

  it("with a wrong checksum", async () => {
    const ended = await spoil(async (recording) => {
      const path = await streamFile(recording);
      const bytes = await readFile(path);
      bytes[bytes.length >> 1] ^= 1;
      await writeFile(path, bytes);
    });
    expectRefusal(ended, /TEN-STREAM-006/);
  });

  it("whose file is missing", async () => {
    expectRefusal(await spoil(async (recording) => rm(await streamFile(recording))), /TEN-STREAM-005/);
  });

  it("that is not there", async () => {
    expectRefusal(await run("run", "small.yaml", "--data", "empty", "--out", "runs/bad"), /TEN-STREAM-00[12]/);
  });

  it("and the run leaves nothing behind", async () => expect(await readdir(at("runs"))).toEqual(["small"]));
});

describe("a run is refused:", () => {
  it("a withdrawal of more than there is, with `on_invalid: stop`", async () => {
    const { stake } = smallSubnet();
    const [head = "", first = ""] = stake;
    await writeFile(at("greedy.csv"), `${head}\n${first.replace(/[^,]*$/, "5000000000000")}\n`);
    expect(
      await run("import", "table", "greedy.csv", "--kind", "stake", "--addresses", "any", "--coverage", "subnet", "--out", "greedy/stake"),
    ).toMatchObject({ code: 0 });
    await cp(at("recordings/emission"), at("greedy/emission"), { recursive: true });
    const before = await entries();
    const stopped = await run("run", "small.yaml", "--data", "greedy", "--set", "ledger.on_invalid=stop", "--out", "runs/bad");
    expectRefusal(stopped, /TEN-LEDGER-003/);
    expect(await entries()).toEqual(before);
    const clamped = await run("run", "small.yaml", "--data", "greedy", "--out", "runs/greedy", "--json");
    expect(clamped.code).toBe(0);
    expect(JSON.parse(clamped.stdout).rejections).toMatchObject({ shortfall: 1 });
  });

  it.skipIf(process.platform === "win32")("a full disk", async () => {
    // A limit on the size of a file is the nearest thing to a full disk that needs no privileges.
    const before = await entries();
    const command = `ulimit -f 200; exec "${process.execPath}" "${MAIN}" run demo --out runs/full --json`;
    const failed = await promisify(execFile)("bash", ["-c", command], { cwd: folder.path }).catch(
      (error: { code: number; stderr: string }) => error,
    );
    expect(failed).toMatchObject({ code: 74 });
    expect(JSON.parse(failed.stderr).error.code).toBe("TEN-RESULT-001");
    expect(await entries()).toEqual(before);
  });

  it.each(["show", "verify", "import run"])("a run whose manifest or table was changed, by %s", async (command) => {
    const out = ["--out", "recordings/changed"];
    const ask = (run: string) => tenureHere([...command.split(" "), run, ...(command === "import run" ? out : [])], folder.path);
    await cp(at("runs/small"), at("runs/changed"), { recursive: true });
    await editRun(at("runs/changed"), (manifest) => Object.assign(manifest, { seed: 12 }));
    expectRefusal(await ask("runs/changed"), /TEN-RESULT-013/);
    await rm(at("runs/changed"), { recursive: true });
    await cp(at("runs/small"), at("runs/changed"), { recursive: true });
    await flipBit(at("runs/changed/tables/positions.arrow"));
    const ended = await ask("runs/changed");
    if (command === "verify") expect(ended).toMatchObject({ code: 1, stdout: expect.stringContaining("positions") });
    else expectRefusal(ended, command === "show" ? /TEN-RESULT-006.*positions\.arrow[\s\S]*SHA-256/ : /TEN-(RESULT-006|IMPORT-050)/);
    await rm(at("runs/changed"), { recursive: true });
  });

  it("a folder that is no run", async () => {
    expectRefusal(await run("show", "empty"), /TEN-RESULT-003/);
    expectRefusal(await run("verify", "none"), /TEN-RESULT-003/);
  });
});

it("with --json the refusal is JSON on stderr, with place, value, what is allowed and a hint", async () => {
  const { code, stdout, stderr } = await run(
    "run",
    "small.yaml",
    "--set",
    "vesting.retention_target=1.5",
    "--data",
    "recordings",
    "--json",
  );
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(JSON.parse(stderr).error).toMatchObject({
    code: "TEN-SCENARIO-006",
    found: 1.5,
    place: expect.anything(),
    allowed: expect.stringContaining("1"),
  });
});
