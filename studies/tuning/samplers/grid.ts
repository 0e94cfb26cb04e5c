import { TenureError } from "../../../engine/index.js";
import { centreOf } from "../space.js";
import { axisLabel, declareSampler } from "./sampler.js";
import { Sequence } from "./sequence.js";

/** All combinations of levels, those of the last axis fastest. A smaller budget ends it early, and then a part of the space was not seen. */
export const grid = declareSampler({
  name: "grid",
  meaning: "all combinations, the last parameter fastest",
  parameters: {},
  adapts: false,
  objectives: "any",
  batchSize: () => null,
  bind(_, { axes }) {
    const counts = axes.map((axis, at) => {
      if (axis.levels !== null) return axis.levels;
      throw new TenureError({
        code: "TEN-SAMPLER-002",
        what: "A grid needs a list of values for every parameter.",
        place: { path: "sampler" },
        found: axisLabel(axis, at),
        allowed: "parameters with a list, a step or a number of points",
        hint: "Give it a number of points (from..to:n), or take another sampler: sobol, random.",
      });
    });
    const levels = counts.map(() => 0);
    let isOver = false;
    return new Sequence(() => {
      if (isOver) return null;
      const point = levels.map((level, at) => centreOf(level, counts[at]));
      let at = levels.length - 1;
      while (at >= 0 && ++levels[at] === counts[at]) levels[at--] = 0;
      isOver = at < 0;
      return point;
    });
  },
});
