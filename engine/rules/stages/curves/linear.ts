import { declareCurve } from "./curve.js";

/** In proportion to the weight. */
export const linear = declareCurve({
  name: "linear",
  meaning: "in proportion to the weight",
  parameters: {},
  bind: () => (value, relative, ranked) => {
    value.set(relative.subarray(0, ranked));
  },
});
