import { declareRatingStrategy } from "../rating-strategy.js";

/** It never looks at the work. */
export const lazyCopier = declareRatingStrategy({
  name: "lazy_copier",
  meaning: "Hands in the last consensus; before the first nothing.",
  parameters: {},
  bind: () => ({
    decide({ lastConsensus }, ratings) {
      if (lastConsensus === null) return false;
      ratings.set(lastConsensus);
      return true;
    },
  }),
});
