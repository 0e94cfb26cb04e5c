import { axisOf } from "../space/domain.js";
import { levelOf, type UnitPoint } from "../space.js";
import type { Tuning } from "../tuning.js";

type Trials = Pick<Tuning, "trials" | "parameters">;

/** What is known of the places of trials, worked out once. */
interface Places {
  /** Level of each parameter by trial; null: some parameter has none. */
  readonly levels: readonly (readonly number[])[] | null;
  /** Trial by its levels. */
  readonly byLevels: ReadonlyMap<string, number>;
}

const KNOWN = new WeakMap<Trials["trials"], Places>();

/** Does every combination of values have its trial? */
export function isCompleteGrid({ trials, parameters }: Trials): boolean {
  const { levels, byLevels } = placesOf({ trials, parameters });
  if (levels === null) return false;
  const all = parameters.reduce(
    (product, { domain }) => product * (domain.kind === "list" ? domain.values.length : Number.POSITIVE_INFINITY),
    1,
  );
  return byLevels.size === all;
}

/** The trial at these levels of the parameters; undefined: there is none. */
export function trialAt(tuning: Trials, levels: readonly number[]): number | undefined {
  return placesOf(tuning).byLevels.get(levels.join());
}

/** Levels of a trial's values. */
export function levelsOf(tuning: Trials, trial: number): readonly number[] {
  return placesOf(tuning).levels?.[trial] ?? [];
}

/**
 * Trials in the neighbourhood of one: those that differ in a single parameter by one step; where some parameter has a range, those within a
 * tenth of the range of every parameter, of them the nearest, two for each parameter.
 */
export function neighboursOf(tuning: Trials, trial: number): readonly number[] {
  const { levels, byLevels } = placesOf(tuning);
  if (levels === null) return nearest(tuning, trial);
  return tuning.parameters.flatMap(({ path, domain }, p) => {
    // Words have no order, so nothing is one step away.
    if (!axisOf(path, domain).isOrdered) return [];
    return [-1, 1].flatMap((step) => byLevels.get(levels[trial].with(p, levels[trial][p] + step).join()) ?? []);
  });
}

/** So far a neighbour may be in each parameter, in units of its range. */
const NEAR = 0.1;

function nearest({ trials, parameters }: Trials, trial: number): readonly number[] {
  const own = trials[trial].point;
  const isOrdered = parameters.map(({ path, domain }) => axisOf(path, domain).isOrdered);
  const apart = (point: UnitPoint, p: number) => (isOrdered[p] ? Math.abs(point[p] - own[p]) : point[p] === own[p] ? 0 : 1);
  return trials
    .map(({ point }, at) => ({ at, steps: point.map((_, p) => apart(point, p)) }))
    .filter(({ at, steps }) => at !== trial && steps.every((step) => step <= NEAR))
    .map(({ at, steps }) => ({ at, distance: steps.reduce((sum, step) => sum + step * step, 0) }))
    .sort((a, b) => a.distance - b.distance || a.at - b.at)
    .slice(0, 2 * parameters.length)
    .map(({ at }) => at);
}

function placesOf({ trials, parameters }: Trials): Places {
  const known = KNOWN.get(trials);
  if (known !== undefined) return known;
  const counts = parameters.map(({ domain }) => (domain.kind === "list" ? domain.values.length : null));
  const isList = counts.every((count) => count !== null);
  const levels = isList ? trials.map(({ point }) => point.map((at, p) => levelOf(at, counts[p] ?? 1))) : null;
  const byLevels = new Map((levels ?? []).map((own, at) => [own.join(), at]));
  const found = { levels, byLevels };
  KNOWN.set(trials, found);
  return found;
}
