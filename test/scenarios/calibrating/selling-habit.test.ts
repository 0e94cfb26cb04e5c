import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ObservedMiner } from "../../../scenarios/calibrating/observed-subnet.js";
import { saleRhythms } from "../../../scenarios/calibrating/sale-rhythm.js";
import { salesByStrategy } from "../../../scenarios/calibrating/sales-by-strategy.js";
import { type SellingStrategy, sellingHabit } from "../../../scenarios/calibrating/selling-habit.js";

const DAY = 86_400_000;
const HOUR = 3_600_000;
const EPOCH_MS = 4_320_000;
/** A Thursday. */
const START = 20_454 * DAY;
const ALPHA = 1_000_000_000;

const endsOf = (epochs: number) => Float64Array.from({ length: epochs }, (_, t) => START + (t + 1) * EPOCH_MS);

interface Seller {
  readonly firstEpoch: number;
  readonly paid: readonly number[];
  readonly heldRao: number;
}

type Sale = readonly [timeMs: number, rao: number];

/** Sales of one who follows a strategy, told sale by sale from docs/explanation/closed-loop.md. */
function salesOf({ firstEpoch, paid, heldRao }: Seller, strategy: SellingStrategy): Sale[] {
  const ends = paid.map((_, k) => START + (firstEpoch + k + 1) * EPOCH_MS);
  const sales: Sale[] = [];
  let held = heldRao;
  const sell = (timeMs: number, rao: number) => {
    const sold = Math.min(rao, held);
    held -= sold;
    if (sold > 0) sales.push([timeMs, sold]);
  };
  const floorOf = (rao: number, share: number) => Number((BigInt(rao) * BigInt(Math.round(share * 10_000))) / 10_000n);
  if (strategy.kind !== "sell_schedule") {
    paid.forEach((rao, k) => {
      held += rao;
      if (strategy.kind === "sell_all") sell(ends[k], held);
      if (strategy.kind === "sell_fraction") sell(ends[k], floorOf(rao, strategy.share));
    });
    return sales;
  }
  const begins = firstEpoch === 0 ? ends[0] : ends[0] - EPOCH_MS;
  let due = begins + strategy.everyMs;
  if (strategy.weekday !== "any") {
    const day = ["thursday", "friday", "saturday", "sunday", "monday", "tuesday", "wednesday"].indexOf(strategy.weekday);
    due = day * DAY + strategy.atMs;
    while (due < begins) due += strategy.everyMs;
  }
  let earned = 0;
  paid.forEach((rao, k) => {
    held += rao;
    earned += rao;
    const until = k + 1 < paid.length ? ends[k + 1] : ends[k] + 1;
    for (; due < until; due += strategy.everyMs) {
      if (due < ends[k]) continue;
      sell(due, floorOf(earned, strategy.share));
      earned = 0;
    }
  });
  return sales;
}

function observed(seller: Seller, sales: readonly Sale[]): ObservedMiner {
  const { firstEpoch, paid, heldRao } = seller;
  const soldRao = new Float64Array(paid.length);
  for (const [timeMs, rao] of sales) soldRao[Math.floor((timeMs - START) / EPOCH_MS) - 1 - firstEpoch] += rao;
  return {
    hotkey: "hotkey",
    coldkey: "coldkey",
    uid: 0,
    firstEpoch,
    lastEpoch: firstEpoch + paid.length - 1,
    paidRao: Float64Array.from(paid),
    soldRao,
    salesMs: sales.map(([timeMs]) => timeMs),
    heldAtStartRao: heldRao,
    broughtRao: 0,
    givenRao: 0,
    heldAtEndRao: 0,
  };
}

/** Shares that can be told from what was sold. */
const shares = fc.integer({ min: 500, max: 9_500 }).map((parts) => parts / 10_000);
const anySeller = (least: number, most: number): fc.Arbitrary<Seller> =>
  fc.record({
    firstEpoch: fc.integer({ min: 0, max: 40 }),
    paid: fc.array(fc.integer({ min: ALPHA, max: 3 * ALPHA }), { minLength: least, maxLength: most }),
    heldRao: fc.oneof(fc.constant(0), fc.integer({ min: ALPHA, max: 100 * ALPHA })),
  });
const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
const byTheWeek = fc.record({
  kind: fc.constant("sell_schedule" as const),
  everyMs: fc.constant(7 * DAY),
  weekday: fc.constantFrom(...weekdays),
  atMs: fc.nat(24 * 60 - 1).map((minute) => minute * 60_000),
  share: shares,
});
const byTheHour = fc.record({
  kind: fc.constant("sell_schedule" as const),
  everyMs: fc.integer({ min: 30, max: 140 }).map((hours) => hours * HOUR),
  weekday: fc.constant("any" as const),
  share: shares,
});
const strategies: fc.Arbitrary<SellingStrategy> = fc.oneof(
  fc.constant({ kind: "hold" as const }),
  fc.constant({ kind: "sell_all" as const }),
  fc.record({ kind: fc.constant("sell_fraction" as const), share: shares }),
  byTheWeek,
  byTheHour,
);

describe("what a strategy would have sold", () => {
  it("is what the strategies' page says, in every epoch", () => {
    fc.assert(
      fc.property(anySeller(1, 300), strategies, (seller, strategy) => {
        const { soldRao, ...miner } = observed(seller, salesOf(seller, strategy));
        const defaults = { weekday: "any", atMs: 0, costsRao: 0 };
        const sold = salesByStrategy({ ...defaults, ...strategy } as never, miner, endsOf(400), EPOCH_MS);
        expect([...sold]).toEqual([...soldRao]);
      }),
    );
  });
});

it("falls due before the first pay, and sells nothing of it", () => {
  const seller = { firstEpoch: 29, paid: [ALPHA, ALPHA], heldRao: 0 };
  const strategy = { kind: "sell_schedule", everyMs: 7 * DAY, weekday: "friday", atMs: 38_940_000, share: 0.05 } as const;
  const defaults = { costsRao: 0 };
  const { soldRao, ...miner } = observed(seller, salesOf(seller, strategy));
  expect([...soldRao]).toEqual([0, 0]);
  expect([...salesByStrategy({ ...defaults, ...strategy } as never, miner, endsOf(40), EPOCH_MS)]).toEqual([0, 0]);
});

describe("a selling habit", () => {
  it("is the strategy that was followed", () => {
    fc.assert(
      fc.property(anySeller(500, 700), strategies, (seller, strategy) => {
        const { strategy: found, miss } = sellingHabit(observed(seller, salesOf(seller, strategy)), endsOf(800), EPOCH_MS);
        if (strategy.kind !== "sell_schedule" || found.kind !== "sell_schedule") {
          expect(found).toEqual(strategy);
          expect(miss).toBe(0);
          return;
        }
        // A rhythm may have two names, a weekday and so long after the begin; shares are stated to a ten-thousandth.
        expect(found.everyMs).toBe(strategy.everyMs);
        expect(Math.abs(found.share - strategy.share)).toBeLessThanOrEqual(1e-4);
        expect(miss).toBeLessThan(1e-3);
        if (found.weekday === "any" || strategy.weekday === "any") return;
        expect(found).toMatchObject({ weekday: strategy.weekday, atMs: strategy.atMs });
      }),
      { numRuns: 60 },
    );
  });

  it("of one who sold nothing, or next to nothing, is to hold", () => {
    const seller = { firstEpoch: 0, paid: Array.from({ length: 50 }, () => 10 * ALPHA), heldRao: 0 };
    expect(sellingHabit(observed(seller, []), endsOf(50), EPOCH_MS)).toEqual({ strategy: { kind: "hold" }, miss: 0 });
    expect(sellingHabit(observed(seller, [[START + 9 * EPOCH_MS, ALPHA / 100]]), endsOf(50), EPOCH_MS)).toEqual({
      strategy: { kind: "hold" },
      miss: 1,
    });
  });

  it("of one who sold more than it was ever paid is a part of 1, or all", () => {
    const seller = { firstEpoch: 0, paid: Array.from({ length: 50 }, () => ALPHA), heldRao: 0 };
    const { strategy, miss } = sellingHabit(observed(seller, [[START + 40 * EPOCH_MS, 500 * ALPHA]]), endsOf(50), EPOCH_MS);
    expect(["sell_all", "sell_fraction"]).toContain(strategy.kind);
    expect(strategy).not.toMatchObject({ share: expect.toSatisfy((share: number) => share > 1) });
    expect(miss).toBeGreaterThan(0);
  });
});

describe("a rhythm of sales", () => {
  const weekly = [0, 7, 14, 21].map((day) => START + 4 * DAY + day * DAY + 15 * HOUR);

  it("is the median of the times between them, and a weekday where that is whole weeks", () => {
    expect(saleRhythms(weekly)).toEqual([
      { everyMs: 7 * DAY, weekday: "any" },
      { everyMs: 7 * DAY, weekday: "monday", atMs: 15 * HOUR },
    ]);
    // Three of them in parts, one a day late.
    const parts = weekly.flatMap((timeMs, i) => (i === 3 ? [timeMs + DAY] : [timeMs, timeMs + HOUR, timeMs + 11 * HOUR]));
    expect(saleRhythms(parts)).toEqual(saleRhythms(weekly));
    expect(saleRhythms([0, 1, 2, 3].map((k) => START + k * 50 * HOUR))).toEqual([{ everyMs: 50 * HOUR, weekday: "any" }]);
    expect(saleRhythms([0, 1, 2].map((k) => START + k * 14 * DAY))).toEqual([
      { everyMs: 14 * DAY, weekday: "any" },
      { everyMs: 14 * DAY, weekday: "thursday", atMs: 0 },
    ]);
  });

  it("is none of two sales, of one each epoch, and of irregular ones", () => {
    expect(saleRhythms(weekly.slice(0, 2))).toEqual([]);
    expect(saleRhythms(Array.from({ length: 200 }, (_, k) => START + k * EPOCH_MS))).toEqual([]);
    expect(saleRhythms([0, 1, 20, 21, 60].map((day) => START + day * DAY))).toEqual([]);
  });
});
