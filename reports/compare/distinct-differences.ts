import type { FigureDifferenceReport } from "./difference-report.js";
import { isOfStrategy } from "./strategy-differences.js";

/** Figures further apart than that, relative to their size, are two numbers; weights and whole rao give a Gini to about 1e-11. */
const ALIKE = 1e-9;

/** The figures of two scenarios that differ, each number once, and what the pairs say of them: over which all counts of a report are. */
export interface DistinctDifferences {
  /** First of those that are one number, in the order of the figures; those of single groups of strategies are left out. */
  readonly differing: readonly FigureDifferenceReport[];
  readonly told_apart: readonly FigureDifferenceReport[];
  /** What may be luck. */
  readonly open: readonly FigureDifferenceReport[];
  /** Names of figures that are the same number as one of `differing`, that one first. */
  readonly alike: readonly (readonly string[])[];
  /** Figures, likewise without those of strategies, that are the same in all pairs. */
  readonly same: number;
}

export function distinctDifferences(figures: readonly FigureDifferenceReport[]): DistinctDifferences {
  const all = figures.filter(({ name }) => !isOfStrategy(name));
  const groups: FigureDifferenceReport[][] = [];
  let same = 0;
  for (const figure of all) {
    if (figure.difference.verdict === "same") same += 1;
    else {
      const group = groups.find(([first]) => isOneNumber(first, figure));
      if (group === undefined) groups.push([figure]);
      else group.push(figure);
    }
  }
  const differing = groups.map(([first]) => first);
  const isSure = ({ difference: { verdict } }: FigureDifferenceReport) => verdict === "told_apart" || verdict === "exact";
  return {
    differing,
    told_apart: differing.filter(isSure),
    open: differing.filter((figure) => !isSure(figure)),
    alike: groups.filter(({ length }) => length > 1).map((group) => group.map(({ name }) => name)),
    same,
  };
}

/** In words, for what stands beside a count; empty: no figure is another. */
export function alikeWords({ alike }: DistinctDifferences): string {
  return alike.length === 0 ? "" : `One number each, counted once: ${alike.map((names) => names.join(" = ")).join("; ")}.`;
}

/** Do both have the same values, in each scenario and within the pairs, as far as means and ends tell? */
function isOneNumber(one: FigureDifferenceReport, other: FigureDifferenceReport): boolean {
  if (one.unit !== other.unit || one.difference.verdict !== other.difference.verdict) return false;
  const size = Math.max(...[one.a, one.b].flatMap(({ min, max }) => [Math.abs(min), Math.abs(max)]));
  return (["a", "b", "difference"] as const).every((part) =>
    (["mean", "min", "max"] as const).every((end) => Math.abs(one[part][end] - other[part][end]) <= ALIKE * size),
  );
}
