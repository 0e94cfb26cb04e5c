import { axisOf } from "../space/domain.js";
import { levelOf } from "../space.js";
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
 * Trials in the neighbourhood of one: those that differ in a single parameter by one step; where some parameter has a range, the two
 * nearest for each parameter, by their distance in units of the ranges.
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

function nearest({ trials, parameters }: Trials, trial: number): readonly number[] {
  const own = trials[trial].point;
  const isOrdered = parameters.map(({ path, domain }) => axisOf(path, domain).isOrdered);
  const distances = trials.map(({ point }) =>
    point.reduce((sum, at, p) => sum + (isOrdered[p] ? (at - own[p]) * (at - own[p]) : at === own[p] ? 0 : 1), 0),
  );
  return trials
    .map((_, at) => at)
    .filter((at) => at !== trial)
    .sort((a, b) => distances[a] - distances[b] || a - b)
    .slice(0, 2 * parameters.length);
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
