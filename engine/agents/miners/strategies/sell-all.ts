import { declareMinerStrategy } from "../miner-strategy.js";

export const sellAll = declareMinerStrategy({
  name: "sell_all",
  meaning: "sells all stake at the end of every epoch",
  parameters: {},
  bind: () => ({
    decide({ keys }, orders) {
      for (const { key, stakeRao } of keys) orders.sell(key, stakeRao);
    },
  }),
});
