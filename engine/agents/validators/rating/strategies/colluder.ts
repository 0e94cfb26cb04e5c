import { OBSERVATION_DEVIATION, observe } from "../observation.js";
import { declareRatingStrategy } from "../rating-strategy.js";

/** The miners of its owner say that they collude, and how much: in worlds where they do something else it is honest. */
export const colluder = declareRatingStrategy({
  name: "colluder",
  meaning: "Rates what it sees, and miners who collude with it `boost` times as high, as their strategy `collude` says.",
  colludes: true,
  parameters: { deviation: OBSERVATION_DEVIATION },
  bind: ({ deviation }, means) => ({
    decide(seen, ratings) {
      observe(seen, deviation, means, ratings);
      for (let seat = 0; seat < ratings.length; seat++) ratings[seat] *= means.favour(seat);
      return true;
    },
  }),
});
