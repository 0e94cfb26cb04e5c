import { min } from "../../kernel/math.js";
import { choice, number } from "../parameter.js";
import type { StageTrace } from "./list-trace.js";
import { declareShareStage } from "./stage.js";

/** Nobody gets more than a share (docs/explanation/stages.md). */
export const cap = declareShareStage({
  name: "cap",
  meaning: "nobody has more than a share; what is over goes to the others in proportion, or to the residual",
  effect: "share",
  parameters: {
    maxShare: number({ range: { above: 0, atMost: 1 }, meaning: "Largest share." }),
    excess: choice({
      values: {
        others: "to who has less, in proportion, as far as they can take it",
        residual: "where `residual` says",
      },
      default: "others",
      meaning: "Where goes what is over.",
    }),
  },
  bind({ maxShare, excess }) {
    let sorted = new Float64Array(256);
    return {
      share({ count }, before, weights, { trace = null }) {
        if (excess === "residual") {
          for (let i = 0; i < count; i++) weights[i] = min(maxShare, before[i]);
          if (trace !== null) tell(trace, before, weights, { count, maxShare, times: 1 });
          return;
        }
        if (sorted.length < count) sorted = new Float64Array(count * 2);
        const times = timesToCap(before, count, maxShare, sorted);
        for (let i = 0; i < count; i++) weights[i] = before[i] > 0 ? min(maxShare, times * before[i]) : 0;
        if (trace !== null) tell(trace, before, weights, { count, maxShare, times });
      },
    };
  },
});

function tell(
  trace: StageTrace,
  before: Float64Array,
  weights: Float64Array,
  { count, maxShare, times }: { readonly count: number; readonly maxShare: number; readonly times: number },
): void {
  const isFull = times === Number.POSITIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const of = trace.of(i);
    of.input("share_before", before[i]);
    of.input("max_share", maxShare);
    if (isFull) of.term("weight", weights[i], "max_share of who has any: nobody can take what is over");
    else {
      of.fact(
        "times",
        times,
        "by what all are multiplied, so that with the limit they keep their sum; 1 where what is over is not given on",
      );
      of.term("weight", weights[i], "min(max_share, times * share_before)");
    }
  }
}

/** By what all are multiplied so that, none above the largest share, they keep their sum; infinite where they cannot. */
function timesToCap(shares: Float64Array, count: number, maxShare: number, sorted: Float64Array): number {
  sorted.set(shares.subarray(0, count));
  const ascending = sorted.subarray(0, count).sort();
  let sum = 0;
  let first = count;
  for (let k = count - 1; k >= 0 && ascending[k] > 0; k--) first = k;
  // Who lies below a place has this sum; the smallest first, so that little is not lost.
  for (let k = first; k < count; k++) sum += ascending[k];
  if ((count - first) * maxShare <= sum) return Number.POSITIVE_INFINITY;
  let times = 1;
  let below = sum;
  for (let capped = 0; capped < count - first; capped++) {
    const largest = ascending[count - 1 - capped];
    if (times * largest <= maxShare) break;
    below = 0;
    for (let k = first; k < count - 1 - capped; k++) below += ascending[k];
    times = (sum - (capped + 1) * maxShare) / below;
  }
  return times;
}
