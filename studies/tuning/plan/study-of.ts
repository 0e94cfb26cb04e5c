import { readStudy } from "./read-study.js";
import type { StudyInput } from "./study-schema.js";
import type { TuningPlan } from "./tuning-plan.js";

/**
 * The plan of a study that is given as data: what a study file states, checked as one is. Paths in it start where one is.
 * @throws as `readStudy`
 */
export function studyOf(study: StudyInput): Promise<TuningPlan> {
  // JSON is YAML: what is wrong with it is told by its path.
  return readStudy(JSON.stringify(study), "study");
}
