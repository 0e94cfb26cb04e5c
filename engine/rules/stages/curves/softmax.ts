import { exp } from "../../../kernel/math.js";
import { number } from "../../parameter.js";
import { declareCurve } from "./curve.js";

/** exp((weight / largest weight - 1) / temperature), so that the unit of weights does not matter. */
export const softmax = declareCurve({
  name: "softmax",
  meaning: "exp((weight / largest weight - 1) / temperature)",
  parameters: {
    temperature: number({ range: { atLeast: 1e-9, atMost: 1e9 }, meaning: "Low: the largest takes all; high: all get the same." }),
  },
  bind:
    ({ temperature }) =>
    (value, relative, ranked) => {
      for (let k = 0; k < ranked; k++) value[k] = exp((relative[k] - 1) / temperature);
    },
});
