import { AddressBook } from "../engine/index.js";
import type { Scenario } from "./scenario.js";
import { makePopulation } from "./synthetic/population.js";

/** How a synthetic miner behaves. */
export type BehaviourGroup = "holder" | "trimmer" | "sweeper";

/** The behaviour groups of a scenario's synthetic miners, by hotkey: drawn from the same streams as when it was run. */
export function behaviourGroups({ streams, configuration: { seed, replicate } }: Scenario): ReadonlyMap<string, BehaviourGroup> {
  const groups = new Map<string, BehaviourGroup>();
  for (const stream of streams) {
    if (stream.source !== "synthetic") continue;
    const addresses = new AddressBook();
    const { count, hotkeys, sells, sweepMs } = makePopulation(stream.options, { name: stream.name, seed, replicate, addresses });
    for (let miner = 0; miner < count; miner++) {
      const selling = sweepMs[miner] < Number.POSITIVE_INFINITY ? "sweeper" : "trimmer";
      groups.set(addresses.nameOf(hotkeys[miner]), sells[miner] === 1 ? selling : "holder");
    }
  }
  return groups;
}
