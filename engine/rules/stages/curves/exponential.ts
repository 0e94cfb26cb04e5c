import { exp } from "../../../kernel/math.js";
import { number } from "../../parameter.js";
import { declareCurve } from "./curve.js";

/** exp(-rate * (rank - 1)). */
export const exponential = declareCurve({
  name: "exponential",
  meaning: "exp(-rate * (rank - 1))",
  parameters: { rate: number({ range: { atLeast: 0, atMost: 1e6 }, meaning: "How fast it falls with the rank; 0: all get the same." }) },
  bind: ({ rate }) => {
    // The same every epoch.
    const worth: number[] = [];
    return (value, _relative, ranked) => {
      while (worth.length < ranked) worth.push(exp(-rate * worth.length));
      for (let k = 0; k < ranked; k++) value[k] = worth[k];
    };
  },
});
