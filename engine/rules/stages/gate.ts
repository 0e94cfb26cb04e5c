import { Fraction } from "../../kernel/decimal.js";
import { min, pow } from "../../kernel/math.js";
import { MAX_RAO, RAO_PER_TOKEN } from "../../kernel/money.js";
import { DAY_MS } from "../../kernel/time.js";
import { choice, number } from "../parameter.js";
import type { Trace } from "../trace.js";
import { declareFactorStage } from "./stage.js";
import type { StageFacts } from "./stage-facts.js";

const BY = {
  stake: "stake of the position",
  collateral: "collateral of the hotkey, by the latest row of the stream `collateral`; none counts as 0",
  age: "days since the hotkey was registered",
  volume: "TAO traded in the epoch",
} as const;

type Measure = (facts: StageFacts, miner: number) => number;

/** Whole rao, or whole milliseconds. */
const MEASURES: Readonly<Record<keyof typeof BY, Measure>> = {
  stake: ({ stakeRao }, miner) => stakeRao[miner],
  collateral: ({ collateralRao }, miner) => collateralRao[miner],
  age: ({ endMs, registeredMs }, miner) => endMs - registeredMs[miner],
  volume: ({ volumeRao }, miner) => volumeRao[miner],
};

/** Who has less than a minimum is cut, cut in part, or has no bonus (docs/explanation/stages.md). */
export const gate = declareFactorStage({
  name: "gate",
  meaning: "1 for who has at least a minimum; who has less is cut, cut in part, or gets no bonus",
  effect: "factor",
  parameters: {
    by: choice({ values: BY, default: "stake", meaning: "What is measured." }),
    atLeast: number({
      range: { atLeast: 0, atMost: MAX_RAO / RAO_PER_TOKEN },
      unit: "tokens, or days by age",
      meaning: "The minimum; reaching it counts.",
    }),
    unit: choice({
      values: { alpha: "in alpha", tao: "in TAO at the latest price; without a price nobody has any" },
      default: "alpha",
      meaning: "Unit of the minimum by stake.",
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
  asks: ({ by }: { readonly by: string }) => (by === "collateral" || by === "volume" ? [by] : []),
  bind({ by, atLeast, unit, below, power }) {
    const measure = MEASURES[by];
    const one = by === "age" ? DAY_MS : RAO_PER_TOKEN;
    const isTao = by === "stake" && unit === "tao";
    const minimum = Fraction.decimal(atLeast).times(Fraction.whole(one));
    // The least whole amount that reaches the minimum, by price.
    let limitPrice = 1;
    let limit = Number(minimum.ceil());
    const priceOf = (price: number): number => (isTao ? price : 1);
    const reaches = (amount: number, price: number): boolean => {
      if (atLeast === 0) return true;
      if (price === 0) return false;
      if (price !== limitPrice) {
        limitPrice = price;
        limit = Number(minimum.over(Fraction.decimal(price)).ceil());
      }
      return amount >= limit;
    };
    const withholds = (facts: StageFacts, miner: number): boolean => !reaches(measure(facts, miner), priceOf(facts.priceTaoPerAlpha));
    const factor = (facts: StageFacts, miner: number, trace: Trace | null): number => {
      const price = priceOf(facts.priceTaoPerAlpha);
      const amount = measure(facts, miner);
      const isReached = reaches(amount, price);
      const found = (amount / one) * price;
      const value = isReached || below === "no_bonus" ? 1 : below === "zero" ? 0 : min(1, pow(found / atLeast, power));
      if (trace === null) return value;
      const name = by === "age" ? "age_days" : by;
      if (!isTao) trace.input(name, found);
      else {
        trace.input("stake_alpha", amount / one);
        trace.input("price", price);
        trace.term("stake", found, "stake_alpha * price, in TAO");
      }
      trace.input("at_least", atLeast);
      if (below === "scale") trace.input("power", power);
      const otherwise = { zero: "0", scale: `(${name} / at_least)^power`, no_bonus: "1, and no bonus later" }[below];
      trace.term("factor", value, `1 where ${name} >= at_least, else ${otherwise}`);
      return value;
    };
    return {
      ceiling: 1,
      factor,
      factors(facts, into) {
        for (let i = 0; i < facts.count; i++) into[i] = factor(facts, i, null);
      },
      ...(by === "stake" ? {} : { beyond: BY[by] }),
      ...(below === "no_bonus" ? { withholds } : {}),
    };
  },
});
