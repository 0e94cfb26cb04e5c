import { max } from "../../kernel/math.js";
import { SHARE_RANGE } from "../../kernel/ranges.js";
import { number } from "../parameter.js";
import type { StageTrace } from "./list-trace.js";
import { declareShareStage } from "./stage.js";

/** Who fell far below its base share gets nothing (docs/explanation/stages.md). */
export const threshold = declareShareStage({
  name: "threshold",
  meaning: "who fell below a part of its base share, or below a share, gets nothing; the others share that in proportion",
  effect: "share",
  parameters: {
    relative: number({ range: SHARE_RANGE, default: 0.5, meaning: "Part of the base share below which a weight becomes 0." }),
    absolute: number({
      range: SHARE_RANGE,
      default: 0,
      meaning: "Weight below which it becomes 0, relative to base shares that sum to 1.",
    }),
  },
  bind({ relative, absolute }) {
    return {
      keepsCeiling: true,
      share({ count }, _before, weights, { base, trace = null }) {
        const weightsBefore = trace === null ? weights : weights.slice(0, count);
        let sum = 0;
        let kept = 0;
        for (let i = 0; i < count; i++) {
          sum += weights[i];
          if (weights[i] >= max(relative * base[i], absolute)) kept += weights[i];
        }
        const cutsNobody = kept === 0 || kept === sum;
        const times = cutsNobody ? 1 : sum / kept;
        for (let i = 0; i < (trace === null ? 0 : count); i++) {
          const of = (trace as StageTrace).of(i);
          of.fact("weight_before", weightsBefore[i], "what the factors before left of its base share");
          of.fact("base_share", base[i], "its base share");
          const limit = max(relative * base[i], absolute);
          of.input("relative", relative);
          of.input("absolute", absolute);
          of.term("limit", limit, "max(relative * base_share, absolute)");
          of.fact("times", times, "sum of all weights / sum of those that stay; 1 where nobody is cut");
          const isCut = !cutsNobody && weightsBefore[i] < limit;
          of.term("weight", isCut ? 0 : weightsBefore[i] * times, isCut ? "0: weight_before < limit" : "weight_before * times");
        }
        if (cutsNobody) return;
        for (let i = 0; i < count; i++) weights[i] = weights[i] < max(relative * base[i], absolute) ? 0 : weights[i] * times;
      },
    };
  },
});
