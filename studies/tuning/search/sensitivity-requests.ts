import { randomStreams } from "../../../engine/index.js";
import type { Request } from "../evaluation/evaluator.js";
import type { TuningPlan } from "../plan/tuning-plan.js";
import { designOf } from "../sensitivity/sensitivity-plan.js";
import { MOST_TRIALS } from "../space/tuned-parameter.js";

/** The number of the scenario as it stands. */
export const AS_IT_STANDS = -1;

/** The points of the sensitivity's design as trials of their own, numbered behind all others; none where none is asked for. */
export function sensitivityRequests({ sensitivity, space, seed }: TuningPlan, replicates: readonly number[]): readonly Request[] {
  if (sensitivity === null) return [];
  const { points } = designOf(sensitivity, space.axes, randomStreams(seed, 0));
  return points.map((point, at) => ({ trial: MOST_TRIALS + at, assignment: space.assignmentAt(point), replicates }));
}
