import { expect } from "vitest";
import { startTenure, tenure } from "./tenure.js";

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
  const shown = await tenure(["show", out, "--json"], folder);
  expect(shown).toMatchObject({ code: 0, stderr: "" });
}
