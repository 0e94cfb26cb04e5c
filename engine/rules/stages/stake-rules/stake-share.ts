import { RAO_PER_TOKEN } from "../../../kernel/money.js";
import { number } from "../../parameter.js";
import type { Trace } from "../../trace.js";
import type { StageFacts } from "../stage-facts.js";
import { BONUS_RANGE } from "./bonus-range.js";
import { declareStakeRule } from "./stake-rule.js";

/** A bonus by the part that a miner has of the stake of all who share. */
export const stakeShare = declareStakeRule({
  name: "stake_share",
  meaning: "1 + bonus * stake / stake of all miners in the list; 1 where nobody has any",
  parameters: { bonus: number({ range: BONUS_RANGE, meaning: "What who has all the stake gets on top of 1." }) },
  bind({ bonus }) {
    let sumRao = 0;
    const factor = ({ stakeRao }: StageFacts, miner: number, trace: Trace | null): number => {
      const value = sumRao > 0 ? 1 + bonus * (stakeRao[miner] / sumRao) : 1;
      trace?.input("stake", stakeRao[miner] / RAO_PER_TOKEN);
      trace?.input("all_stake", sumRao / RAO_PER_TOKEN);
      trace?.input("bonus", bonus);
      trace?.term("factor", value, "1 + bonus * stake / all_stake");
      return value;
    };
    return {
      ceiling: 1 + bonus,
      beyond: "the stake of all",
      begin({ count, stakeRao }) {
        sumRao = 0;
        for (let i = 0; i < count; i++) sumRao += stakeRao[i];
      },
      factor,
      factors(facts, into) {
        for (let i = 0; i < facts.count; i++) into[i] = factor(facts, i, null);
      },
    };
  },
});
