import type { RunConfiguration } from "../configuration/run-configuration.js";
import type { MultiplierRuleChoice } from "../rules/multipliers/index.js";
import { holdingMultipliers } from "../rules/stages/listed-stages.js";

/** The multiplier rules that a run measures by: that of `vesting`, or those of its list of stages; null: vesting is off. */
export function measuredRules({ vesting, stages }: Pick<RunConfiguration, "vesting" | "stages">): readonly MultiplierRuleChoice[] | null {
  if (vesting.mode === "off") return null;
  if (stages === null) return [vesting.rule];
  return holdingMultipliers(stages.stages).map(({ variant }) => variant as MultiplierRuleChoice);
}
