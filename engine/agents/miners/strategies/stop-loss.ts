import { partFloor } from "../../../kernel/decimal.js";
import { number } from "../../../rules/parameter.js";
import { declareMinerStrategy } from "../miner-strategy.js";
import { sellWorthwhile } from "../trading/sell-worthwhile.js";

/** A parameter of `stop_loss` is out of range. */
const CODE = "TEN-AGENT-125";

export const stopLoss = declareMinerStrategy({
  name: "stop_loss",
  meaning: "sells a part of its stake whenever the price has fallen by so much from the highest it saw since it began or last sold",
  parameters: {
    fall: number({
      range: { above: 0, below: 1 },
      default: 0.2,
      code: CODE,
      meaning: "Fall of the price, as a fraction of the highest it saw.",
    }),
    share: number({ range: { above: 0, atMost: 1 }, unit: "0..1", default: 1, code: CODE, meaning: "Part of its stake that is sold." }),
  },
  bind({ fall, share }) {
    let highestTao = 0;
    return {
      decide(seen, orders) {
        const { priceTaoPerAlpha } = seen;
        if (priceTaoPerAlpha > highestTao) highestTao = priceTaoPerAlpha;
        if (priceTaoPerAlpha === 0 || seen.stakeRao === 0 || priceTaoPerAlpha > highestTao * (1 - fall)) return;
        highestTao = priceTaoPerAlpha;
        for (const { key, stakeRao } of seen.keys) sellWorthwhile(seen, orders, key, partFloor(stakeRao, share));
      },
    };
  },
});
