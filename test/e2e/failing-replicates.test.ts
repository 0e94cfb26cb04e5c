import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { tenure, workFolder } from "./tenure.js";

/** Of a stream of its own each agent draws once: in some replicates that is too much for it. */
const MOODY = `export default ({ minerStrategy }) => minerStrategy({
  name: "moody", meaning: "gives up in some replicates", parameters: {},
  bind: (_, { random }) => { const mood = random(); return { decide() { if (mood > 0.6) throw new Error("not today"); } }; },
});`;
const SCENARIO = `name: moods
time: { start: 2026-01-01T00:00:00Z, days: 1 }
subnet: { netuid: 7 }
closed_loop:
  market: { kind: pool, tao_reserve: 1000, alpha_reserve: 20000 }
  miners: [{ name: one, strategy: { rule: ./moody.ts } }, { name: two, strategy: sell_all }]
record: { tables: [agents] }
`;

it("a strategy that throws in some replicates fails those, says who and when, and the command ends with 1", async () => {
  const folder = await workFolder();
  try {
    await writeFile(join(folder.path, "moody.ts"), MOODY);
    await writeFile(join(folder.path, "moods.yaml"), SCENARIO);
    const { code, stdout, stderr } = await tenure(
      ["run", "moods.yaml", "--replicates", "8", "--jobs", "2", "--no-duckdb", "--json"],
      folder.path,
    );
    expect(stderr).toBe("");
    expect(code).toBe(1);
    const summary = JSON.parse(stdout);
    expect(summary.finished).toBeGreaterThan(0);
    expect(summary.failed.length).toBeGreaterThan(0);
    expect(summary.finished + summary.failed.length).toBe(8);
    expect(summary.failed[0].error).toMatchObject({ code: "TEN-PLUGIN-011", what: expect.stringContaining("Agent one (moody), epoch 1") });
  } finally {
    await folder.remove();
  }
});
