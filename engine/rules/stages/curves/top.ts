import { min } from "../../../kernel/math.js";
import { flag, number } from "../../parameter.js";
import { declareCurve } from "./curve.js";

/** 1, or the weight, for the ranks up to k, else 0; a k above the number of miners takes all of them. */
export const top = declareCurve({
  name: "top",
  meaning: "the first k share all, evenly or by their weights",
  parameters: {
    k: number({ range: { atLeast: 1, atMost: 65_535, whole: true }, unit: "miners", meaning: "How many ranks are paid." }),
    equal: flag({ default: true, meaning: "Whether they share evenly; else by their weights." }),
  },
  bind:
    ({ k, equal }) =>
    (value, relative, ranked) => {
      const paid = min(k, ranked);
      if (equal) value.fill(1, 0, paid);
      else value.set(relative.subarray(0, paid));
      value.fill(0, paid, ranked);
    },
});
