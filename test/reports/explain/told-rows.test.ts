import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openRun } from "../../../recorders/index.js";
import { explainRun } from "../../../reports/explain/run-explanation.js";
import { ToldRows } from "../../../reports/explain/told/told-rows-of.js";
import { derivationsOf } from "../../../reports/index.js";
import { readPositions } from "../../../reports/reading/positions.js";
import { runInProcess } from "../../cli/run-in-process.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-told-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
const EPOCHS = 6;

async function cli(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await runInProcess(args);
  expect([code, err]).toEqual([0, ""]);
  return out;
}

async function recording(name: string, kind: string, head: string, rows: readonly string[], ...more: readonly string[]): Promise<void> {
  const file = join(folder, `${name}.csv`);
  await writeFile(file, [head, ...rows, ""].join("\n"));
  await cli("import", "table", file, "--kind", kind, "--out", join(folder, name), "--addresses", "any", "--quiet", ...more);
}

it("a row counts from the next epoch where it stands exactly at an end, and names what was before", () => {
  const row = { kind: "collateral", stream: "c/collateral", netuid: 1, hotkey: "a", column: null } as const;
  const rows = new ToldRows([
    { ...row, time_ms: 20, value: 3 },
    { ...row, time_ms: 10, value: 5 },
    { ...row, time_ms: 30, value: 8 },
    { ...row, time_ms: 10, hotkey: "b", value: 1 },
  ]);
  expect(rows.inForce(row, 10)).toBeNull();
  expect(rows.inForce(row, 11)).toEqual({ stream: "c/collateral", time_ms: 10, value: 5, before: null });
  expect(rows.inForce(row, 20)?.value).toBe(5);
  expect(rows.inForce({ ...row, netuid: 2 }, 99)).toBeNull();
  expect(rows.moved(row, { startMs: 0, endMs: 31, change: "up" })).toMatchObject({ time_ms: 10, before: null });
  expect(rows.moved(row, { startMs: 11, endMs: 31, change: "down" })).toMatchObject({ time_ms: 20, value: 3, before: 5 });
  expect(rows.moved(row, { startMs: 21, endMs: 30, change: "up" })).toBeNull();
  expect(rows.last(row, { startMs: 21, endMs: 30 })).toBeNull();
  expect(rows.last(row, { startMs: 20, endMs: 30 })?.value).toBe(3);
});

it("names the row of collateral or of a score by which an epoch, and a range of epochs, went", async () => {
  const collateral = [
    { at: 1, hotkey: "m1", value: 10 },
    { at: 1, hotkey: "m2", value: 6 },
    { at: 3 * HOUR, hotkey: "m1", value: 2 },
    { at: 4 * HOUR + 5, hotkey: "m2", value: 12.5 },
  ];
  const scores = [
    { at: 1, hotkey: "m1", value: 3 },
    { at: 1, hotkey: "m2", value: 1 },
    { at: 2 * HOUR + 7, hotkey: "m1", value: 2 },
  ];
  const paid = Array.from({ length: EPOCHS }, (_, epoch) =>
    ["m1", "m2"].map((key) => `${START + (epoch + 1) * HOUR},1,${key},c-${key},miner,2000000000`),
  ).flat();
  await recording("paid", "emission", "time_ms,netuid,hotkey,coldkey,role,amount_rao", paid);
  const amounts = collateral.map(({ at, hotkey, value }) => `${START + at},1,${hotkey},${value * 1e9}`);
  await recording("collateral", "collateral", "time_ms,netuid,hotkey,amount_rao", amounts);
  const scored = scores.map(({ at, hotkey, value }) => `${START + at},1,${hotkey},${value}`);
  await recording("scores", "scores", "time_ms,netuid,hotkey,score", scored);
  const scenario = join(folder, "told.yaml");
  await writeFile(
    scenario,
    `name: told
time: { start: 2026-01-01T00:00:00Z }
streams: [{ recorded: paid, coverage: subnet }, { recorded: scores }, { recorded: collateral }]
emission: redistribute
weights: { from: scores }
stages: [{ gate: { by: collateral, at_least: 8 } }, { curve: { kind: linear } }]
record: { tables: all, every_epochs: 1, stage_weights: every }
`,
  );
  const out = join(folder, "run");
  await cli("run", scenario, "--data", folder, "--out", out, "--no-duckdb", "--quiet");
  const run = await openRun(out);
  /** As the pages of streams say it: the latest row before the end of the epoch. */
  const inForce = (rows: typeof scores, of: string, endMs: number) => {
    const own = rows.filter(({ hotkey, at }) => hotkey === of && START + at < endMs);
    const last = own.at(-1);
    return last === undefined ? undefined : { time_ms: START + last.at, value: last.value, before: own.at(-2)?.value ?? null };
  };
  let named = 0;
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    const endMs = START + epoch * HOUR;
    for (const { hotkey, steps } of await derivationsOf(run, 1, epoch)) {
      const base = steps.find(({ term }) => term === "weight.base");
      expect(base?.row).toEqual({ stream: "scores/scores", ...inForce(scores, hotkey, endMs) });
      expect(base?.value).toBe(base?.row?.value);
      named += 1;
    }
  }
  expect(named).toBe(2 * EPOCHS);

  const args = ["explain", out, "--hotkey"];
  const one = JSON.parse(await cli(...args, "m1", "--epoch", "4", "--json")) as {
    derivation: { steps: { term: string; value: unknown; row?: object }[] };
  };
  const gate = one.derivation.steps.find(({ term }) => term === "stage.1.gate.collateral");
  expect(gate).toMatchObject({ value: 2, row: { stream: "collateral/collateral", ...inForce(collateral, "m1", START + 4 * HOUR) } });
  expect(await cli(...args, "m1", "--epoch", "4")).toContain("(stream collateral/collateral, 2026-01-01 03:00 UTC: 2 after 10)");

  const positions = [...(await readPositions(run)).values()];
  const rangesOf = async (of: string) => {
    const { ranges } = await explainRun(run, positions.find(({ hotkey }) => hotkey === of)?.position ?? -1);
    return ranges.flatMap(({ from_epoch, words, row }) => (row === undefined ? [] : [{ from_epoch, words, row }]));
  };
  expect(await rangesOf("m1")).toEqual([
    {
      from_epoch: 4,
      words: "its collateral fell below 8",
      row: { stream: "collateral/collateral", time_ms: START + 3 * HOUR, value: 2, before: 10 },
    },
  ]);
  expect(await rangesOf("m2")).toEqual([
    {
      from_epoch: 5,
      words: "its collateral reached 8",
      row: { stream: "collateral/collateral", time_ms: START + 4 * HOUR + 5, value: 12.5, before: 6 },
    },
  ]);
  expect(await cli(...args, "m2")).toContain("its collateral reached 8 (stream collateral/collateral, 2026-01-01 04:00 UTC: 12.5 after 6)");

  // A run that is made anew lies beside nothing: its streams are read where those of the first are, or where that is said.
  const brief = join(folder, "brief");
  await cli("run", scenario, "--data", folder, "--out", brief, "--set", "record.stage_weights=last", "--no-duckdb", "--quiet");
  const row = "its collateral reached 8 (stream collateral/collateral, 2026-01-01 04:00 UTC: 12.5 after 6)";
  for (const where of [[], ["--data", folder]]) {
    const again = await cli("explain", brief, "--hotkey", "m2", ...where);
    expect(again).toContain("Ran again");
    expect(again).toContain(row);
    const then = await cli("explain", brief, "--hotkey", "m1", "--epoch", "4", ...where);
    expect(then).toContain("(stream collateral/collateral, 2026-01-01 03:00 UTC: 2 after 10)");
    expect(then).toContain("(stream scores/scores, 2026-01-01 02:00 UTC: 2 after 3)");
  }
  // Where the streams were moved, they are read where --data says, by what was recorded, too.
  const moved = join(folder, "moved");
  await mkdir(moved);
  for (const name of ["paid", "scores", "collateral"]) await rename(join(folder, name), join(moved, name));
  for (const dir of [out, brief]) expect(await cli("explain", dir, "--hotkey", "m2", "--data", moved)).toContain(row);
  // Where the streams are gone, what was recorded is explained all the same.
  expect(await rangesOf("m2")).toEqual([]);
});
