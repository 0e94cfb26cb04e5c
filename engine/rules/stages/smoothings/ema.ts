import { pow } from "../../../kernel/math.js";
import { numberOrOff } from "../../parameter.js";
import type { Trace } from "../../trace.js";
import { declareSmoothing } from "./smoothing.js";

/** Exponential moving average; in its first epoch it is what there is. */
export const ema = declareSmoothing({
  name: "ema",
  meaning: "alpha * share + (1 - alpha) * the mean before, by alpha or half_life_epochs",
  parameters: {
    alpha: numberOrOff({ range: { above: 0, atMost: 1 }, default: null, meaning: "Weight of this epoch; or state half_life_epochs." }),
    halfLifeEpochs: numberOrOff({
      range: { above: 0, atMost: 1_000_000 },
      default: null,
      unit: "epochs",
      meaning: "After how many epochs a share has half its weight: alpha = 1 - 0.5^(1 / half_life_epochs).",
    }),
  },
  bind({ alpha: stated, halfLifeEpochs }) {
    const alpha = stated ?? 1 - pow(0.5, 1 / (halfLifeEpochs ?? 1));
    let taken = 0;
    const bound = {
      mean: new Float64Array(0),
      reserve(places: number) {
        const mean = new Float64Array(places);
        mean.set(bound.mean);
        bound.mean = mean;
      },
      take(share: Float64Array) {
        const { mean } = bound;
        if (taken === 0) mean.set(share);
        else for (let at = 0; at < mean.length; at++) mean[at] = alpha * share[at] + (1 - alpha) * mean[at];
        taken += 1;
      },
      explain(place: number, share: number, before: number, trace: Trace) {
        trace.input("share_before", share);
        if (taken === 1) {
          trace.term("weight", bound.mean[place], "share_before: it is the first epoch");
          return;
        }
        if (stated === null) trace.fact("alpha", alpha, "1 - 0.5^(1 / half_life_epochs)");
        else trace.input("alpha", alpha);
        trace.fact("mean_before", before, "the mean of its uid after the epoch before; 0 of a new hotkey under on_new_key: reset");
        trace.term("weight", bound.mean[place], "alpha * share_before + (1 - alpha) * mean_before");
      },
      clear(place: number) {
        bound.mean[place] = 0;
      },
    };
    return bound;
  },
});
