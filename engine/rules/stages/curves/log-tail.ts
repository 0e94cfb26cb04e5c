import { ln } from "../../../kernel/math.js";
import { number } from "../../parameter.js";
import { declareCurve } from "./curve.js";

/** `first` for rank 1; the others share the rest by 1 / ln(1 + rank). */
export const logTail = declareCurve({
  name: "log_tail",
  meaning: "rank 1 gets `first`, the others share the rest by 1 / ln(1 + rank)",
  parameters: { first: number({ range: { above: 0, atMost: 1 }, meaning: "Share of rank 1." }) },
  bind: ({ first }) => {
    // The same every epoch; of rank 1 nothing is asked.
    const worth: number[] = [0];
    return (value, _relative, ranked) => {
      while (worth.length < ranked) worth.push(1 / ln(2 + worth.length));
      let sum = 0;
      for (let k = 1; k < ranked; k++) sum += worth[k];
      value[0] = first;
      for (let k = 1; k < ranked; k++) value[k] = (worth[k] / sum) * (1 - first);
    };
  },
});
