import { Fraction } from "../../kernel/decimal.js";
import { min, pow } from "../../kernel/math.js";
import { MAX_RAO, RAO_PER_TOKEN } from "../../kernel/money.js";
import { choice, number } from "../parameter.js";
import type { Trace } from "../trace.js";
import { declareFactorStage } from "./stage.js";
import type { StageFacts } from "./stage-facts.js";

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
    const withholds = ({ stakeRao, priceTaoPerAlpha }: StageFacts, miner: number): boolean =>
      !reaches(stakeRao[miner], priceOf(priceTaoPerAlpha));
    const factor = ({ stakeRao, priceTaoPerAlpha }: StageFacts, miner: number, trace: Trace | null): number => {
      const price = priceOf(priceTaoPerAlpha);
      const isReached = reaches(stakeRao[miner], price);
      const stake = (stakeRao[miner] / RAO_PER_TOKEN) * price;
      const one = isReached || below === "no_bonus" ? 1 : below === "zero" ? 0 : min(1, pow(stake / atLeast, power));
      if (trace === null) return one;
      if (unit === "alpha") trace.input("stake", stake);
      else {
        trace.input("stake_alpha", stakeRao[miner] / RAO_PER_TOKEN);
        trace.input("price", price);
        trace.term("stake", stake, "stake_alpha * price, in TAO");
      }
      trace.input("at_least", atLeast);
      if (below === "scale") trace.input("power", power);
      const otherwise = { zero: "0", scale: "(stake / at_least)^power", no_bonus: "1, and no bonus later" }[below];
      trace.term("factor", one, `1 where stake >= at_least, else ${otherwise}`);
      return one;
    };
    return {
      ceiling: 1,
      factor,
      factors(facts, into) {
        for (let i = 0; i < facts.count; i++) into[i] = factor(facts, i, null);
      },
      ...(below === "no_bonus" ? { withholds } : {}),
    };
  },
});
