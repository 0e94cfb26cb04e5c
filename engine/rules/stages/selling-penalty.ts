import { RAO_PER_TOKEN } from "../../kernel/money.js";
import { SHARE_RANGE } from "../../kernel/ranges.js";
import { HOUR_MS } from "../../kernel/time.js";
import { number, rows } from "../parameter.js";
import type { Trace } from "../trace.js";
import { SellingRecord } from "./selling-record.js";
import { declareFactorStage } from "./stage.js";
import type { StageFacts } from "./stage-facts.js";

const HOURS = { above: 0, atMost: 876_600 } as const;

/** Who sold is paid less for a while, by how much of its stake it sold (docs/explanation/stages.md). */
export const sellingPenalty = declareFactorStage({
  name: "selling_penalty",
  meaning: "a factor below 1, for some hours, for who lowered its stake; the smallest that holds",
  effect: "factor",
  parameters: {
    steps: rows({
      columns: {
        drop: number({ range: SHARE_RANGE, meaning: "Part of the largest stake of the look-back that is gone; reaching it counts." }),
        factor: number({ range: SHARE_RANGE, meaning: "Factor while the step holds." }),
        hours: number({ range: HOURS, unit: "hours", meaning: "How long it holds, from the close at which the stake had fallen." }),
      },
      meaning: "Steps: every one that a fall reaches starts, or starts again.",
    }),
    lookBackHours: number({
      range: HOURS,
      default: 24,
      unit: "hours",
      meaning: "Over which closes the largest stake is sought, this one included.",
    }),
  },
  asks: () => ["key", "moved"],
  bind({ steps, lookBackHours }) {
    const record = new SellingRecord(steps, lookBackHours);
    const factor = ({ key, endMs, stakeRao, movedRao }: StageFacts, miner: number, trace: Trace | null): number => {
      const holding = record.holding(key[miner], endMs);
      const value = holding === -1 ? 1 : steps[holding].factor;
      if (trace === null) return value;
      trace.input("stake", stakeRao[miner] / RAO_PER_TOKEN);
      trace.input("largest_stake", record.largestRao(key[miner], movedRao[miner]) / RAO_PER_TOKEN);
      if (holding === -1) trace.term("factor", 1, "no step holds for stake and largest_stake");
      else {
        trace.input("hours_left", (record.endMs(key[miner], holding) - endMs) / HOUR_MS);
        trace.term("factor", value, `that of the step with drop ${steps[holding].drop}, while hours_left > 0`);
      }
      return value;
    };
    return {
      ceiling: 1,
      beyond: "its stake at closes before",
      begin: (facts) => record.take(facts),
      factor,
      factors(facts, into) {
        for (let i = 0; i < facts.count; i++) into[i] = factor(facts, i, null);
      },
    };
  },
});
