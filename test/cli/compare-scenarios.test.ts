import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { IMPORT_EMISSION, IMPORT_STAKE, writeSmallSubnet } from "../e2e/small-subnet.js";
import { runInProcess } from "./run-in-process.js";

let folder: string;
const at = (...path: string[]) => join(folder, ...path);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-compare-"));
  await writeSmallSubnet(folder);
  for (const [, , csv, ...args] of [IMPORT_EMISSION, IMPORT_STAKE]) {
    const { code, err } = await runInProcess(["import", "table", at(csv), ...args.slice(0, -1), at(args.at(-1) ?? ""), "--quiet"]);
    expect(code, err).toBe(0);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("two scenarios without random numbers are run once each, and their difference is exact", async () => {
  const small = at("small.yaml");
  const sides = [small, small, "--data", at("recordings"), "--set-b", "vesting.retention_target=0.5", "--replicates", "50", "--jobs", "1"];
  const { code, out, err } = await runInProcess(["compare", ...sides, "--no-duckdb", "--out", at("recorded"), "--json"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const report = JSON.parse(out);
  expect(report).toMatchObject({ pairs: [0], random: [], duckdb: null });
  const verdicts = new Set(report.figures.map(({ difference }: { difference: { verdict: string } }) => difference.verdict));
  expect([...verdicts].sort()).toEqual(["exact", "same"]);
  for (const { difference } of report.figures) expect(difference.interval).toBeNull();
  for (const command of ["explain", "show"]) {
    const one = await runInProcess([command, at("recorded"), "--hotkey", "a", "--json"]);
    expect([one.code, JSON.parse(one.err).error]).toMatchObject([2, { code: "TEN-REPORT-054", found: "a comparison" }]);
    expect(JSON.parse(one.err).error.hint).toContain(join("recorded", "a"));
  }
  const text = await runInProcess(["compare", ...sides, "--no-duckdb", "--out", at("recorded")], 80);
  expect(text.out).toContain("drawn at random");
  expect(text.out.split("\n").filter((line) => line.length > 80 && !line.includes(folder))).toEqual([]);
});
