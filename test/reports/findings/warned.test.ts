import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ACCIDENTS } from "../../../engine/index.js";
import { openRun } from "../../../recorders/index.js";
import { CHECKS } from "../../../reports/findings/registry.js";
import { WARNED, warnedFindings } from "../../../reports/findings/run/warned.js";
import { runFindings } from "../../../reports/findings/run-findings.js";
import { runInProcess } from "../../cli/run-in-process.js";
import { workFolder } from "../../e2e/tenure.js";

let folder: Awaited<ReturnType<typeof workFolder>>;
beforeAll(async () => {
  folder = await workFolder();
});
afterAll(() => folder.remove());

const MINERS = Array.from({ length: 6 }, (_, at) => `peers/miner-00${at}`);

/** Codes of the findings of a run, with what is said. */
async function foundIn(name: string, collateral: number, score: number, gate: string) {
  const dir = join(folder.path, name);
  await mkdir(dir, { recursive: true });
  const scores = MINERS.map((hotkey, at) => `{ hotkeys: [${hotkey}], score: ${score * (at + 1)} }`).join(", ");
  await writeFile(
    join(dir, "subnet.yaml"),
    `name: subnet
time: { start: 2026-01-01, days: 8 }
subnet: { netuid: 30, tempo: 7200 }
streams:
  - { synthetic: subnet, name: peers, miners: 6 }
  - { synthetic: collateral, rows: [{ hotkeys: [${MINERS}], amount: ${collateral} }] }
  - { synthetic: scores, rows: [${scores}] }
weights: { from: scores }
emission: redistribute
stages:
  - gate: ${gate}
  - residual: burn
record: { tables: all }
`,
  );
  const { code, err } = await runInProcess(["run", join(dir, "subnet.yaml"), "--out", join(dir, "run"), "--no-duckdb", "--quiet"]);
  expect([code, err.includes("error")]).toEqual([0, false]);
  const found = await runFindings(await openRun(join(dir, "run")));
  return { codes: found.map((one) => one.code), text: JSON.stringify(found) };
}

describe("a run in which", () => {
  const byCollateral = "{ by: collateral, at_least: 10, below: scale }";

  it("collateral reads 0 for everybody has that as its first finding, and none of stake or of flat pay", async () => {
    const { codes, text } = await foundIn("collateral", 0, 1, byCollateral);
    expect(codes).toEqual(["collateral_zero", "emission_lost", "nobody_paid"]);
    expect(text).not.toMatch(/stake|nearly/);
  });

  it("all scores are 0 has that as its first finding, and none of flat pay", async () => {
    expect((await foundIn("scores", 12, 0, byCollateral)).codes).toEqual(["weights_zero", "emission_lost"]);
  });

  it("gates by collateral or age are reached by who has little stake says nothing of stake", async () => {
    expect((await foundIn("collateral-there", 12, 1, byCollateral)).codes).not.toContain("pay_below_minimum");
    const age = await foundIn("age", 12, 1, "{ by: age, at_least: 6, below: scale }");
    expect(age.codes).toContain("emission_lost");
    expect(age.text).not.toContain("stake");
  });
});

describe("a warning of an accident", () => {
  it("is a finding where no check found it, with what to do, one for all subnets", () => {
    const told = (netuid: number, code = "order_reversed") => `Subnet ${netuid} turns 75.2 % over. Look for a minus. (${code})`;
    const warnings = ["Something else.", told(1), told(2), told(1, "pay_gaps")];
    expect(warnedFindings(warnings, new Set(["pay_gaps"]))).toEqual([
      {
        code: "order_reversed",
        severity: "serious",
        title: "The order of pay is turned over.",
        evidence: ["Subnet 1 turns 75.2 % over.", "Subnet 2 turns 75.2 % over."],
        tries: ["Look for a minus."],
      },
    ]);
  });

  it("has a declaration on the page, whatever its code, and says what to try", () => {
    const ofRuns = CHECKS[0].checks;
    for (const code of ACCIDENTS) {
      expect(ofRuns.filter((one) => one.code === code)).toHaveLength(1);
      const text = WARNED.some((one) => one.code === code) ? "It is so." : "It is so. Do this.";
      const [found] = warnedFindings([`${text} (${code})`], new Set());
      expect(ofRuns.find((one) => one.code === code)?.severities).toContain(found.severity);
      expect([found.evidence, found.tries.length]).toEqual([["It is so."], 1]);
    }
  });
});
