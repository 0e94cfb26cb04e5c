import { declareCurve } from "./curve.js";

/** 1 for rank 1, else 0. */
export const winner = declareCurve({
  name: "winner",
  meaning: "rank 1 takes all",
  parameters: {},
  bind: () => (value, _relative, ranked) => {
    value.fill(0, 0, ranked);
    value[0] = 1;
  },
});
