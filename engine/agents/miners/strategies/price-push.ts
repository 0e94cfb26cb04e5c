import { partFloor } from "../../../kernel/decimal.js";
import { number, timeSpan } from "../../../rules/parameter.js";
import { declareMinerStrategy } from "../miner-strategy.js";
import { taoForAlpha } from "../trading/least-amount.js";
import { requireShorterThanEpoch } from "../trading/require-shorter-than-epoch.js";

/** A parameter of `price_push` is out of range. */
const CODE = "TEN-AGENT-142";

/** Where pay is counted at the price of an instant, a price that is low for that instant is more alpha for the same amount. */
export const pricePush = declareMinerStrategy({
  name: "price_push",
  meaning: "sells stake just before each epoch ends, so that the price is low then, and buys it back just after",
  isHostile: true,
  parameters: {
    leadMs: timeSpan({
      atLeastMs: 1,
      default: 12_000,
      code: CODE,
      meaning: "How long before the end of an epoch it sells; shorter than an epoch.",
    }),
    share: number({ range: { above: 0, atMost: 1 }, unit: "0..1", default: 1, code: CODE, meaning: "Part of its stake that it sells." }),
  },
  refuse({ leadMs }, path, epochMs) {
    requireShorterThanEpoch(leadMs, epochMs, `${path}.lead`);
  },
  bind({ leadMs, share }) {
    let soldRao = 0;
    return {
      decide(seen, orders) {
        if (!seen.isClose) {
          for (const { key, stakeRao } of seen.keys) {
            const partRao = partFloor(stakeRao, share);
            // A sale that brings nothing is refused, and nothing of it is to be bought back.
            if (partRao === 0 || seen.proceedsRao(partRao) === 0) continue;
            orders.sell(key, partRao);
            soldRao += partRao;
          }
          return;
        }
        if (soldRao > 0 && seen.keys.length > 0) {
          const taoRao = taoForAlpha(seen, soldRao, seen.taoRao);
          if (seen.purchaseRao(taoRao) > 0) orders.buy(seen.keys[0].key, taoRao);
        }
        soldRao = 0;
        orders.wakeAt(seen.nextCloseMs - leadMs);
      },
    };
  },
});
