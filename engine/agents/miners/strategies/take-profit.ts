import { partFloor } from "../../../kernel/decimal.js";
import { number } from "../../../rules/parameter.js";
import { declareMinerStrategy } from "../miner-strategy.js";
import { sellWorthwhile } from "../trading/sell-worthwhile.js";

/** A parameter of `take_profit` is out of range. */
const CODE = "TEN-AGENT-124";

export const takeProfit = declareMinerStrategy({
  name: "take_profit",
  meaning: "sells a part of its stake whenever the price has risen by so much since it began or last sold",
  parameters: {
    gain: number({
      range: { above: 0, atMost: 1_000_000 },
      default: 0.2,
      code: CODE,
      meaning: "Rise of the price, as a fraction of what it first saw, or last sold at.",
    }),
    share: number({ range: { above: 0, atMost: 1 }, unit: "0..1", default: 0.25, code: CODE, meaning: "Part of its stake that is sold." }),
  },
  bind({ gain, share }) {
    let referenceTao = 0;
    return {
      decide(seen, orders) {
        const { priceTaoPerAlpha } = seen;
        if (priceTaoPerAlpha === 0) return;
        if (referenceTao === 0) referenceTao = priceTaoPerAlpha;
        if (seen.stakeRao === 0 || priceTaoPerAlpha < referenceTao * (1 + gain)) return;
        referenceTao = priceTaoPerAlpha;
        for (const { key, stakeRao } of seen.keys) sellWorthwhile(seen, orders, key, partFloor(stakeRao, share));
      },
    };
  },
});
