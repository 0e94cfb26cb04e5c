import { InvariantError } from "../../engine/index.js";

/** Is one no worse in every objective, and better in at least one? Losses: smaller is better. */
export function dominates(one: readonly number[], other: readonly number[]): boolean {
  let isBetter = false;
  for (let k = 0; k < one.length; k++) {
    if (one[k] > other[k]) return false;
    if (one[k] < other[k]) isBetter = true;
  }
  return isBetter;
}

/**
 * The places of all points in fronts: the first is dominated by nothing (points of equal losses share it), the next only by points
 * of fronts before it. The fast non-dominated sort of Deb, Pratap, Agarwal & Meyarivan, "A fast and elitist multiobjective genetic
 * algorithm: NSGA-II" (2002), section III A. Places ascend in each front.
 */
export function fronts(losses: readonly (readonly number[])[]): readonly (readonly number[])[] {
  requireSameLength(losses);
  const dominated: number[][] = losses.map(() => []);
  const dominators = new Int32Array(losses.length);
  for (let i = 0; i < losses.length; i++) {
    for (let j = i + 1; j < losses.length; j++) {
      const [better, worse] = dominates(losses[i], losses[j]) ? [i, j] : dominates(losses[j], losses[i]) ? [j, i] : [-1, -1];
      if (better === -1) continue;
      dominated[better].push(worse);
      dominators[worse] += 1;
    }
  }
  const found: number[][] = [];
  let front = losses.flatMap((_, at) => (dominators[at] === 0 ? [at] : []));
  while (front.length > 0) {
    found.push(front);
    front = front.flatMap((at) => dominated[at].filter((worse) => --dominators[worse] === 0)).sort((a, b) => a - b);
  }
  return found;
}

/** The places of what nothing dominates; what has no losses (failed, or broke a constraint) is never among it. */
export function paretoFront(outcomes: readonly (readonly number[] | null)[]): readonly number[] {
  const places = outcomes.flatMap((losses, at) => (losses === null ? [] : [at]));
  const losses = outcomes.filter((one) => one !== null);
  requireSameLength(losses);
  return places.filter((_, at) => !losses.some((other) => dominates(other, losses[at])));
}

/**
 * How far from its neighbours each point of a front stands: half the circumference of the box between them, every objective in
 * units of the front's width in it; infinity at the ends (Deb et al. 2002, section III B). Of points with equal losses in an
 * objective the earlier comes first.
 */
export function crowdingDistances(front: readonly (readonly number[])[]): Float64Array {
  requireSameLength(front);
  const distances = new Float64Array(front.length);
  for (let k = 0; k < (front[0]?.length ?? 0); k++) {
    const order = front.map((_, at) => at).sort((a, b) => front[a][k] - front[b][k] || a - b);
    const [first, last] = [order[0], order[order.length - 1]];
    const width = front[last][k] - front[first][k];
    distances[first] = Number.POSITIVE_INFINITY;
    distances[last] = Number.POSITIVE_INFINITY;
    if (width === 0) continue;
    for (let i = 1; i < order.length - 1; i++) distances[order[i]] += (front[order[i + 1]][k] - front[order[i - 1]][k]) / width;
  }
  return distances;
}

function requireSameLength(losses: readonly (readonly number[])[]): void {
  const objectives = losses[0]?.length;
  for (const one of losses) {
    if (one.length !== objectives || !one.every(Number.isFinite))
      throw new InvariantError(`losses of [${one.join(", ")}] among ${objectives}`);
  }
}
