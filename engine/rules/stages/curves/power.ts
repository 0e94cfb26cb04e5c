import { pow } from "../../../kernel/math.js";
import { number } from "../../parameter.js";
import { declareCurve } from "./curve.js";

/** (weight / largest weight)^exponent. */
export const power = declareCurve({
  name: "power",
  meaning: "(weight / largest weight)^exponent",
  parameters: {
    exponent: number({
      range: { atLeast: 0, atMost: 1e6 },
      meaning: "Above 1 favours the largest, below 1 evens out; 0: all get the same.",
    }),
  },
  bind:
    ({ exponent }) =>
    (value, relative, ranked) => {
      for (let k = 0; k < ranked; k++) value[k] = pow(relative[k], exponent);
    },
});
