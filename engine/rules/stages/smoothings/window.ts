import { min } from "../../../kernel/math.js";
import { number } from "../../parameter.js";
import type { Trace } from "../../trace.js";
import { declareSmoothing } from "./smoothing.js";

/**
 * Mean of the last epochs. Sums are of blocks as long as the window: of this block what came so far, of the one before what is still
 * inside. So nothing is ever taken off a sum, and no rounding stays behind.
 */
export const movingWindow = declareSmoothing({
  name: "window",
  meaning: "the mean share of the last epochs, or of those there were so far",
  parameters: {
    epochs: number({ range: { atLeast: 1, atMost: 100_000, whole: true }, unit: "epochs", meaning: "Length of the window." }),
  },
  bind({ epochs }) {
    let places = 0;
    /** Shares of this block, and sums of the block before from each of its epochs to its end; by epoch of the block, then place. */
    let shares: Float64Array[] = [];
    let rest: Float64Array[] = [];
    let sum = new Float64Array(0);
    let taken = 0;
    const widened = (from: Float64Array): Float64Array<ArrayBuffer> => {
      const wider = new Float64Array(places);
      wider.set(from);
      return wider;
    };
    const bound = {
      mean: new Float64Array(0),
      reserve(count: number) {
        places = count;
        shares = shares.map(widened);
        rest = rest.map(widened);
        sum = widened(sum);
        bound.mean = new Float64Array(places);
      },
      take(share: Float64Array) {
        if (shares.length === epochs) {
          rest = shares;
          shares = [];
          for (let k = epochs - 2; k >= 0; k--) for (let at = 0; at < places; at++) rest[k][at] += rest[k + 1][at];
          sum.fill(0);
        }
        shares.push(share.slice(0, places));
        taken += 1;
        const before = rest[shares.length];
        const length = min(taken, epochs);
        for (let at = 0; at < places; at++) {
          sum[at] += share[at];
          bound.mean[at] = (before === undefined ? sum[at] : before[at] + sum[at]) / length;
        }
      },
      explain(place: number, share: number, _before: number, trace: Trace) {
        const earlier = rest[shares.length];
        trace.input("share_before", share);
        const all = earlier === undefined ? sum[place] : earlier[place] + sum[place];
        trace.fact(
          "sum",
          all,
          "sum of the shares of its uid in the window, this epoch included; 0 of those before a new hotkey under on_new_key: reset",
        );
        trace.fact("length", min(taken, epochs), "epochs in the window, or that there were so far");
        trace.term("weight", bound.mean[place], "sum / length");
      },
      clear(place: number) {
        sum[place] = 0;
        for (const one of shares) one[place] = 0;
        for (const one of rest) one[place] = 0;
      },
    };
    return bound;
  },
});
