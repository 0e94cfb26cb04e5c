import { besideRule } from "./beside-rule.js";
import type { Contradiction } from "./contradiction.js";
import type { PartialScenarioInput } from "./scenario-schema.js";
import { vestingSchema } from "./vesting.js";

/** Parameters of built-in rules alone; `retention_window_days` also says how holding is measured. */
const MULTIPLIER_KEYS = ["retention_target", "max_multiplier", "tiers"] as const;

/** What is stated beside a rule that does not take it. */
export function* plugInContradictions({ vesting, emission }: PartialScenarioInput): Iterable<Contradiction> {
  if (vesting !== undefined) yield* besideMultiplier(["vesting"], vesting);
  if (typeof emission === "object" && emission.recorded_rule !== null)
    yield* besideMultiplier(["emission", "recorded_rule"], emission.recorded_rule);
}

function besideMultiplier(path: readonly string[], section: { readonly rule: string; readonly with?: unknown }): Iterable<Contradiction> {
  return besideRule(path, section.rule, section, vestingSchema.parse({}), MULTIPLIER_KEYS);
}
