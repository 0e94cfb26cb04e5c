import { choice } from "../parameter.js";
import type { Trace } from "../trace.js";
import { bindCurve, CURVE_REGISTRY, type CurveName } from "./curves/index.js";
import { Ranking } from "./ranking.js";
import { declareShareStage } from "./stage.js";

/** All is given out anew by rank or by weight (docs/explanation/stages.md). */
export const curve = declareShareStage({
  name: "curve",
  meaning: "shares by rank or by weight, given out anew, also what earlier stages took or left",
  effect: "share",
  parameters: {
    ties: choice({
      values: { average: "tied miners each get the mean of what the ranks they fill are worth", uid: "the order of ranks decides" },
      default: "average",
      meaning: "What miners of the same weight get.",
    }),
  },
  variants: { key: "kind", meaning: "The curve.", rules: CURVE_REGISTRY },
  bind({ ties, variant, of }) {
    const fill = bindCurve(variant as CurveName, of);
    const ranking = new Ranking();
    let relative = new Float64Array(256);
    let value = new Float64Array(256);
    const average = ties === "average";
    return {
      share(facts, before, weights, { trace = null }) {
        const { count } = facts;
        ranking.rank(facts, before);
        const { order, count: ranked } = ranking;
        weights.fill(0, 0, count);
        if (ranked === 0) return;
        if (relative.length < ranked) {
          relative = new Float64Array(ranked * 2);
          value = new Float64Array(ranked * 2);
        }
        const largest = before[order[0]];
        for (let k = 0; k < ranked; k++) relative[k] = before[order[k]] / largest;
        fill(value, relative, ranked);
        if (average) averageTies(value, before, order, ranked);
        let sum = 0;
        for (let k = 0; k < ranked; k++) sum += value[k];
        for (let k = 0; k < ranked; k++) weights[order[k]] = value[k] / sum;
        if (trace !== null) for (let k = 0; k < ranked; k++) tell(trace.of(order[k]), { k, ranked, value, sum, before, order });
      },
    };
  },
});

interface Ranked {
  readonly k: number;
  readonly ranked: number;
  /** By rank. */
  readonly value: Float64Array;
  readonly sum: number;
  readonly before: Float64Array;
  readonly order: Int32Array;
}

function tell(of: Trace, { k, ranked, value, sum, before, order }: Ranked): void {
  let [first, last] = [k, k];
  const isTied = (other: number) => before[order[other]] === before[order[k]] && value[other] === value[k];
  while (first > 0 && isTied(first - 1)) first -= 1;
  while (last + 1 < ranked && isTied(last + 1)) last += 1;
  of.input("share_before", before[order[k]]);
  of.term("rank", first + 1, "1 + how many have more, or as much and come first (earlier registration, then lower uid)");
  if (last > first) of.fact("tied", last - first + 1, "miners of the same weight that get the same, itself included");
  of.fact("ranked", ranked, "miners with a weight");
  of.term("value", value[k], last > first ? "mean of what the ranks it is tied on are worth" : "what its rank is worth by the curve");
  of.fact("all_values", sum, "sum of the same of all ranks");
  of.term("weight", value[k] / sum, "value / all_values");
}

/** Gives miners of one weight the mean of their values; values and order go by rank. */
function averageTies(value: Float64Array, weights: Float64Array, order: Int32Array, ranked: number): void {
  for (let first = 0; first < ranked; ) {
    let end = first + 1;
    while (end < ranked && weights[order[end]] === weights[order[first]]) end += 1;
    if (end > first + 1) {
      let sum = 0;
      for (let k = first; k < end; k++) sum += value[k];
      value.fill(sum / (end - first), first, end);
    }
    first = end;
  }
}
