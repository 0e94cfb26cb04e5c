import { Fraction } from "../../kernel/decimal.js";
import { min, pow } from "../../kernel/math.js";
import { MAX_RAO, RAO_PER_TOKEN } from "../../kernel/money.js";
import { choice, number } from "../parameter.js";
import { declareFactorStage } from "./stage.js";

const TOKEN = Fraction.whole(RAO_PER_TOKEN);

/** Who has less than a minimum is cut, cut in part, or has no bonus (docs/explanation/stages.md). */
export const gate = declareFactorStage({
  name: "gate",
  meaning: "1 for who has at least a minimum; who has less is cut, cut in part, or gets no bonus",
  effect: "factor",
  parameters: {
    by: choice({ values: { stake: "stake of the position" }, default: "stake", meaning: "What is measured." }),
    atLeast: number({
      range: { atLeast: 0, atMost: MAX_RAO / RAO_PER_TOKEN },
      unit: "tokens",
      meaning: "The minimum; reaching it counts.",
    }),
    unit: choice({
      values: { alpha: "in alpha", tao: "in TAO at the latest price; without a price nobody has any" },
      default: "alpha",
      meaning: "Unit of the minimum.",
    }),
    below: choice({
      values: {
        zero: "a factor of 0",
        scale: "(what is there / minimum)^power",
        no_bonus: "a factor of 1, and exactly 1 from each later multiplier",
      },
      default: "zero",
      meaning: "What happens below the minimum.",
    }),
    power: number({ range: { above: 0, atMost: 1000 }, default: 1, meaning: "Exponent of `below: scale`." }),
  },
  bind({ atLeast, unit, below, power }) {
    const minimum = Fraction.decimal(atLeast).times(TOKEN);
    // The least whole rao of stake that reaches the minimum, by price.
    let limitPrice = 1;
    let limitRao = Number(minimum.ceil());
    const priceOf = (price: number): number => (unit === "tao" ? price : 1);
    const reaches = (stakeRao: number, price: number): boolean => {
      if (atLeast === 0) return true;
      if (price === 0) return false;
      if (price !== limitPrice) {
        limitPrice = price;
        limitRao = Number(minimum.over(Fraction.decimal(price)).ceil());
      }
      return stakeRao >= limitRao;
    };
    return {
      ceiling: 1,
      factor({ stakeRao, priceTaoPerAlpha }, miner, trace) {
        const price = priceOf(priceTaoPerAlpha);
        const stake = (stakeRao[miner] / RAO_PER_TOKEN) * price;
        const isReached = reaches(stakeRao[miner], price);
        const factor = isReached || below === "no_bonus" ? 1 : below === "zero" ? 0 : min(1, pow(stake / atLeast, power));
        if (trace === null) return factor;
        trace.input("stake", stake);
        trace.input("at_least", atLeast);
        if (below === "scale") trace.input("power", power);
        const otherwise = { zero: "0", scale: "(stake / at_least)^power", no_bonus: "1, and no bonus later" }[below];
        trace.term("factor", factor, `1 where stake >= at_least, else ${otherwise}`);
        return factor;
      },
      withholds: ({ stakeRao, priceTaoPerAlpha }, miner) => below === "no_bonus" && !reaches(stakeRao[miner], priceOf(priceTaoPerAlpha)),
    };
  },
});
