import { floor } from "../../../kernel/math.js";
import { choice, number, timeSpan } from "../../../rules/parameter.js";
import { declareMinerStrategy } from "../miner-strategy.js";
import type { MinerView, OtherSeat } from "../miner-view.js";
import { sellWorthwhile } from "../trading/sell-worthwhile.js";

/** A parameter of `uid_inheritance` is out of range. */
const CODE = "TEN-AGENT-138";

/** A history can be bought with the seat that has it. */
export const uidInheritance = declareMinerStrategy({
  name: "uid_inheritance",
  meaning: "takes over the seat with the highest multiplier of those that are for sale, and works on it from then on",
  isHostile: true,
  needsSeats: true,
  parameters: {
    premium: number({
      range: { atLeast: 0, atMost: 1_000_000 },
      default: 0.1,
      code: CODE,
      meaning: "What it offers above what the stake of the seat is worth at the price, as a fraction of that.",
    }),
    afterMs: timeSpan({
      atLeastMs: 0,
      default: 0,
      code: CODE,
      meaning: "How long after its first decision it begins to look for a seat that is better than its own and that it can pay.",
    }),
    afterwards: choice({
      values: { sell_pay: "sells what the seat earns", sell_all: "sells all stake at the end of every epoch", hold: "keeps everything" },
      default: "sell_pay",
      code: CODE,
      meaning: "What it does when it has the seat.",
    }),
  },
  bind({ premium, afterMs, afterwards }) {
    let fromMs = Number.NaN;
    let looks = true;
    /** Number of the key that it took over; -1: none yet. */
    let taken = -1;
    return {
      decide(seen, orders) {
        const { keys, timeMs } = seen;
        if (Number.isNaN(fromMs)) fromMs = timeMs + afterMs;
        if (looks) {
          const seat = timeMs < fromMs ? undefined : bestSeat(seen, premium);
          if (seat === undefined) return;
          orders.takeOver(seat.uid, premium);
          for (const { key } of keys) orders.assign(key, 0);
          looks = false;
          return;
        }
        if (taken < 0 && keys.length > 0) taken = keys[keys.length - 1].key;
        const own = keys.find(({ key }) => key === taken);
        if (own === undefined) {
          // It has parted with it.
          for (const { key } of keys) orders.assign(key, 1);
          looks = true;
          taken = -1;
        } else if (afterwards !== "hold") {
          const { key, stakeRao, paidRao } = own;
          sellWorthwhile(seen, orders, key, afterwards === "sell_all" || paidRao > stakeRao ? stakeRao : paidRao);
        }
      },
    };
  },
});

/** Of seats with the same multiplier the first; undefined: none is better than its own and can be paid. */
function bestSeat(seen: MinerView, premium: number): OtherSeat | undefined {
  const { keys, priceTaoPerAlpha, taoRao } = seen;
  if (priceTaoPerAlpha === 0) return undefined;
  let multiplier = 0;
  for (const key of keys) if (key.uid >= 0 && key.multiplier > multiplier) multiplier = key.multiplier;
  let best: OtherSeat | undefined;
  for (const seat of seen.others()) {
    if (!seat.isForSale || seat.multiplier <= multiplier) continue;
    if (floor(seat.stakeRao * priceTaoPerAlpha * (1 + premium)) > taoRao) continue;
    best = seat;
    multiplier = seat.multiplier;
  }
  return best;
}
