import { DAY_MS } from "../../../kernel/time.js";
import { timeSpan } from "../../../rules/parameter.js";
import { declareMinerStrategy } from "../miner-strategy.js";
import { Recurrence } from "../trading/recurrence.js";

/** A fresh key has no history of sales; a rule that forgives newcomers forgives it again and again. */
export const rotate = declareMinerStrategy({
  name: "rotate",
  meaning: "sells everything on its key, registers a fresh one and works on that from then on",
  isHostile: true,
  needsSeats: true,
  parameters: {
    everyMs: timeSpan({
      atLeastMs: 12_000,
      default: 30 * DAY_MS,
      code: "TEN-AGENT-134",
      meaning:
        "Time on a key. Where it cannot pay the registration then, not even with what the sale brings, it goes on and tries again after an epoch.",
    }),
  },
  bind({ everyMs }) {
    const times = new Recurrence(everyMs);
    let isDue = false;
    return {
      decide(seen, orders) {
        if (times.hasCome(seen.timeMs)) isDue = true;
        if (!isDue || seen.keys.length === 0) return;
        const { key, stakeRao } = seen.keys[seen.keys.length - 1];
        const proceedsRao = seen.proceedsRao(stakeRao);
        if (seen.taoRao + proceedsRao < seen.registrationCostRao) return;
        if (proceedsRao > 0) orders.sell(key, stakeRao);
        orders.register();
        orders.assign(key, 0);
        isDue = false;
      },
    };
  },
});
