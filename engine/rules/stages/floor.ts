import { max } from "../../kernel/math.js";
import { SHARE_RANGE } from "../../kernel/ranges.js";
import { number } from "../parameter.js";
import { declareShareStage } from "./stage.js";

/** Who has a share has at least so much (docs/explanation/stages.md). */
export const floor = declareShareStage({
  name: "floor",
  meaning: "who has a share has at least a minimum; the others give it in proportion",
  effect: "share",
  parameters: { minShare: number({ range: SHARE_RANGE, meaning: "Smallest share of who has any." }) },
  bind({ minShare }) {
    let sorted = new Float64Array(256);
    return {
      share({ count }, before, weights, { trace = null }) {
        if (sorted.length < count) sorted = new Float64Array(count * 2);
        sorted.set(before.subarray(0, count));
        const ascending = sorted.subarray(0, count).sort();
        let first = 0;
        while (first < count && ascending[first] === 0) first += 1;
        let sum = 0;
        for (let k = first; k < count; k++) sum += ascending[k];
        const sharers = count - first;
        const isEqual = sharers * minShare >= sum;
        const times = isEqual ? 0 : timesToFloor(ascending.subarray(first), sum, minShare);
        const least = isEqual ? sum / sharers : minShare;
        for (let i = 0; i < count; i++) weights[i] = before[i] > 0 ? max(least, times * before[i]) : 0;
        if (trace === null) return;
        for (let i = 0; i < count; i++) {
          const of = trace.of(i);
          of.input("share_before", before[i]);
          of.input("min_share", minShare);
          of.fact("least", least, isEqual ? "the mean of who has any: there is not enough for min_share each" : "min_share");
          of.fact("times", times, "by what others are multiplied, so that with the least all keep their sum");
          of.term("weight", weights[i], "max(least, times * share_before) of who has any, else 0");
        }
      },
    };
  },
});

/** By what shares are multiplied so that, none below the smallest, they keep their sum. */
function timesToFloor(ascending: Float64Array, sum: number, minShare: number): number {
  let times = 1;
  for (let raised = 0; times * ascending[raised] < minShare; raised++) {
    let above = 0;
    for (let k = raised + 1; k < ascending.length; k++) above += ascending[k];
    times = (sum - (raised + 1) * minShare) / above;
  }
  return times;
}
