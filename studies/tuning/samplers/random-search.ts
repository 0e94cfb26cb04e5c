import { combinationCount } from "../space.js";
import { declareSampler } from "./sampler.js";
import { Sequence } from "./sequence.js";
import { ShuffledCombinations } from "./shuffled-combinations.js";
import { Untried } from "./untried.js";

/** Points drawn independently and uniformly (Bergstra & Bengio 2012); where all axes have levels, combinations without repetition. */
export const randomSearch = declareSampler({
  name: "random",
  meaning: "points drawn at random; of lists of values every combination at most once",
  parameters: {},
  adapts: false,
  objectives: "any",
  batchSize: () => null,
  bind(_, { axes, random }) {
    const stream = random("tuning/random");
    if (combinationCount(axes) <= Number.MAX_SAFE_INTEGER) {
      const combinations = new ShuffledCombinations(axes, stream);
      return new Sequence(() => combinations.next());
    }
    const untried = new Untried(axes);
    return new Sequence(() => untried.take(axes.map(() => stream())));
  },
});
