import { type Scenario, scenarioFromResolved } from "./scenario.js";

/** The same scenario with the random numbers of another replicate: all else is as it is. */
export function replicateOf({ resolved, file }: Pick<Scenario, "resolved" | "file">, replicate: number): Scenario {
  return { ...scenarioFromResolved({ ...resolved, replicate }), file };
}
