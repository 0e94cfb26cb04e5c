import { randomStreams, TenureError } from "../../../engine/index.js";
import type { TuningPlan } from "../plan/tuning-plan.js";
import { bindSampler, type Outcome, samplerNamed } from "../samplers/index.js";
import type { Assignment } from "../space/tuned-parameter.js";
import { centreOf, type UnitPoint } from "../space.js";

/** A point of the space that is tried. */
export interface Candidate {
  /** From 0, in the order in which the sampler chose them. */
  readonly number: number;
  readonly point: UnitPoint;
  readonly assignment: Assignment;
}

/** Runs the trials of one batch. */
export interface BatchRunner {
  /**
   * What came of them, in their order: losses, or null for one that failed, was given up or broke a limit. Null in all: they are not
   * all decided, and the search ends with them.
   */
  run(batch: readonly Candidate[]): Promise<readonly Outcome[] | null>;
}

/** Of samplers that choose all points at once so many are run together: lists of any length fit in the memory. */
const MOST_AT_ONCE = 1_024;
/** Points at which it is looked whether any meets the constraints. */
const LOOKED_AT = 200_000;
/** Points in a row that break a constraint, after which no more are looked at: of samplers that learn from each, and of others. */
const MOST_REJECTED = { adapting: 2_000, other: 200_000 };

/**
 * Asks the sampler of a plan for points, runs them batch by batch, and tells it what came of them. Depends on the plan and on
 * outcomes, on nothing else. Points that break a constraint are never trials: the sampler is told so, and asked for others.
 * @returns all candidates that were run, and whether the search came to its end
 * @throws TenureError TEN-TUNE-141 where nothing meets the constraints
 */
export async function search(
  plan: TuningPlan,
  runner: BatchRunner,
): Promise<{ readonly candidates: readonly Candidate[]; readonly isWhole: boolean }> {
  const { space, sampler: chosen, trials, seed } = plan;
  const budget = trials ?? space.combinations;
  const declared = samplerNamed(chosen.name);
  const random = randomStreams(seed, 0);
  if (!isAnyAllowed(plan)) throw nothingMeets(plan, Math.min(space.combinations, LOOKED_AT));
  const sampler = bindSampler(chosen.name, chosen.parameters, {
    axes: space.axes,
    random,
    budget: Math.min(budget, Number.MAX_SAFE_INTEGER),
  });
  const atOnce = declared.batchSize(chosen.parameters, space.axes) ?? MOST_AT_ONCE;
  const candidates: Candidate[] = [];
  let rejected = 0;
  while (candidates.length < budget) {
    const points = sampler.ask(Math.min(budget - candidates.length, atOnce));
    if (points.length === 0) break;
    const batch: Candidate[] = [];
    const numbers = points.map((point) => {
      const assignment = space.assignmentAt(point);
      if (!space.allows(assignment)) return null;
      const number = candidates.length + batch.length;
      batch.push({ number, point, assignment });
      return batch.length - 1;
    });
    rejected = batch.length === 0 ? rejected + points.length : 0;
    if (rejected > (declared.adapts ? MOST_REJECTED.adapting : MOST_REJECTED.other)) break;
    const outcomes = batch.length === 0 ? [] : await runner.run(batch);
    candidates.push(...batch);
    if (outcomes === null) return { candidates, isWhole: false };
    sampler.tell(numbers.map((at) => (at === null ? null : outcomes[at])));
  }
  if (candidates.length === 0) throw nothingMeets(plan, rejected);
  return { candidates, isWhole: true };
}

/** Looks at every combination of a small space, at points drawn at random of a large one: a sampler that learns would be long about it. */
function isAnyAllowed({ space, seed }: TuningPlan): boolean {
  if (space.constraints.length === 0) return true;
  const random = randomStreams(seed, 0)("tuning/constraints");
  const count = Math.min(space.combinations, LOOKED_AT);
  const isSmall = space.combinations <= LOOKED_AT;
  for (let at = 0; at < count; at++) {
    let rest = at;
    const point = space.axes.map(({ levels }) => {
      if (!isSmall || levels === null) return random();
      const level = rest % levels;
      rest = (rest - level) / levels;
      return centreOf(level, levels);
    });
    if (space.allows(space.assignmentAt(point))) return true;
  }
  return false;
}

function nothingMeets({ space, file }: TuningPlan, seen: number): TenureError {
  return new TenureError({
    code: "TEN-TUNE-141",
    what: "No combination that was looked at meets the constraints.",
    place: { ...(file === null ? {} : { file }), path: "constraints" },
    found: `${space.constraints.map(({ text }) => text).join("; ")} (${seen >= space.combinations ? "all" : seen} combinations)`,
    allowed: "constraints that some combination meets",
    hint: "Take one of them out, or widen what is varied.",
  });
}
