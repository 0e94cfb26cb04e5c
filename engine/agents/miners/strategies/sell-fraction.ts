import { number } from "../../../rules/parameter.js";
import { declareMinerStrategy } from "../miner-strategy.js";
import { sellPartOfPay } from "../trading/sell-part-of-pay.js";

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
  bind: ({ share }) => ({ decide: (seen, orders) => sellPartOfPay(seen, orders, share) }),
});
