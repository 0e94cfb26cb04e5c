import { expect, it } from "vitest";
import { tenure, workFolder } from "./tenure.js";
import { tenureHere } from "./tenure-here.js";

const SMALL = ["--set", "time.days=6", "--set", "handed_over.0.from=2026-07-03", "--no-duckdb"];

it("a position is handed over from the command line: what it made, and what it was recorded to", async () => {
  const folder = await workFolder();
  try {
    const { code, stdout, stderr } = await tenure(["run", "handed-over", ...SMALL, "--set", "handed_over.0.strategy=hold"], folder.path);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("peers/miner-008 to hold from 2026-07-03 00:00 UTC");
    expect(stdout).toContain("everybody is paid as recorded (emission: replay)");
    expect(stdout).toContain("What strategies made of handed-over positions");
    expect(stdout).toMatch(/Gini of pay +\S+ before the rule, \S+ under it \(would be; pay is as recorded\)/);
    const shown = await tenureHere(["show", "runs/handed-over", "--hotkey", "peers/miner-008"], folder.path);
    expect(shown.stdout).toContain("note     handed over to hold from 2026-07-03 00:00 UTC; until then it follows the recording");
    const other = await tenureHere(["show", "runs/handed-over", "--hotkey", "peers/miner-007"], folder.path);
    expect(other.stdout).not.toContain("handed over");
    expect((await tenureHere(["verify", "runs/handed-over"], folder.path)).code).toBe(0);
    const json = await tenureHere(["run", "handed-over", ...SMALL, "--json", "--out", "other"], folder.path);
    const [miner] = JSON.parse(json.stdout).handed_over.miners;
    expect(miner).toMatchObject({ name: "peers/miner-008", strategy: "sell_all", stake_end_rao: "0" });
    expect(Number(miner.tao_end_rao)).toBe(Number(miner.tao_start_rao) + Number(miner.proceeds_rao));
  } finally {
    await folder.remove();
  }
});

it.each([
  ["handed_over.0.hotkey=peers/miner-99", "TEN-LOOP-126"],
  ["handed_over.0.from=2026-12-01", "TEN-LOOP-123"],
  ["handed_over.0.strategy=uid_inheritance", "TEN-LOOP-124"],
  ["handed_over.0.netuid=3", "TEN-SCENARIO-008"],
  ["handed_over.0.strategy=collude", "TEN-LOOP-124"],
  ["handed_over.0.hotkey=peers/...008", "Did you mean peers/miner-008? The whole address is needed."],
  ["handed_over.0.strategy=hodl", "Did you mean hold?"],
])("%s is bad input", async (set, code) => {
  const folder = await workFolder();
  try {
    const result = await tenureHere(["run", "handed-over", ...SMALL, "--set", set], folder.path);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(code);
  } finally {
    await folder.remove();
  }
});
