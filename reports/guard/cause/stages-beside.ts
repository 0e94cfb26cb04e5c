import { ABSENT_STAGE, type StageConfiguration } from "../../../engine/index.js";
import { type AlignedPlace, alignStages } from "../../../studies/index.js";
import { stageNames, stageRule } from "../terms/term-layout.js";

/** A place in two lists of stages. */
export interface StagesBeside {
  /** `ABSENT_STAGE`: that list has none there. */
  readonly before: StageConfiguration;
  readonly now: StageConfiguration;
  /** As causes call it: by its name in the list of now, of one that is gone in that of then. */
  readonly name: string;
  /** Is one of them another one? */
  readonly isOther: boolean;
}

/** Sets the stages of two lists side by side, as `alignStages` does. */
export function stagesBeside(before: readonly StageConfiguration[], now: readonly StageConfiguration[]): readonly StagesBeside[] {
  const [then, names] = [before, now].map(stageNames);
  return alignedStages(before, now).map((place) => {
    const [left, right] = [place.before ?? NONE, place.now ?? NONE];
    return {
      before: before[left] ?? ABSENT_STAGE,
      now: now[right] ?? ABSENT_STAGE,
      name: names[right] ?? then[left],
      isOther: textOf(before[left]) !== textOf(now[right]),
    };
  });
}

/** The same by their places. */
export function alignedStages(before: readonly StageConfiguration[], now: readonly StageConfiguration[]): readonly AlignedPlace[] {
  return alignStages(before, now, LOOKS);
}

const NONE = -1;
const textOf = (stage: StageConfiguration | undefined) => JSON.stringify(stage);
const LOOKS = { nameOf: (stage: StageConfiguration) => stageNames([stage])[0], ruleOf: stageRule, textOf };
