import { InvariantError, type RandomStream } from "../../../engine/index.js";
import { meanOf } from "../../statistics/mean.js";
import { type Axis, centreOf, type UnitPoint } from "../space.js";
import { bootstrapIntervals, type Interval } from "./bootstrap.js";

/** A step of a trajectory: between a point and the next one axis changes. */
interface Step {
  readonly axis: number;
  /** The change, in widths of the axis, with its sign; 1 where values have no order. */
  readonly change: number;
}

/** Points to evaluate, for `morrisEffects`. */
export interface MorrisDesign {
  readonly axes: number;
  /** Trajectory after trajectory, each a point and one more for each of its steps. */
  readonly points: readonly UnitPoint[];
  readonly trajectories: readonly (readonly Step[])[];
}

/** Elementary effects of an axis, in the unit of the figure, for a change over the whole axis. */
export interface MorrisEffect {
  /** Effects that were measured. */
  readonly effects: number;
  /** Mean of the effects. */
  readonly mu: number;
  /** Mean of their absolute values: how much the axis matters. */
  readonly muStar: number;
  /** Interval of 95 % of the mean of absolute values. */
  readonly muStarInterval: Interval;
  /** Standard deviation of the effects, with n - 1 in its denominator: how much it depends on where, and on the other axes; null for a single effect. */
  readonly sigma: number | null;
  /** Interval of 95 % of the deviation; null where there is none. */
  readonly sigmaInterval: Interval | null;
}

/**
 * Trajectories of M. D. Morris, "Factorial sampling plans for preliminary computational experiments" (1991): from a point drawn at
 * random every axis is changed once, in an order drawn at random, by half of its levels. An axis without levels is given
 * `levels`; one without order changes to any other value; one with a single level is left out.
 * @param trajectories 2 or more; each has a point more than there are axes that can change
 * @param levels of an axis without its own: an even number, 2 or more
 */
export function morrisDesign(axes: readonly Axis[], trajectories: number, random: RandomStream, levels = 4): MorrisDesign {
  if (axes.length < 1 || !Number.isSafeInteger(trajectories) || trajectories < 2) {
    throw new InvariantError(`a Morris design of ${axes.length} axes and ${trajectories} trajectories`);
  }
  if (!Number.isSafeInteger(levels) || levels < 2 || levels % 2 !== 0) throw new InvariantError(`a Morris design of ${levels} levels`);
  const points: UnitPoint[] = [];
  const counts = axes.map((axis) => axis.levels ?? levels);
  const moving = axes.flatMap((_, at) => (counts[at] > 1 ? [at] : []));
  const steps = Array.from({ length: trajectories }, () => {
    let at = counts.map((count) => Math.floor(random() * count));
    const point = () => at.map((level, axis) => centreOf(level, counts[axis]));
    points.push(point());
    return shuffled(moving, random).map((axis): Step => {
      const before = at[axis];
      const after = changed(before, counts[axis], axes[axis], random);
      at = at.with(axis, after);
      points.push(point());
      return { axis, change: changeOf(before, after, axes[axis], counts[axis]) };
    });
  });
  return { axes: axes.length, points, trajectories: steps };
}

/**
 * Mean, mean of absolute values (Campolongo, Cariboni & Saltelli 2007) and deviation of the elementary effects. Intervals by the
 * bootstrap over trajectories. A step with a missing value at either end does not count.
 * @param values one a point of the design, finite; null: it failed
 * @returns one an axis; null: no effect was measured
 */
export function morrisEffects(
  design: MorrisDesign,
  values: readonly (number | null)[],
  random: RandomStream,
): readonly (MorrisEffect | null)[] {
  if (values.length !== design.points.length || values.some((value) => value !== null && !Number.isFinite(value))) {
    throw new InvariantError(`${values.length} values for ${design.points.length} points, or values that are not finite`);
  }
  // Of each trajectory and axis, the effect; not a number where there is none.
  const effects: Float64Array[] = [];
  let at = 0;
  for (const steps of design.trajectories) {
    const row = new Float64Array(design.axes).fill(Number.NaN);
    for (const { axis, change } of steps) {
      const [before, after] = [values[at], values[at + 1]];
      if (before !== null && after !== null) row[axis] = (after - before) / change;
      at += 1;
    }
    effects.push(row);
    at += 1;
  }
  const everywhere = Int32Array.from(effects, (_, trajectory) => trajectory);
  const figuresOf = (places: Int32Array): readonly number[] => {
    const all = Array.from({ length: design.axes }, (_, axis) => effectsOf(effects, axis, places));
    return [...all.map((measured) => meanOf(measured.map(Math.abs))), ...all.map(deviationOf)];
  };
  const intervals = bootstrapIntervals(effects.length, figuresOf, random);
  return Array.from({ length: design.axes }, (_, axis) => {
    const measured = effectsOf(effects, axis, everywhere);
    if (measured.length === 0) return null;
    const muStar = meanOf(measured.map(Math.abs));
    return {
      effects: measured.length,
      mu: meanOf(measured),
      muStar,
      muStarInterval: intervals[axis] ?? { low: muStar, high: muStar },
      sigma: measured.length === 1 ? null : deviationOf(measured),
      sigmaInterval: measured.length === 1 ? null : intervals[design.axes + axis],
    };
  });
}

function effectsOf(effects: readonly Float64Array[], axis: number, places: Int32Array): readonly number[] {
  return Array.from(places, (place) => effects[place][axis]).filter((effect) => !Number.isNaN(effect));
}

/** With n - 1 in its denominator; not a number of fewer than two. */
function deviationOf(values: readonly number[]): number {
  if (values.length < 2) return Number.NaN;
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (values.length - 1));
}

/** The level that one changes to: half of the levels up or down, whichever there is; without order any other. */
function changed(level: number, levels: number, { isOrdered }: Axis, random: RandomStream): number {
  if (!isOrdered) {
    const other = Math.floor(random() * (levels - 1));
    return other < level ? other : other + 1;
  }
  const step = Math.floor(levels / 2);
  const ends = [level + step, level - step].filter((end) => end >= 0 && end < levels);
  return ends[Math.floor(random() * ends.length)];
}

/**
 * In widths of the axis. A list has its ends at its first and last level; of a range without levels the centres of cells are half a
 * cell inside of its ends.
 */
function changeOf(before: number, after: number, { levels, isOrdered }: Axis, count: number): number {
  if (!isOrdered) return 1;
  return (after - before) / (levels === null ? count : count - 1);
}

function shuffled(values: readonly number[], random: RandomStream): readonly number[] {
  const order = [...values];
  for (let left = order.length; left > 1; left--) {
    const drawn = Math.floor(random() * left);
    [order[left - 1], order[drawn]] = [order[drawn], order[left - 1]];
  }
  return order;
}
