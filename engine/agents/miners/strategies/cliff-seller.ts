import { number } from "../../../rules/parameter.js";
import { declareMinerStrategy } from "../miner-strategy.js";
import { sellWorthwhile } from "../trading/sell-worthwhile.js";

export const cliffSeller = declareMinerStrategy({
  name: "cliff_seller",
  meaning: "holds until its multiplier has reached the top, then sells everything, and begins anew",
  parameters: {
    tolerance: number({
      range: { atLeast: 0, below: 1 },
      unit: "0..1",
      default: 0.001,
      code: "TEN-AGENT-126",
      meaning: "By which part of the top its multiplier may miss it.",
    }),
  },
  bind: ({ tolerance }) => ({
    decide(seen, orders) {
      const enough = seen.topMultiplier * (1 - tolerance);
      for (const { key, stakeRao, multiplier } of seen.keys) {
        if (multiplier >= enough) sellWorthwhile(seen, orders, key, stakeRao);
      }
    },
  }),
});
