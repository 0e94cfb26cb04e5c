import { describe, expect, it } from "vitest";
import { EPOCH, group, LoopRun, loop, NETUID, START, strategy, sum, TOKEN } from "../../agents/miners/small-loop.js";
import { type MemoryStream, otherWarnings } from "../../in-memory.js";

const EPOCHS = 12;
const SELLER = [group("seller", strategy("sell_all"), { stake: 10 })];
const at = (epoch: number) => START + epoch * EPOCH;
const told = (epochs: readonly number[], netuid = NETUID): MemoryStream => ({
  kind: "price",
  rows: epochs.map((epoch) => ({ time_ms: at(epoch), netuid, price_tao_per_alpha: 0.5 })),
});
const ran = (streams: readonly MemoryStream[]) => new LoopRun(loop(SELLER, { market: { kind: "prices" } }), EPOCHS, {}, streams);
const warningsOf = ({ run }: LoopRun) => otherWarnings(run.summary.warnings);

describe("a closed loop that trades at the prices of streams", () => {
  it("says nothing where they go on to the end, as far apart as before", () => {
    expect(warningsOf(ran([told([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])]))).toEqual([]);
    expect(warningsOf(ran([told([0, 4, 8])]))).toEqual([]);
  });

  it("says when they end, and what rests on the last", () => {
    const loopRun = ran([told([0, 1, 2, 3])]);
    const sales = loopRun.orders("seller", "sell");
    const after = sales.filter(({ time_ms }) => Number(time_ms) > at(3));
    expect([after.length, sales.length]).toEqual([9, 12]);
    const alpha = (rows: typeof sales) => sum(rows, "alpha_rao") / TOKEN;
    expect(warningsOf(loopRun)).toEqual([
      `Prices of subnet 7 end at 2026-01-01T03:00:00Z, 9 h before the run does. Later, at that last price, 9 of 12 sales (${alpha(after)} of ${alpha(sales)} alpha) were made and what is held at the end is valued. Add prices to the end, or end the run there (time.end).`,
    ]);
  });

  it("says when they begin, and what is valued at the first", () => {
    const loopRun = ran([told([3, 4, 5, 6, 7, 8, 9, 10, 11, 12])]);
    expect(loopRun.orders("seller", "sell").every(({ time_ms }) => Number(time_ms) >= at(3))).toBe(true);
    expect(warningsOf(loopRun)).toEqual([
      "No stream tells a price of subnet 7 before 2026-01-01T03:00:00Z: until then nobody could sell or buy. The 10 alpha that miners began with until then is valued at the price of 2026-01-01T03:00:00Z, the first at which anybody decided.",
    ]);
  });

  it("says that nobody could trade where prices are of other subnets, and is refused without any", () => {
    const loopRun = ran([told([0, 1], 3), told([0, 1], 2)]);
    expect(loopRun.rows("agent_orders")).toEqual([]);
    expect(warningsOf(loopRun)).toContain(
      "No stream tells a price of subnet 7: nobody could sell or buy, and stake counts as nothing, so no profit says anything. The streams tell prices of subnets 2, 3. Add a stream of prices of subnet 7.",
    );
    expect(() => ran([])).toThrow(
      expect.objectContaining({ code: "TEN-LOOP-129", found: "no streams", place: { path: "closed_loop.market" } }),
    );
  });

  it("has prices of its own in a pool, whatever streams tell", () => {
    const pooled = new LoopRun(loop(SELLER), EPOCHS, {}, [told([0, 1])]);
    expect(warningsOf(pooled)).toEqual([]);
  });
});
