import { declareFactorStage } from "./stage.js";
import type { StageConfiguration } from "./stage-configuration.js";

const stage = declareFactorStage({
  name: "absent",
  meaning: "nothing: a place in a list where another list has a stage",
  effect: "factor",
  parameters: {},
  bind: () => ({ ceiling: 1, factor: () => 1 }),
});

/** Holds the place of a stage that another list has and this one has not: it leaves every weight and what it is relative to as they are. */
export const ABSENT_STAGE: StageConfiguration = { stage: { file: "", rule: stage, values: {} }, parameters: {} };

export function isAbsent({ stage }: Pick<StageConfiguration, "stage">): boolean {
  return stage === ABSENT_STAGE.stage;
}
