import { InvariantError } from "../../engine/index.js";

/** One thing that a search varies. */
export interface Axis {
  /** As refusals call it; left out: by its place. */
  readonly name?: string;
  /** How many values there are, 1 or more; null: all numbers of a range. */
  readonly levels: number | null;
  /** Do its values have an order, in which neighbours are alike? Of an axis without levels always. */
  readonly isOrdered: boolean;
}

/**
 * A point of the unit cube: a coordinate in [0, 1) for each axis. On an axis with levels the coordinate u means level
 * floor(u * levels), and samplers give the centre of its cell: the same combination is the same point.
 */
export type UnitPoint = readonly number[];

/** The largest double below 1. */
const BELOW_1 = 1 - Number.EPSILON / 2;

/** The level of a coordinate, 0 to levels - 1. */
export function levelOf(coordinate: number, levels: number): number {
  return Math.min(levels - 1, Math.floor(coordinate * levels));
}

/** The coordinate of a level: the centre of its cell. */
export function centreOf(level: number, levels: number): number {
  return (level + 0.5) / levels;
}

/** A coordinate moved to the centre of its cell, where the axis has levels, and into [0, 1). */
export function snap(coordinate: number, { levels }: Axis): number {
  if (Number.isNaN(coordinate)) throw new InvariantError("a coordinate that is no number");
  const inside = Math.min(BELOW_1, Math.max(0, coordinate));
  return levels === null ? inside : centreOf(levelOf(inside, levels), levels);
}

/** How many combinations of levels there are; infinity where an axis has none. */
export function combinationCount(axes: readonly Axis[]): number {
  return axes.reduce((product, { levels }) => product * (levels ?? Number.POSITIVE_INFINITY), 1);
}
