import { timeSpan } from "../../../rules/parameter.js";
import { declareMinerStrategy } from "../miner-strategy.js";
import { taoForAlpha } from "../trading/least-amount.js";
import { requireShorterThanEpoch } from "../trading/require-shorter-than-epoch.js";
import { sellAcrossKeys } from "../trading/sell-worthwhile.js";

/** Whoever compares stake at the ends of epochs sees one that never falls. */
export const topUpMask = declareMinerStrategy({
  name: "top_up_mask",
  meaning: "sells its pay, and buys as much back just before each epoch ends that its stake is what it was after the last one",
  isHostile: true,
  parameters: {
    leadMs: timeSpan({
      atLeastMs: 1,
      default: 600_000,
      code: "TEN-AGENT-137",
      meaning: "How long before the end of an epoch it buys back, as far as its TAO goes; shorter than an epoch.",
    }),
  },
  refuse({ leadMs }, path, epochMs) {
    requireShorterThanEpoch(leadMs, epochMs, `${path}.lead`);
  },
  bind({ leadMs }) {
    let shownRao = 0;
    let boughtRao = 0;
    return {
      decide(seen, orders) {
        if (seen.isClose) {
          shownRao = seen.stakeRao;
          let soldRao = boughtRao;
          for (const { paidRao } of seen.keys) soldRao += paidRao;
          sellAcrossKeys(seen, orders, soldRao < shownRao ? soldRao : shownRao);
          boughtRao = 0;
          orders.wakeAt(seen.nextCloseMs - leadMs);
          return;
        }
        const lackRao = shownRao - seen.stakeRao;
        if (lackRao <= 0 || seen.keys.length === 0) return;
        const taoRao = taoForAlpha(seen, lackRao, seen.taoRao);
        boughtRao = seen.purchaseRao(taoRao);
        if (boughtRao > 0) orders.buy(seen.keys[0].key, taoRao);
      },
    };
  },
});
