import type { MinerAgent } from "../../../../engine/agents/miners/index.js";
import { MINER_STRATEGIES, type MinerStrategyConfiguration } from "../../../../engine/index.js";

/** Lets groups of a test name strategies of its own, each with what makes its agents. */
export function withStrategies<T>(strategies: Readonly<Record<string, () => MinerAgent>>, work: () => T): T {
  const registry = MINER_STRATEGIES as unknown as Record<string, unknown>;
  for (const [name, bind] of Object.entries(strategies)) registry[name] = { name, meaning: "of a test", parameters: {}, bind };
  try {
    return work();
  } finally {
    for (const name of Object.keys(strategies)) delete registry[name];
  }
}

export const named = (kind: string) => ({ kind }) as unknown as MinerStrategyConfiguration;
