import { choice } from "../parameter.js";
import type { StageTrace } from "./list-trace.js";
import { SMOOTHING_REGISTRY, smoothingOf } from "./smoothings/index.js";
import { declareShareStage } from "./stage.js";

/** Shares are averaged over time (docs/explanation/stages.md). Memory is the uid's. */
export const smooth = declareShareStage({
  name: "smooth",
  meaning: "the mean of what a uid had in this epoch and those before",
  effect: "share",
  parameters: {
    onNewKey: choice({
      values: { reset: "it begins with a past of 0", keep: "it inherits the past of the uid" },
      default: "reset",
      meaning: "What a hotkey finds that is another than the last that was seen on its uid; a swap of the hotkey makes no other.",
    }),
  },
  variants: { key: "kind", meaning: "What mean it is.", rules: SMOOTHING_REGISTRY },
  asks: () => ["key"],
  bind({ onNewKey, variant, of }) {
    const past = smoothingOf(variant).bind(of as never);
    const resets = onNewKey === "reset";
    /** Hotkey that was seen last, and in which epoch, by place. */
    let keyOf = new Int32Array(0);
    let share = new Float64Array(0);
    return {
      share({ count, uid, key }, before, weights, { trace = null }) {
        let places = keyOf.length;
        for (let i = 0; i < count; i++) if (placeOf(uid[i], key[i]) >= places) places = (placeOf(uid[i], key[i]) + 1) * 2;
        if (places > keyOf.length) {
          const wider = new Int32Array(places).fill(-1);
          wider.set(keyOf);
          keyOf = wider;
          share = new Float64Array(places);
          past.reserve(places);
        }
        share.fill(0);
        for (let i = 0; i < count; i++) {
          const at = placeOf(uid[i], key[i]);
          if (keyOf[at] !== key[i] && resets && keyOf[at] !== -1) past.clear(at);
          keyOf[at] = key[i];
          share[at] = before[i];
        }
        const meanBefore = trace === null ? past.mean : past.mean.slice();
        past.take(share);
        for (let i = 0; i < (trace === null ? 0 : count); i++) {
          const at = placeOf(uid[i], key[i]);
          past.explain(at, before[i], meanBefore[at], (trace as StageTrace).of(i));
        }
        for (let i = 0; i < count; i++) weights[i] = past.mean[placeOf(uid[i], key[i])];
      },
    };
  },
});

/** Where the past of a miner is kept: by its uid; where that is not known, by its hotkey. */
function placeOf(uid: number, key: number): number {
  return uid >= 0 ? uid * 2 : key * 2 + 1;
}
