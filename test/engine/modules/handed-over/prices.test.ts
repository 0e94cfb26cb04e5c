import { describe, expect, it } from "vitest";
import { otherWarnings } from "../../in-memory.js";
import { act, at, figures, handed, handedRun, hourlyPay, hourlyPrices, stakes, TOKEN } from "./small-recording.js";

const HOURS = 24;
const PAY = hourlyPay(HOURS, { a: () => 2 * TOKEN, b: () => 3 * TOKEN });
const PRICES = hourlyPrices((hour) => 1 + hour / 8, HOURS);
const some = (isThere: (timeMs: number) => boolean) => ({ ...PRICES, rows: PRICES.rows.filter(({ time_ms }) => isThere(Number(time_ms))) });

describe("prices of a handed-over position", () => {
  it("that end early are told, with what was sold and valued at the last", () => {
    const acts = stakes([act(12, "added", "a", TOKEN), act(16, "removed", "a", 4 * TOKEN), act(17, "added", "a", TOKEN)]);
    const result = handedRun([handed("a", 10, "sell_all")], [PAY, acts, some((timeMs) => timeMs <= at(15))], HOURS);
    const sales = result.tables.agent_orders.map(({ time_ms, alpha_rao }) => [Number(time_ms), Number(alpha_rao)]);
    const after = sales.filter(([timeMs]) => timeMs > at(15));
    const alpha = (rows: typeof sales) => rows.reduce((all, [, rao]) => all + rao, 0) / TOKEN;
    expect([after.length, sales.length]).toEqual([9, 15]);
    expect(otherWarnings(result.summary.warnings)).toEqual([
      `Prices of subnet 1 end at 2026-01-01T15:00:00Z, 9 h before the run does. Later, at that last price, 9 of 15 sales (${alpha(after)} of ${alpha(sales)} alpha) were made, 2 of 3 recorded acts (5 of 6 alpha) were valued and what is held at the end is valued. Add prices to the end, or end the run there (time.end).`,
    ]);
  });

  it("that begin late are told: stake at the start is valued at the first, on both sides", () => {
    const late = some((timeMs) => timeMs >= at(13));
    const result = handedRun([handed("a", 10, "hold")], [PAY, late], HOURS);
    expect(otherWarnings(result.summary.warnings)).toEqual([
      expect.stringMatching(
        /^\d+ alpha that a held when it was handed over had no price then: on both sides it is valued at the price of 2026-01-01T13:00:00Z, the first at which anybody decided\. Until then/,
      ),
    ]);
    const { startPriceTao, endPriceTao, stakeStartRao, stakeEndRao, profitTao, asRecorded } = figures(result, "a");
    expect([startPriceTao, endPriceTao]).toEqual([1 + 13 / 8, 4]);
    expect(profitTao).toBeCloseTo((Number(stakeEndRao) * 4 - Number(stakeStartRao) * startPriceTao) / TOKEN, 9);
    expect(asRecorded.profitTao).toBe(profitTao);
  });

  it("of other subnets alone are told: nobody could sell, and stake counts as nothing", () => {
    const others = { ...PRICES, rows: PRICES.rows.map((row) => ({ ...row, netuid: 2 })) };
    const result = handedRun([handed("a", 10, "sell_all")], [PAY, others], HOURS);
    expect(figures(result, "a")).toMatchObject({ orders: 0, profitTao: 0 });
    expect(result.summary.warnings).toContain(
      "No stream tells a price of subnet 1: nobody could sell or buy, and stake counts as nothing, so no profit says anything. The streams tell prices of subnet 2. Add a stream of prices of subnet 1.",
    );
  });

  it("that no stream holds are refused", () => {
    expect(() => handedRun([handed("b", 9, "hold"), handed("a", 10, "sell_all")], [PAY], HOURS)).toThrow(
      expect.objectContaining({ code: "TEN-LOOP-129", found: "streams of emission", place: { path: "handed_over.0" } }),
    );
  });

  it("that go on to the end are not told of", () => {
    const result = handedRun([handed("a", 10, "sell_all")], [PAY, PRICES], HOURS);
    expect(otherWarnings(result.summary.warnings)).toEqual([]);
  });
});
