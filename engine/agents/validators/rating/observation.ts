import { exp } from "../../../kernel/math.js";
import { number } from "../../../rules/parameter.js";
import { RATING_CODE, type RatingMeans, type SeatsView } from "./rating-strategy.js";

/** How well a validator sees what work is worth. */
export const OBSERVATION_DEVIATION = number({
  range: { atLeast: 0, atMost: 5 },
  code: RATING_CODE,
  default: 0,
  meaning: "Standard deviation of the logarithm of what it sees of each seat, drawn anew each epoch; 0: it sees what the work is worth.",
});

/** What a validator sees of the work on each seat: worth * e^(deviation * z), z standard normal. */
export function observe({ hotkeys, worth }: SeatsView, deviation: number, means: RatingMeans, ratings: Float64Array): void {
  ratings.set(worth);
  if (deviation === 0) return;
  for (let seat = 0; seat < ratings.length; seat++) ratings[seat] *= exp(deviation * means.deviate(hotkeys[seat]));
}
