import { abs, exp, floor } from "../../../kernel/math.js";
import { DAY_MS } from "../../../kernel/time.js";
import { number, timeSpan } from "../../../rules/parameter.js";
import { declareMinerStrategy } from "../miner-strategy.js";
import type { MinerView } from "../miner-view.js";
import { sellWorthwhile } from "../trading/sell-worthwhile.js";

/** A parameter of `rational` is out of range. */
const CODE = "TEN-AGENT-128";
const YEAR_MS = 365 * DAY_MS;
/** Its pay is the mean of all epochs at first, and then a mean that gives each new epoch this weight. */
const LEAST_WEIGHT = 1 / 20;

/** What it knows of a key from one decision to the next. */
class KeyIncome {
  meanPaidRao = 0;
  sinceSaleRao = 0;
  #epochs = 0;

  take(paidRao: number): void {
    this.sinceSaleRao += paidRao;
    this.#epochs += 1;
    const weight = 1 / this.#epochs;
    this.meanPaidRao += (paidRao - this.meanPaidRao) * (weight > LEAST_WEIGHT ? weight : LEAST_WEIGHT);
  }
}

/**
 * Weighs three sales of each key, of nothing, of what it earned since it last sold and of everything, and makes the one with the largest
 *
 *   gain(a) = proceeds(a) - pay * (1 - m(a) / m(0)) * price * sum over k = 1..n of d^k - resale * a * price * d^n
 *
 * m(a): its multiplier in the middle of the horizon if a is sold now and nothing else happens, which stands for the whole horizon; pay: what
 * an epoch pays it; n: epochs of the horizon; d = e^(-discount per year * epoch / year) (docs/explanation/closed-loop.md).
 */
export const rational = declareMinerStrategy({
  name: "rational",
  meaning: "sells what brings more than the multiplier is worth that it loses by the sale",
  parameters: {
    horizonMs: timeSpan({ atLeastMs: 12_000, default: 30 * DAY_MS, code: CODE, meaning: "How far ahead it reckons with pay." }),
    discountPerYear: number({
      range: { atLeast: 0, atMost: 1_000 },
      default: 0.1,
      code: CODE,
      meaning: "What a year of waiting costs it: what comes after t years counts e^(-discount * t) of it.",
    }),
    resale: number({
      range: { atLeast: 0, atMost: 1 },
      unit: "0..1",
      default: 0,
      code: CODE,
      meaning: "Part of today's price that it reckons to sell for, at the horizon, what it keeps; 0: only the multiplier counts.",
    }),
  },
  bind({ horizonMs, discountPerYear, resale }) {
    const incomes: KeyIncome[] = [];
    let epochMs = 0;
    let annuity = 0;
    let atHorizon = 0;
    const reckon = (lengthMs: number) => {
      epochMs = lengthMs;
      const epochs = floor(horizonMs / lengthMs);
      const rate = (discountPerYear * lengthMs) / YEAR_MS;
      atHorizon = resale * exp(-rate * epochs);
      annuity = rate === 0 ? epochs : -growth(-rate * epochs) / growth(rate);
    };
    const gain = (seen: MinerView, key: number, amountRao: number, multiplier: number, meanPaidRao: number) => {
      const lost = multiplier > 0 ? 1 - seen.multiplierAfterSale(key, amountRao, horizonMs / 2) / multiplier : 0;
      return seen.proceedsRao(amountRao) - seen.priceTaoPerAlpha * (meanPaidRao * lost * annuity + amountRao * atHorizon);
    };
    return {
      decide(seen, orders) {
        const lengthMs = seen.nextCloseMs - seen.lastCloseMs;
        if (lengthMs !== epochMs) reckon(lengthMs);
        for (const { key, stakeRao, paidRao } of seen.keys) {
          let income = incomes[key];
          if (income === undefined) {
            income = new KeyIncome();
            incomes[key] = income;
          }
          income.take(paidRao);
          if (stakeRao === 0 || seen.priceTaoPerAlpha === 0) continue;
          const { meanPaidRao } = income;
          const multiplier = seen.multiplierAfterSale(key, 0, horizonMs / 2);
          const incomeRao = income.sinceSaleRao < stakeRao ? income.sinceSaleRao : stakeRao;
          const ofAll = gain(seen, key, stakeRao, multiplier, meanPaidRao);
          const ofIncome = incomeRao > 0 && incomeRao < stakeRao ? gain(seen, key, incomeRao, multiplier, meanPaidRao) : ofAll;
          if (!(ofAll > 0 || ofIncome > 0)) continue;
          sellWorthwhile(seen, orders, key, ofAll >= ofIncome ? stakeRao : incomeRao);
          income.sinceSaleRao = 0;
        }
      },
    };
  },
});

/** e^x - 1, also where x is so small that e^x is 1. */
function growth(x: number): number {
  return abs(x) < 1e-5 ? x * (1 + (x / 2) * (1 + x / 3)) : exp(x) - 1;
}
