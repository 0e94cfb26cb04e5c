import { max } from "../../kernel/math.js";
import { SHARE_RANGE } from "../../kernel/ranges.js";
import { number } from "../parameter.js";
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
      share({ count }, _before, weights, { base }) {
        let sum = 0;
        let kept = 0;
        for (let i = 0; i < count; i++) {
          sum += weights[i];
          if (weights[i] >= max(relative * base[i], absolute)) kept += weights[i];
        }
        if (kept === 0 || kept === sum) return;
        const times = sum / kept;
        for (let i = 0; i < count; i++) weights[i] = weights[i] < max(relative * base[i], absolute) ? 0 : weights[i] * times;
      },
    };
  },
});
