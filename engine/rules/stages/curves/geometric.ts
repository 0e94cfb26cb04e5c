import { pow } from "../../../kernel/math.js";
import { number } from "../../parameter.js";
import { declareCurve } from "./curve.js";

/** ratio^(rank - 1). */
export const geometric = declareCurve({
  name: "geometric",
  meaning: "each rank gets `ratio` of what the one before gets",
  parameters: { ratio: number({ range: { above: 0, atMost: 1 }, meaning: "What a rank gets of the one before." }) },
  bind: ({ ratio }) => {
    // The same every epoch.
    const worth: number[] = [];
    return (value, _relative, ranked) => {
      while (worth.length < ranked) worth.push(pow(ratio, worth.length));
      for (let k = 0; k < ranked; k++) value[k] = worth[k];
    };
  },
});
