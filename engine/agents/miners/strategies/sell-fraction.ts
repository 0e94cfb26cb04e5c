import { partFloor } from "../../../kernel/decimal.js";
import { number } from "../../../rules/parameter.js";
import { declareMinerStrategy } from "../miner-strategy.js";
import { sellWorthwhile } from "../trading/sell-worthwhile.js";

export const sellFraction = declareMinerStrategy({
  name: "sell_fraction",
  meaning: "sells a part of each epoch's pay and keeps the rest",
  parameters: {
    share: number({
      range: { atLeast: 0, atMost: 1 },
      unit: "0..1",
      code: "TEN-AGENT-120",
      default: 0.5,
      meaning: "Part of the pay of an epoch that is sold at its end.",
    }),
  },
  bind: ({ share }) => ({
    decide(seen, orders) {
      for (const { key, paidRao, stakeRao } of seen.keys) {
        const wantedRao = partFloor(paidRao, share);
        sellWorthwhile(seen, orders, key, wantedRao < stakeRao ? wantedRao : stakeRao);
      }
    },
  }),
});
