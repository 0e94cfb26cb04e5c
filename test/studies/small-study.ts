import { join } from "node:path";
import { type LoadScenarioOptions, parseScenario, type Scenario } from "../../scenarios/index.js";
import { contentsOf } from "../recorders/temporary-folder.js";

/** Four miners for two days; quick to run. */
export const SMALL = `name: small
time: { start: 2025-01-01, days: 2 }
subnet: { netuid: 7, tempo: 720 }
streams: [{ synthetic: subnet, name: peers, miners: 4, opening_stake_alpha: { from: 10, to: 100 } }]
emission: redistribute
`;

export const smallScenario = (options: LoadScenarioOptions = {}): Scenario => parseScenario(SMALL, "small.yaml", options);

/** What of a study must be the same whoever ran it: its tables and figures, by their paths, with their SHA-256. */
export async function resultsOf(dir: string): Promise<Record<string, string>> {
  const all = await contentsOf(dir);
  return Object.fromEntries(Object.entries(all).filter(([path]) => path.endsWith(".arrow")));
}

export const replicatePath = (dir: string, replicate: number): string => join(dir, "replicates", String(replicate));
