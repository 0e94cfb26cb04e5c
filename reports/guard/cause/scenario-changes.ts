import { type ValueDifference, valueDifferences } from "../../../studies/index.js";

/** What a run records does not change what it pays. */
export function scenarioChanges(before: unknown, after: unknown): readonly ValueDifference[] {
  const without = (resolved: unknown) => ({ ...plainScenario(resolved), record: null, description: null });
  return valueDifferences(without(before), without(after));
}

/** As files hold it, where nothing is undefined. */
export function plainScenario(resolved: unknown): Readonly<Record<string, unknown>> {
  return JSON.parse(JSON.stringify(resolved));
}
