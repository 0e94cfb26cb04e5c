import { OBSERVATION_DEVIATION, observe } from "../observation.js";
import { declareRatingStrategy } from "../rating-strategy.js";

export const honest = declareRatingStrategy({
  name: "honest",
  meaning: "Rates what it sees.",
  parameters: { deviation: OBSERVATION_DEVIATION },
  bind: ({ deviation }, means) => ({
    decide(seen, ratings) {
      observe(seen, deviation, means, ratings);
      return true;
    },
  }),
});
