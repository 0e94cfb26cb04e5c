import type { RandomStream } from "../../../engine/index.js";
import { declareSampler } from "./sampler.js";
import { Sequence } from "./sequence.js";
import { Untried } from "./untried.js";

/**
 * A Latin hypercube (McKay, Beckman & Conover 1979): the range of each axis is cut into as many equal strata as there are points,
 * and each stratum has exactly one. On an axis with levels each level is met as often as any other, give or take one, unless a
 * combination was met already.
 */
export const latinHypercube = declareSampler({
  name: "latin_hypercube",
  meaning: "as many strata as points for every parameter, one point in each; the points depend on how many there are to be",
  parameters: {},
  adapts: false,
  objectives: "any",
  batchSize: () => null,
  bind(_, { axes, random, budget }) {
    const columns = axes.map((_axis, at) => stratified(budget, random(`tuning/latin_hypercube/${at}`)));
    const untried = new Untried(axes);
    let row = 0;
    return new Sequence(() => {
      if (row === budget) return null;
      const point = columns.map((column) => column[row]);
      row += 1;
      return untried.take(point);
    });
  },
});

/** A coordinate in each of n strata, in an order drawn at random. */
function stratified(n: number, random: RandomStream): Float64Array {
  const coordinates = Float64Array.from({ length: n }, (_, stratum) => (stratum + random()) / n);
  for (let left = n; left > 1; left--) {
    const drawn = Math.floor(random() * left);
    [coordinates[left - 1], coordinates[drawn]] = [coordinates[drawn], coordinates[left - 1]];
  }
  return coordinates;
}
