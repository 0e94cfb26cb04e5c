import { partFloor } from "../../../kernel/decimal.js";
import { TenureError } from "../../../kernel/errors.js";
import { ceil } from "../../../kernel/math.js";
import { DAY_MS } from "../../../kernel/time.js";
import { amount, choice, number, timeSpan } from "../../../rules/parameter.js";
import { declareMinerStrategy } from "../miner-strategy.js";
import { alphaForTao } from "../trading/least-amount.js";
import { Recurrence } from "../trading/recurrence.js";
import { sellAcrossKeys } from "../trading/sell-worthwhile.js";

const WEEK_MS = 7 * DAY_MS;
/** 1 January 1970 was a Thursday. */
const FROM_THURSDAY = ["thursday", "friday", "saturday", "sunday", "monday", "tuesday", "wednesday"] as const;
/** A parameter of `sell_schedule` is out of range. */
const CODE = "TEN-AGENT-122";

/** Sells to pay its bills: at its time, not only when an epoch ends. */
export const sellSchedule = declareMinerStrategy({
  name: "sell_schedule",
  meaning: "sells at fixed times, what it earned since the last of them or as much as covers its costs",
  parameters: {
    everyMs: timeSpan({ atLeastMs: 12_000, default: WEEK_MS, code: CODE, meaning: "Time from one sale to the next." }),
    weekday: choice({
      values: {
        any: "counted from when it first decides",
        monday: "on Mondays (UTC)",
        tuesday: "on Tuesdays",
        wednesday: "on Wednesdays",
        thursday: "on Thursdays",
        friday: "on Fridays",
        saturday: "on Saturdays",
        sunday: "on Sundays",
      },
      default: "any",
      code: CODE,
      meaning: "Day of the sales; all who name the same day and `every` sell at the same instants.",
    }),
    atMs: timeSpan({ atLeastMs: 0, default: 0, code: CODE, meaning: "Time after midnight UTC of the weekday." }),
    share: number({
      range: { atLeast: 0, atMost: 1 },
      unit: "0..1",
      default: 1,
      code: CODE,
      meaning: "Part that is sold of what was earned since the last sale.",
    }),
    costsRao: amount({
      default: 0,
      unit: "TAO",
      code: CODE,
      meaning: "TAO that each sale is to bring, as far as its stake does; 0: `share` says how much is sold.",
    }),
  },
  refuse({ everyMs, weekday, atMs, share, costsRao }, path) {
    if (weekday !== "any" && everyMs % WEEK_MS !== 0) {
      throw contradiction(`${path}.every`, everyMs, "whole weeks, where a weekday is named", "every: 7 d");
    }
    if (weekday === "any" && atMs !== 0) throw contradiction(`${path}.at`, atMs, "0 s, where no weekday is named", "Name a weekday.");
    if (weekday !== "any" && atMs >= DAY_MS) throw contradiction(`${path}.at`, atMs, "a time below 1 d", "Name the next weekday.");
    if (costsRao > 0 && share !== 1) {
      throw contradiction(`${path}.share`, share, "left out, where costs are to be covered", "State share or costs.");
    }
  },
  bind({ everyMs, weekday, atMs, share, costsRao }) {
    const times = new Recurrence(everyMs);
    let earnedRao = 0;
    let hasBegun = false;
    return {
      decide(seen, orders) {
        const { timeMs } = seen;
        if (seen.isClose) for (const { paidRao } of seen.keys) earnedRao += paidRao;
        if (!hasBegun && weekday !== "any") times.startAt(firstFrom(timeMs, FROM_THURSDAY.indexOf(weekday) * DAY_MS + atMs, everyMs));
        hasBegun = true;
        if (times.hasCome(timeMs)) {
          const { stakeRao } = seen;
          const wantedRao = costsRao > 0 ? alphaForTao(seen, costsRao, stakeRao) : partFloor(earnedRao, share);
          sellAcrossKeys(seen, orders, wantedRao < stakeRao ? wantedRao : stakeRao);
          earnedRao = 0;
        }
        if (times.nextMs < seen.nextCloseMs) orders.wakeAt(times.nextMs);
      },
    };
  },
});

/** The first of anchor + k * every that is not before a time. */
function firstFrom(timeMs: number, anchorMs: number, everyMs: number): number {
  return anchorMs + ceil((timeMs - anchorMs) / everyMs) * everyMs;
}

function contradiction(path: string, found: number, allowed: string, hint: string): TenureError {
  return new TenureError({
    code: "TEN-AGENT-123",
    what: "A parameter of sell_schedule contradicts what else is stated.",
    place: { path },
    found,
    allowed,
    hint,
  });
}
