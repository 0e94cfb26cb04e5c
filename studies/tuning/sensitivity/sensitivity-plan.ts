import { InvariantError, type RandomStream, TenureError } from "../../../engine/index.js";
import { MOST_TRIALS } from "../space/tuned-parameter.js";
import type { Axis } from "../space.js";
import { type MorrisDesign, type MorrisEffect, morrisDesign, morrisEffects } from "./morris.js";
import { type AxisIndices, type SobolDesign, sobolDesign, sobolIndices } from "./sobol-indices.js";

/** How it is to be found which parameters matter. */
export type SensitivityRequest =
  /** A first look at many parameters: trajectories, a whole number of 2 or more; levels of a range, an even number of 2 or more. */
  | { readonly kind: "morris"; readonly trajectories: number; readonly levels: number }
  /** Shares of the variance: rows, a whole number of 2 or more, best a power of two. */
  | { readonly kind: "sobol"; readonly rows: number };

/** Points to evaluate, and how they hang together. */
export type SensitivityDesign = ({ readonly kind: "morris" } & MorrisDesign) | ({ readonly kind: "sobol" } & SobolDesign);

/** What the points say of one objective. */
export type SensitivityResult =
  /** One a parameter, in the unit of the objective for a change over the whole axis; null: it cannot change, or all failed. */
  | { readonly kind: "morris"; readonly parameters: readonly (MorrisEffect | null)[] }
  /** One a parameter; null: the objective does not move, or fewer than two rows are whole. */
  | { readonly kind: "sobol"; readonly rows: number; readonly variance: number; readonly parameters: readonly AxisIndices[] | null };

/** Trajectories or rows, and levels, at most. */
const MOST_ROWS = 65_536;
const MOST_LEVELS = 1000;

/**
 * The points at which the objectives are to be evaluated.
 * @param axes one or more
 * @param random named streams of the study's seed
 * @throws TenureError TEN-TRUST-006 for too many axes, -007 for a bad number, -008 for too many points
 */
export function designOf(request: SensitivityRequest, axes: readonly Axis[], random: (name: string) => RandomStream): SensitivityDesign {
  if (axes.length === 0) throw new InvariantError("a sensitivity analysis of no parameters");
  if (request.kind === "sobol") {
    requireCount("rows", request.rows, MOST_ROWS);
    requireFewPoints("rows", request.rows, axes.length + 2);
    return { kind: "sobol", ...sobolDesign(axes, request.rows, random) };
  }
  requireCount("trajectories", request.trajectories, MOST_ROWS);
  requireCount("levels", request.levels, MOST_LEVELS, true);
  requireFewPoints("trajectories", request.trajectories, axes.filter(({ levels }) => levels !== 1).length + 1);
  return { kind: "morris", ...morrisDesign(axes, request.trajectories, random("tuning/morris"), request.levels) };
}

/**
 * What matters, by objective. The same rows are drawn for the intervals of all objectives.
 * @param valuesByObjective of each objective, its value at each point of the design, finite; null: the trial failed
 * @param random as of the design
 */
export function resultOf(
  design: SensitivityDesign,
  valuesByObjective: readonly (readonly (number | null)[])[],
  random: (name: string) => RandomStream,
): readonly SensitivityResult[] {
  return valuesByObjective.map((values): SensitivityResult => {
    if (design.kind === "morris") return { kind: "morris", parameters: morrisEffects(design, values, random("tuning/morris/bootstrap")) };
    const { rows, variance, axes } = sobolIndices(design, values, random);
    return { kind: "sobol", rows, variance, parameters: axes };
  });
}

function requireCount(name: "rows" | "trajectories" | "levels", found: number, most: number, isEven = false): void {
  if (Number.isSafeInteger(found) && found >= 2 && found <= most && (!isEven || found % 2 === 0)) return;
  throw new TenureError({
    code: "TEN-TRUST-007",
    what: "A sensitivity analysis cannot be made of such a number.",
    place: { path: `sensitivity.${name}` },
    found,
    allowed: `${isEven ? "an even" : "a whole"} number from 2 to ${most}`,
    hint: HINTS[name],
  });
}

const HINTS = {
  rows: "512 give intervals of a few hundredths; take a power of two.",
  trajectories: "10 to 50 are usual.",
  levels: "4 are usual.",
} as const;

function requireFewPoints(name: "rows" | "trajectories", count: number, each: number): void {
  if (count * each <= MOST_TRIALS) return;
  throw new TenureError({
    code: "TEN-TRUST-008",
    what: "A sensitivity analysis of so many points takes too many trials.",
    place: { path: `sensitivity.${name}` },
    found: `${count} of ${each} trials each`,
    allowed: `at most ${MOST_TRIALS} trials`,
    hint: `Take ${Math.floor(MOST_TRIALS / each)} or fewer, or vary fewer parameters.`,
  });
}
