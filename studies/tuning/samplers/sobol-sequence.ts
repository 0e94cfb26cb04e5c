import { flag, TenureError } from "../../../engine/index.js";
import { MOST_DIMENSIONS } from "../low-discrepancy/sobol-points.js";
import { sobolStream } from "../low-discrepancy/sobol-stream.js";
import { declareSampler } from "./sampler.js";
import { Sequence } from "./sequence.js";
import { Untried } from "./untried.js";

/** Points of a Sobol sequence: more even than random ones, most of all where their number is a power of two. */
export const sobolSequence = declareSampler({
  name: "sobol",
  meaning: "points spread more evenly than at random; best where their number is a power of two",
  parameters: {
    scramble: flag({
      default: true,
      meaning: "Scramble the sequence by the seed. Without it every seed has the same points, the first at the origin.",
    }),
  },
  adapts: false,
  objectives: "any",
  batchSize: () => null,
  bind({ scramble }, { axes, random }) {
    if (axes.length > MOST_DIMENSIONS) {
      throw new TenureError({
        code: "TEN-SAMPLER-003",
        what: "A Sobol sequence of so many parameters is not known.",
        place: { path: "sampler" },
        found: axes.length,
        allowed: `at most ${MOST_DIMENSIONS} parameters`,
        hint: "Vary fewer, or take another sampler: latin_hypercube, random.",
      });
    }
    const next = sobolStream(axes.length, scramble ? (at) => random(`tuning/sobol/${at}`) : null);
    const untried = new Untried(axes);
    return new Sequence(() => untried.take(next()));
  },
});
