import { partFloor } from "../../../kernel/decimal.js";
import { TenureError } from "../../../kernel/errors.js";
import { DAY_MS } from "../../../kernel/time.js";
import { partsOf, SHARE_UNIT } from "../../../market/proportion.js";
import { number, timeSpan } from "../../../rules/parameter.js";
import { declareMinerStrategy } from "../miner-strategy.js";
import { Recurrence } from "../trading/recurrence.js";
import { sellWorthwhile } from "../trading/sell-worthwhile.js";

/** A parameter of `threshold_drain` is out of range. */
const CODE = "TEN-AGENT-135";

/** Where only falls from a threshold on are punished, many small ones are free. */
export const thresholdDrain = declareMinerStrategy({
  name: "threshold_drain",
  meaning: "sells a little less of its stake than a threshold, again and again",
  isHostile: true,
  parameters: {
    threshold: number({
      range: { above: 0, atMost: 1, places: 9 },
      default: 0.05,
      code: CODE,
      meaning: "Fall of the stake, as a fraction of it, that it stays under.",
    }),
    margin: number({
      range: { above: 0, below: 1, places: 9 },
      default: 0.001,
      code: CODE,
      meaning: "By how much it stays under it; below `threshold`.",
    }),
    everyMs: timeSpan({
      atLeastMs: 12_000,
      default: DAY_MS,
      code: CODE,
      meaning: "Time from one sale to the next, at ends of epochs; shorter than an epoch: at each.",
    }),
  },
  refuse({ threshold, margin }, path) {
    if (margin < threshold) return;
    throw new TenureError({
      code: "TEN-AGENT-136",
      what: "The margin leaves nothing of the threshold.",
      place: { path: `${path}.margin` },
      found: margin,
      allowed: `below ${threshold}`,
    });
  },
  bind({ threshold, margin, everyMs }) {
    const times = new Recurrence(everyMs);
    const share = (partsOf(threshold) - partsOf(margin)) / SHARE_UNIT;
    return {
      decide(seen, orders) {
        if (!times.hasCome(seen.timeMs)) return;
        for (const { key, stakeRao } of seen.keys) sellWorthwhile(seen, orders, key, partFloor(stakeRao, share));
      },
    };
  },
});
