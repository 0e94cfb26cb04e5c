import { RAO_PER_TOKEN } from "../../../kernel/money.js";
import { amount } from "../../../rules/parameter.js";
import { declareMinerStrategy } from "../miner-strategy.js";
import { taoForAlpha } from "../trading/least-amount.js";
import { sellAcrossKeys } from "../trading/sell-worthwhile.js";

/** Pays for a tier what it must, and no more. */
export const tierEdge = declareMinerStrategy({
  name: "tier_edge",
  meaning: "keeps just as much stake as a tier or a minimum asks for: sells what is above, buys what lacks",
  isHostile: true,
  parameters: {
    edgeRao: amount({
      above: 0,
      default: (3 * RAO_PER_TOKEN) / 10,
      unit: "alpha",
      code: "TEN-AGENT-139",
      meaning: "Stake that it keeps; the default is the minimum below which `vesting` gives no bonus.",
    }),
  },
  bind: ({ edgeRao }) => ({
    decide(seen, orders) {
      const { stakeRao, keys } = seen;
      if (stakeRao >= edgeRao) {
        sellAcrossKeys(seen, orders, stakeRao - edgeRao);
        return;
      }
      if (keys.length === 0) return;
      const taoRao = taoForAlpha(seen, edgeRao - stakeRao, seen.taoRao);
      if (seen.purchaseRao(taoRao) > 0) orders.buy(keys[0].key, taoRao);
    },
  }),
});
