import { number } from "../../../rules/parameter.js";
import { declareMinerStrategy } from "../miner-strategy.js";
import { largestSale } from "../trading/largest-sale.js";
import { sellWorthwhile } from "../trading/sell-worthwhile.js";

/** What-ifs of a key and decision. */
const MOST_QUESTIONS = 16;

/** Sells the largest a with multiplier after a sale of a >= at_least * top (docs/explanation/closed-loop.md). */
export const targetMultiplier = declareMinerStrategy({
  name: "target_multiplier",
  meaning: "sells as much as leaves its multiplier at its target",
  parameters: {
    atLeast: number({
      range: { above: 0, atMost: 1 },
      unit: "0..1",
      default: 0.9,
      code: "TEN-AGENT-127",
      meaning: "Target, as a share of the largest multiplier that the rule can give.",
    }),
  },
  bind({ atLeast }) {
    /** What was sold of a key the last time, by number of the key. */
    const lastRao: number[] = [];
    return {
      decide(seen, orders) {
        const target = atLeast * seen.topMultiplier;
        for (const { key, stakeRao, paidRao } of seen.keys) {
          if (stakeRao === 0 || seen.multiplierAfterSale(key, 0) < target) continue;
          const fits = (amountRao: number) => seen.multiplierAfterSale(key, amountRao) >= target;
          const soldRao = largestSale(stakeRao, lastRao[key] ?? paidRao, MOST_QUESTIONS, fits);
          if (soldRao > 0) lastRao[key] = soldRao;
          sellWorthwhile(seen, orders, key, soldRao);
        }
      },
    };
  },
});
