import { max, min } from "../../../kernel/math.js";
import { RAO_PER_TOKEN } from "../../../kernel/money.js";
import { SHARE_RANGE } from "../../../kernel/ranges.js";
import { number } from "../../parameter.js";
import type { Trace } from "../../trace.js";
import type { StageFacts } from "../stage-facts.js";
import { BONUS_RANGE } from "./bonus-range.js";
import { StakePast } from "./stake-past.js";
import { declareStakeRule } from "./stake-rule.js";

/** A bonus for who keeps, as stake, what was earned over some epochs. */
export const netStake = declareStakeRule({
  name: "net_stake",
  meaning: "1 + bonus * the part of what was earned over some epochs by which stake has grown",
  parameters: {
    bonus: number({ range: BONUS_RANGE, meaning: "What who keeps all gets on top of 1." }),
    epochs: number({
      range: { atLeast: 1, atMost: 100_000, whole: true },
      unit: "epochs",
      meaning: "How far back stake and emission are compared.",
    }),
    prior: number({
      range: SHARE_RANGE,
      default: 0.5,
      meaning: "The part kept of who was not measured so many epochs ago, or earned nothing since.",
    }),
  },
  asks: ["key", "earned"],
  bind({ bonus, epochs, prior }) {
    const past = new StakePast(epochs);
    const factor = ({ key, stakeRao, earnedRao }: StageFacts, miner: number, trace: Trace | null): number => {
      const at = past.before(key[miner]);
      const earned = at === -1 ? 0 : earnedRao[miner] - past.earnedRao[at];
      const kept = earned > 0 ? max(0, min(1, (stakeRao[miner] - past.stakeRao[at]) / earned)) : prior;
      const value = 1 + bonus * kept;
      if (trace === null) return value;
      trace.input("bonus", bonus);
      if (earned > 0) {
        trace.input("stake", stakeRao[miner] / RAO_PER_TOKEN);
        trace.input("stake_before", past.stakeRao[at] / RAO_PER_TOKEN);
        trace.input("earned_since", earned / RAO_PER_TOKEN);
        trace.term("kept", kept, "(stake - stake_before) / earned_since, 0..1");
      } else {
        trace.input("prior", prior);
        trace.term("kept", kept, at === -1 ? "prior: it was not measured then" : "prior: it earned nothing since");
      }
      trace.term("factor", value, "1 + bonus * kept");
      return value;
    };
    return {
      ceiling: 1 + bonus,
      beyond: "its stake and pay of epochs before",
      begin: (facts) => past.take(facts),
      factor,
      factors(facts, into) {
        for (let i = 0; i < facts.count; i++) into[i] = factor(facts, i, null);
      },
    };
  },
});
