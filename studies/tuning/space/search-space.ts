import { TenureError } from "../../../engine/index.js";
import { type Axis, combinationCount, type UnitPoint } from "../space.js";
import type { Constraint } from "./constraint.js";
import { axisOf, valueAt } from "./domain.js";
import type { Assignment, TunedParameter } from "./tuned-parameter.js";

/** What is searched: the parameters, and what they have to meet together. */
export class SearchSpace {
  readonly axes: readonly Axis[];

  /** @throws TenureError TEN-TUNE-102 for a key that is given twice, and for none */
  constructor(
    readonly parameters: readonly TunedParameter[],
    readonly constraints: readonly Constraint[] = [],
  ) {
    refuseRepeated(parameters);
    this.axes = parameters.map(({ path, domain }) => axisOf(path, domain));
  }

  /** Combinations there are; infinity where a parameter has a range. */
  get combinations(): number {
    return combinationCount(this.axes);
  }

  assignmentAt(point: UnitPoint): Assignment {
    return this.parameters.map(({ domain }, at) => valueAt(domain, point[at]));
  }

  allows(assignment: Assignment): boolean {
    if (this.constraints.length === 0) return true;
    const values = new Map(this.parameters.map(({ path }, at) => [path, assignment[at]]));
    return this.constraints.every((one) => one.holds(values));
  }
}

function refuseRepeated(parameters: readonly TunedParameter[]): void {
  const repeated = parameters.find(({ path }, i) => parameters.findIndex((one) => one.path === path) !== i);
  if (repeated === undefined && parameters.length > 0) return;
  throw new TenureError({
    code: "TEN-TUNE-102",
    what: repeated === undefined ? "Nothing is to be varied." : "A key is to be varied twice.",
    place: { path: "--vary" },
    found: repeated?.path ?? "no --vary",
    allowed: "each key once, and one at least",
    hint: repeated === undefined ? "For example: --vary vesting.retention_target=0.5..1:6" : "Give all its values in one --vary.",
  });
}
