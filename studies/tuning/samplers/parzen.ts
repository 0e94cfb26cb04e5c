import erfc from "@stdlib/math-base-special-erfc";
import { math, type RandomStream } from "../../../engine/index.js";
import { type Axis, centreOf, levelOf } from "../space.js";

/** A density over one axis, estimated from the coordinates that were seen. */
export interface Parzen {
  /** A coordinate drawn from it; on levels the centre of a cell. */
  draw(): number;
  /** Density, or on levels the probability of the level, at a coordinate. */
  at(coordinate: number): number;
}

/**
 * The Parzen estimator of an axis (Bergstra, Bardenet, Bengio & Kégl, "Algorithms for hyper-parameter optimization", 2011, section 4).
 * @param normal standard normal deviates
 */
export function parzen(axis: Axis, seen: readonly number[], random: RandomStream, normal: () => number): Parzen {
  return axis.levels !== null && !axis.isOrdered ? frequencies(axis.levels, seen, random) : bells(axis.levels, seen, random, normal);
}

/** Of values without order: how often each was seen, and once more. */
function frequencies(levels: number, seen: readonly number[], random: RandomStream): Parzen {
  const counts = new Float64Array(levels).fill(1);
  for (const coordinate of seen) counts[levelOf(coordinate, levels)] += 1;
  const total = levels + seen.length;
  return {
    draw() {
      const drawn = random() * total;
      let [level, below] = [0, counts[0]];
      while (level < levels - 1 && drawn >= below) {
        level += 1;
        below += counts[level];
      }
      return centreOf(level, levels);
    },
    at: (coordinate) => counts[levelOf(coordinate, levels)] / total,
  };
}

/** Deviations from a mean beyond which a bell is lost in the rounding of the one that is as wide as the axis. */
const FAR = 9;

const ROOT_OF_TWO = Math.sqrt(2);
const ROOT_OF_TWO_PI = 2.5066282746310002;

interface Bell {
  readonly mean: number;
  readonly deviation: number;
  /** What of it lies below 0. */
  readonly before: number;
  /** What of it lies inside [0, 1). */
  readonly inside: number;
  /** Density at its mean, of what lies inside. */
  readonly height: number;
}

/**
 * Of numbers: equal parts of normal distributions cut off at the ends of the axis, one around each coordinate seen, and one that is as wide
 * as the axis, around its middle. A bell is as wide as the larger of the distances to its neighbours, the ends of the axis being
 * neighbours too, but no narrower than one part in as many as there are bells and one more, or in a hundred.
 */
function bells(levels: number | null, seen: readonly number[], random: RandomStream, normal: () => number): Parzen {
  const sorted = [...seen].sort((a, b) => a - b);
  const least = 1 / Math.min(100, seen.length + 2);
  const all = [
    bell(0.5, 1),
    ...sorted.map((mean, at) => bell(mean, Math.max(least, mean - (sorted[at - 1] ?? 0), (sorted[at + 1] ?? 1) - mean))),
  ];
  const known = new Map<number, number>();
  const meanOf = (value: (one: Bell, coordinate: number) => number, coordinate: number) => {
    let sum = 0;
    for (const one of all) sum += value(one, coordinate);
    return sum / all.length;
  };
  return {
    draw() {
      const { mean, deviation } = all[Math.min(all.length - 1, Math.floor(random() * all.length))];
      let coordinate: number;
      do coordinate = mean + deviation * normal();
      while (!(coordinate >= 0 && coordinate < 1));
      return levels === null ? coordinate : centreOf(levelOf(coordinate, levels), levels);
    },
    at(coordinate) {
      if (levels === null) return meanOf(density, coordinate);
      const level = levelOf(coordinate, levels);
      const probability = known.get(level) ?? meanOf(share, (level + 1) / levels) - meanOf(share, level / levels);
      known.set(level, probability);
      return probability;
    },
  };
}

function bell(mean: number, deviation: number): Bell {
  const before = normalBelow(-mean / deviation);
  const inside = normalBelow((1 - mean) / deviation) - before;
  return { mean, deviation, before, inside, height: 1 / (deviation * inside * ROOT_OF_TWO_PI) };
}

function density({ mean, deviation, height }: Bell, coordinate: number): number {
  const z = (coordinate - mean) / deviation;
  if (z < -FAR || z > FAR) return 0;
  return height * math.exp(-0.5 * z * z);
}

/** What of a bell, as far as it lies inside, lies below a coordinate. */
function share({ mean, deviation, before, inside }: Bell, coordinate: number): number {
  return (normalBelow((coordinate - mean) / deviation) - before) / inside;
}

/** The probability that a standard normal variable is below z. */
function normalBelow(z: number): number {
  if (z < -FAR) return 0;
  if (z > FAR) return 1;
  return 0.5 * erfc(-z / ROOT_OF_TWO);
}
