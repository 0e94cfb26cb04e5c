import { math, type RandomStream } from "../../../engine/index.js";
import { type Axis, centreOf, type UnitPoint } from "../space.js";

/** How children come of parents. */
export interface Variation {
  /** Chance that two parents are crossed, 0..1. */
  readonly crossoverChance: number;
  /** 0 or more: the larger, the closer are children to parents. */
  readonly crossoverIndex: number;
  /** Chance of each coordinate to mutate, 0..1. */
  readonly mutationChance: number;
  /** 0 or more: the larger, the smaller are mutations. */
  readonly mutationIndex: number;
}

/** Coordinates closer than that are taken for one. */
const ALIKE = 1e-14;

/** Two children of two parents: crossed, and then mutated. */
export function varied(
  one: UnitPoint,
  other: UnitPoint,
  axes: readonly Axis[],
  variation: Variation,
  random: RandomStream,
): readonly UnitPoint[] {
  const children = [[...one], [...other]];
  if (random() < variation.crossoverChance) {
    for (const [at, axis] of axes.entries()) {
      if (random() >= 0.5) continue;
      const [a, b] = [one[at], other[at]];
      [children[0][at], children[1][at]] = isNumber(axis) ? crossed(a, b, variation.crossoverIndex, random) : [b, a];
    }
  }
  return children.map((child) =>
    child.map((coordinate, at) =>
      random() < variation.mutationChance ? mutated(coordinate, axes[at], variation.mutationIndex, random) : coordinate,
    ),
  );
}

function isNumber({ levels, isOrdered }: Axis): boolean {
  return levels === null || isOrdered;
}

/**
 * Simulated binary crossover of two coordinates (Deb & Agrawal 1995), with the spread cut off where a child would leave [0, 1]:
 * on each side by the distance of the nearer end.
 */
function crossed(a: number, b: number, index: number, random: RandomStream): [number, number] {
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  if (high - low <= ALIKE) return [a, b];
  const u = random();
  const spread = (room: number): number => {
    const beta = 1 + (2 * room) / (high - low);
    const alpha = 2 - math.pow(beta, -(index + 1));
    return math.pow(u <= 1 / alpha ? u * alpha : 1 / (2 - u * alpha), 1 / (index + 1));
  };
  const lower = 0.5 * (low + high - spread(low) * (high - low));
  const upper = 0.5 * (low + high + spread(1 - high) * (high - low));
  return random() < 0.5 ? [lower, upper] : [upper, lower];
}

/** Polynomial mutation inside [0, 1] (Deb & Agrawal 1999); of an axis without order any level. */
function mutated(coordinate: number, axis: Axis, index: number, random: RandomStream): number {
  const u = random();
  if (axis.levels !== null && !axis.isOrdered) return centreOf(Math.floor(u * axis.levels), axis.levels);
  const power = index + 1;
  const root = (value: number) => math.pow(value, 1 / power);
  if (u < 0.5) return coordinate + root(2 * u + (1 - 2 * u) * math.pow(1 - coordinate, power)) - 1;
  return coordinate + 1 - root(2 * (1 - u) + (2 * u - 1) * math.pow(coordinate, power));
}
