import { Fraction } from "../../../kernel/decimal.js";
import { max } from "../../../kernel/math.js";
import { MAX_RAO, RAO_PER_TOKEN } from "../../../kernel/money.js";
import { LARGEST_MULTIPLIER } from "../../../kernel/ranges.js";
import { number, rows } from "../../parameter.js";
import type { Trace } from "../../trace.js";
import type { StageFacts } from "../stage-facts.js";
import { declareStakeRule } from "./stake-rule.js";

const TOKEN = Fraction.whole(RAO_PER_TOKEN);

/** A multiplier by steps of stake. */
export const stakeTiers = declareStakeRule({
  name: "stake_tiers",
  meaning: "the value of the highest tier that the stake reaches, in alpha; else 1",
  parameters: {
    tiers: rows({
      columns: {
        atLeast: number({
          range: { atLeast: 0, atMost: MAX_RAO / RAO_PER_TOKEN },
          unit: "alpha",
          meaning: "Stake from which the tier counts; reaching it counts.",
        }),
        value: number({ range: { atLeast: 0, atMost: LARGEST_MULTIPLIER }, meaning: "Multiplier of the tier." }),
      },
      ascendingBy: "atLeast",
      meaning: "Tiers of stake, in ascending order.",
    }),
  },
  bind({ tiers }) {
    const limits = tiers.map(({ atLeast }) => Number(Fraction.decimal(atLeast).times(TOKEN).ceil()));
    const values = tiers.map(({ value }) => value);
    const factor = ({ stakeRao }: StageFacts, miner: number, trace: Trace | null): number => {
      let tier = limits.length;
      while (tier > 0 && stakeRao[miner] < limits[tier - 1]) tier -= 1;
      const value = tier === 0 ? 1 : values[tier - 1];
      if (trace === null) return value;
      trace.input("stake", stakeRao[miner] / RAO_PER_TOKEN);
      const reached = tier === 0 ? "no tier is reached by stake" : `stake >= ${tiers[tier - 1].atLeast}`;
      trace.term("factor", value, reached);
      return value;
    };
    return {
      ceiling: max(1, ...values),
      factor,
      factors(facts, into) {
        for (let i = 0; i < facts.count; i++) into[i] = factor(facts, i, null);
      },
    };
  },
});
