import { declareMinerStrategy } from "../miner-strategy.js";
import { sellWorthwhile } from "../trading/sell-worthwhile.js";

export const sellAll = declareMinerStrategy({
  name: "sell_all",
  meaning: "sells all stake at the end of every epoch",
  parameters: {},
  bind: () => ({
    decide(seen, orders) {
      for (const { key, stakeRao } of seen.keys) sellWorthwhile(seen, orders, key, stakeRao);
    },
  }),
});
