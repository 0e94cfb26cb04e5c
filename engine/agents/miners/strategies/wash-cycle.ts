import { DAY_MS } from "../../../kernel/time.js";
import { timeSpan } from "../../../rules/parameter.js";
import { declareMinerStrategy } from "../miner-strategy.js";
import { Recurrence } from "../trading/recurrence.js";

/** What was earned becomes what was bought: under a rule that looks at one of them, or at when it came, the history is another. */
export const washCycle = declareMinerStrategy({
  name: "wash_cycle",
  meaning: "sells everything and buys back with the proceeds at once, again and again",
  isHostile: true,
  parameters: {
    everyMs: timeSpan({ atLeastMs: 12_000, default: 7 * DAY_MS, code: "TEN-AGENT-133", meaning: "Time from one round to the next." }),
  },
  bind({ everyMs }) {
    const times = new Recurrence(everyMs);
    return {
      decide(seen, orders) {
        if (!times.hasCome(seen.timeMs)) return;
        for (const { key, stakeRao } of seen.keys) {
          const proceedsRao = seen.proceedsRao(stakeRao);
          // After the sale alpha is no dearer than now.
          if (seen.purchaseRao(proceedsRao) === 0) continue;
          orders.sell(key, stakeRao);
          orders.buy(key, proceedsRao);
          // What a second key would bring is known after the first one's trades.
          return;
        }
      },
    };
  },
});
