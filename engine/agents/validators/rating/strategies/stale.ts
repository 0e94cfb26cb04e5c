import { CONSENSUS_RANGES } from "../../../../kernel/ranges.js";
import { number } from "../../../../rules/parameter.js";
import { onSeats, type SeatValues } from "../on-seats.js";
import { declareRatingStrategy, RATING_CODE } from "../rating-strategy.js";

/** Who had no seat then is not known to it. While there is nothing so old, it rates the oldest it saw. */
export const stale = declareRatingStrategy({
  name: "stale",
  meaning: "Rates what work was worth some epochs ago; who had no seat then is worth nothing to it.",
  parameters: {
    lagEpochs: number({ range: CONSENSUS_RANGES.lagEpochs, code: RATING_CODE, default: 1, meaning: "How many epochs." }),
  },
  bind({ lagEpochs }) {
    const seen: SeatValues[] = [];
    return {
      decide({ hotkeys, worth }, ratings) {
        seen.push({ hotkeys, values: worth.slice() });
        if (seen.length > lagEpochs + 1) seen.shift();
        onSeats(seen[0], hotkeys, ratings);
        return true;
      },
    };
  },
});
