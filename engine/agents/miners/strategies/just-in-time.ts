import { partFloor } from "../../../kernel/decimal.js";
import { number, timeSpan } from "../../../rules/parameter.js";
import { declareMinerStrategy } from "../miner-strategy.js";
import { requireShorterThanEpoch } from "../trading/require-shorter-than-epoch.js";
import { sellWorthwhile } from "../trading/sell-worthwhile.js";

/** A parameter of `just_in_time` is out of range. */
const CODE = "TEN-AGENT-131";

/** Is there when a rule looks, and takes no risk in between. */
export const justInTime = declareMinerStrategy({
  name: "just_in_time",
  meaning: "buys stake just before each epoch ends and sells everything just after",
  isHostile: true,
  parameters: {
    leadMs: timeSpan({
      atLeastMs: 1,
      default: 600_000,
      code: CODE,
      meaning: "How long before the end of an epoch it buys; shorter than an epoch.",
    }),
    share: number({ range: { above: 0, atMost: 1 }, unit: "0..1", default: 1, code: CODE, meaning: "Part of its TAO that it stakes." }),
  },
  refuse({ leadMs }, path, epochMs) {
    requireShorterThanEpoch(leadMs, epochMs, `${path}.lead`);
  },
  bind: ({ leadMs, share }) => ({
    decide(seen, orders) {
      if (seen.isClose) {
        for (const { key, stakeRao } of seen.keys) sellWorthwhile(seen, orders, key, stakeRao);
        orders.wakeAt(seen.nextCloseMs - leadMs);
        return;
      }
      const taoRao = partFloor(seen.taoRao, share);
      // Stake on a key without a seat is looked at by no rule.
      if (seen.keys.length > 0 && seen.keys[0].uid >= 0 && seen.purchaseRao(taoRao) > 0) orders.buy(seen.keys[0].key, taoRao);
    },
  }),
});
