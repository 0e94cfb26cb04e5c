import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { tenure, workFolder } from "./tenure.js";
import { tenureHere } from "./tenure-here.js";

let folder: Awaited<ReturnType<typeof workFolder>>;
const run = (...args: string[]) => tenureHere(args, folder.path);
const calibrate = (...args: string[]) => run("scenarios", "calibrate", ...args);

beforeAll(async () => {
  folder = await workFolder();
  const sets = ["time.days=20", "record.tables=all"].flatMap((set) => ["--set", set]);
  expect(await run("run", "weekly-sellers", ...sets, "--no-duckdb", "--quiet")).toMatchObject({ code: 0 });
  expect(await run("import", "run", "runs/weekly-sellers", "--quiet")).toMatchObject({ code: 0 });
});
afterAll(() => folder.remove());

const RECORDING = "recordings/weekly-sellers";
const POOL = ["--pool", "10000,200000"];

it("writes a scenario, says how well it fits, and that scenario runs", async () => {
  const { code, stdout, stderr } = await tenure(["scenarios", "calibrate", RECORDING, ...POOL], folder.path);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("Wrote weekly-sellers-calibrated.yaml");
  expect(stdout).toMatch(/^hold +28 /m);
  expect(stdout).toMatch(/^sell_schedule +100 /m);
  expect(stdout).toMatch(/^pay shares: largest difference +\d+\.\d\d % \(miner-\d+\) +0\.00 %/m);
  expect(stdout).toContain("Try: npx tenure run weekly-sellers-calibrated.yaml\n");
  const text = await readFile(join(folder.path, "weekly-sellers-calibrated.yaml"), "utf8");
  expect(text).toContain("strategy: { kind: sell_schedule, every: 7 d, weekday: monday, at: 0 s, share: 1 }");
  expect(text).toContain("mondays-96 of mondays-96: paid ");
  expect(await run("scenarios", "check", "weekly-sellers-calibrated.yaml")).toMatchObject({ code: 0 });
  const under = ["--set", "vesting.mode=on", "--set", "vesting.max_multiplier=2"];
  expect(await run("run", "weekly-sellers-calibrated.yaml", ...under, "--no-duckdb", "--json")).toMatchObject({ code: 0 });
});

it("tells the same as JSON, and nothing where it is to be quiet", async () => {
  const { code, stdout } = await calibrate(RECORDING, ...POOL, "--out", "sub/mine.yaml", "--name", "mine", "--miners", "10", "--json");
  expect(code).toBe(0);
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({
    out: "sub/mine.yaml",
    name: "mine",
    data: null,
    netuid: 30,
    epochs: 400,
    tempo: 360,
    market: "pool",
    others: { count: 118 },
    fit: { recorded: { paid_rao: "59040000000000" }, without_luck: { largest_share_difference: expect.any(Number) } },
  });
  expect(report.miners).toHaveLength(10);
  expect(report.miners[0]).toMatchObject({ hotkey: expect.any(String), strategy: { kind: expect.any(String) }, left: null });
  const quiet = await calibrate(RECORDING, ...POOL, "--out", "quiet.yaml", "--quiet");
  expect(quiet).toEqual({ code: 0, stdout: "", stderr: "" });
  const unchecked = await calibrate(RECORDING, ...POOL, "--out", "unchecked.yaml", "--no-check", "--json");
  expect(JSON.parse(unchecked.stdout)).toMatchObject({ fit: null });
});

it("writes the same bytes again, and over no file", async () => {
  await mkdir(join(folder.path, "twice"));
  const made = async (name: string) => {
    expect(await calibrate(RECORDING, ...POOL, "--out", `twice/${name}.yaml`, "--name", "twice", "--quiet")).toMatchObject({ code: 0 });
    return (await readFile(join(folder.path, "twice", `${name}.yaml`), "utf8")).replace(`twice/${name}.yaml`, "");
  };
  expect(await made("a")).toBe(await made("b"));
  await writeFile(join(folder.path, "there.yaml"), "mine");
  const { code, stderr } = await calibrate(RECORDING, ...POOL, "--out", "there.yaml");
  expect(code).toBe(2);
  expect(stderr).toContain("TEN-CLI-004");
  expect(await readFile(join(folder.path, "there.yaml"), "utf8")).toBe("mine");
});

it.each([
  { args: ["no-such"], code: "TEN-CALIBRATE-008" },
  { args: ["runs/weekly-sellers"], code: "TEN-STREAM-003" },
  { args: [RECORDING], code: "TEN-CALIBRATE-004" },
  { args: [RECORDING, ...POOL, "--netuid", "31"], code: "TEN-CALIBRATE-002" },
  { args: [RECORDING, ...POOL, "--from", "2027-01-01"], code: "TEN-CALIBRATE-005" },
  { args: [RECORDING, ...POOL, "--from", "soon"], code: "TEN-CALIBRATE-007" },
  { args: [RECORDING, "--pool", "0,1"], code: "TEN-CLI-026" },
  { args: [RECORDING, "--pool", "1,2,3"], code: "TEN-CLI-026" },
  { args: [RECORDING, ...POOL, "--name", "no name"], code: "TEN-SCENARIO-006" },
  { args: ["tao20-crash"], code: "TEN-CALIBRATE-001" },
])("refuses $args with $code", async ({ args, code }) => {
  const { code: exit, stdout, stderr } = await calibrate(...args, "--out", "refused.yaml");
  expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" });
  expect(stderr).toContain(code);
  await expect(readFile(join(folder.path, "refused.yaml"))).rejects.toThrow();
});
