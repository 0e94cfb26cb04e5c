import { planOf } from "../../../../studies/tuning/plan/read-study.js";
import { type StudyInput, studySchema } from "../../../../studies/tuning/plan/study-schema.js";
import type { TuningPlan } from "../../../../studies/tuning/plan/tuning-plan.js";

/** The plan of a study that no file has. */
export function madePlan(input: Partial<StudyInput> & Pick<StudyInput, "vary">): TuningPlan {
  const statement = studySchema.parse({ study: "made", scenario: "demo", objectives: ["pot_moved"], ...input });
  return planOf(statement, { file: null, scenario: statement.scenario });
}
