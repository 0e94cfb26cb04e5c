import { join } from "node:path";
import { expect, it } from "vitest";
import { openRun, runScenario } from "../../../recorders/index.js";
import { parseScenario } from "../../../scenarios/index.js";
import { runOutcome } from "../../../studies/compare/run-outcome.js";
import { useFolders } from "../../recorders/results/sample-batches.js";

const folder = useFolders();
const SCENARIO = `name: small
time: { start: 2026-01-01T00:00:00Z, days: 1 }
subnet: { netuid: 7 }
closed_loop:
  market: { kind: pool, tao_reserve: 1000, alpha_reserve: 20000 }
  miners: [{ name: one, strategy: { kind: sybil_split, keys: 3 } }, { name: two, count: 3, strategy: sell_all }]
`;

it("a run has each figure once, whoever else tells it: one draw counts once", async () => {
  const dir = join(await folder(), "run");
  await runScenario(parseScenario(SCENARIO, "small.yaml"), { out: dir, duckdb: false });
  const names = (await runOutcome(await openRun(dir))).figures.map(({ name }) => name);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  // Of what miners are paid, all keys together, and of what hotkeys are.
  expect(names).toEqual(expect.arrayContaining(["pay_gini_by_miner", "pay_gini", "held_share"]));
});
