import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { openRun } from "../../recorders/results/index.js";
import { startTenure } from "./tenure.js";

/** Two runs into one folder at the same time: one or both end well, and what the folder holds then is a whole run. */
export async function runTwoAtOnce(folder: string, out: string): Promise<void> {
  const args = ["run", "demo", "--set", "time.days=3", "--no-duckdb", "--out", out, "--json"];
  const ended = await Promise.all([startTenure(args, folder).ended, startTenure(args, folder).ended]);
  const failed = ended.filter(({ code }) => code !== 0);
  expect(failed.length).toBeLessThan(2);
  for (const { code, stderr } of failed) {
    expect(code).toBe(2);
    expect(JSON.parse(stderr).error.code).toBe("TEN-RESULT-008");
  }
  const run = await openRun(join(folder, out));
  for (const table of run.tables) {
    let rows = 0;
    for await (const batch of run.readTable(table)) rows += batch.rows;
    expect(rows).toBe(run.manifest.tables[table]?.rows);
  }
  expect((await readdir(join(folder, out))).sort()).toEqual(["manifest.json", "tables"]);
}
