import { join } from "node:path";
import { runScenario } from "../../../recorders/index.js";
import { loadScenario } from "../../../scenarios/index.js";

/** A run of a shipped scenario, all of whose tables are recorded. @returns its folder */
export async function sampleRun(folder: string, name: string, sets: readonly string[], duckdb = true): Promise<string> {
  const out = join(folder, `${name}-${duckdb}`);
  await runScenario(loadScenario(name, { sets: ["record.tables=all", ...sets] }), { out, duckdb });
  return out;
}
