import { type Scenario, scenarioFromResolved } from "../../../scenarios/index.js";

/** A scenario from a baseline; files with rules lie where those of the scenario of now do. */
export function asItWas(resolved: unknown, { file }: Scenario): Scenario {
  return { ...scenarioFromResolved(resolved), file };
}
