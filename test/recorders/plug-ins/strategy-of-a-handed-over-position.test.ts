import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runScenario, runToSummary, verifyRun } from "../../../recorders/index.js";
import { loadScenario } from "../../../scenarios/index.js";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";

const folder = useTemporaryFolders();

const scenario = (strategy: string) => `name: own
time: { start: 2026-01-01T00:00:00Z, days: 3 }
subnet: { netuid: 1 }
streams:
  - { synthetic: subnet, name: peers, miners: 4 }
  - { synthetic: prices, name: prices, subnets: 1 }
handed_over:
  - { hotkey: peers/miner-001, from: 2026-01-02, strategy: ${strategy} }
`;
const SELLS = `export default ({ minerStrategy }) => minerStrategy({ name: "mine", meaning: "sells all", parameters: {}, KEYS
  bind: () => ({ decide({ keys }, orders) { for (const { key, stakeRao } of keys) orders.sell(key, stakeRao); } }) });`;

async function project(strategy: string, rule = SELLS.replace("KEYS", "")) {
  const dir = await folder();
  await writeFile(join(dir, "mine.ts"), rule);
  await writeFile(join(dir, "own.yaml"), scenario(strategy));
  return { file: join(dir, "own.yaml"), out: join(dir, "run") };
}

it("decides as the built-in one with the same decisions does, and the run can be verified", async () => {
  const { file, out } = await project("{ rule: ./mine.ts }");
  const run = await runScenario(loadScenario(file), { out, duckdb: false });
  const own = run.manifest.summary.handed_over;
  expect(own?.miners[0]?.strategy).toBe("mine");
  const builtIn = await runScenario(loadScenario((await project("sell_all")).file), { out: join(out, "..", "other"), duckdb: false });
  expect(JSON.stringify(own)).toBe(JSON.stringify(builtIn.manifest.summary.handed_over).replace('"sell_all"', '"mine"'));
  expect(run.manifest.inputs).toContainEqual(expect.objectContaining({ stream: "handed_over.0.strategy", kind: "miner_strategy" }));
  expect(await verifyRun(out)).toMatchObject({ ok: true });
});

it("is refused where it wants more keys than there are", async () => {
  const { file } = await project("{ rule: ./mine.ts }", SELLS.replace("KEYS", "keys: () => 2,"));
  expect(await refusalOf(() => runToSummary(loadScenario(file)))).toMatchObject({ code: "TEN-LOOP-124" });
});
