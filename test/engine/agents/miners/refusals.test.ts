import { describe, expect, it } from "vitest";
import {
  MINER_STRATEGIES,
  type MinerStrategyConfiguration,
  type MinerStrategyName,
  minerStrategyNamed,
  TenureError,
} from "../../../../engine/index.js";
import { DAY, EPOCH, group, LoopRun, loop, strategy, TOKEN } from "./small-loop.js";

function refusalOf(acts: MinerStrategyConfiguration): TenureError {
  try {
    new LoopRun(loop([group("one", acts)]), 1);
  } catch (error) {
    if (error instanceof TenureError) return error;
    throw error;
  }
  throw new Error(`${JSON.stringify(acts)} is not refused`);
}

const NAMES = Object.keys(MINER_STRATEGIES) as MinerStrategyName[];

describe("parameters of strategies", () => {
  it("have defaults that are in their ranges, and a meaning", () => {
    for (const name of NAMES) {
      expect(new LoopRun(loop([group("one", strategy(name))]), 1).agent("one").strategy).toBe(name);
      for (const [key, parameter] of Object.entries(minerStrategyNamed(name).parameters)) {
        expect(parameter.default, `${name} ${key}`).toBeDefined();
        expect(parameter.meaning, `${name} ${key}`).toMatch(/\.$/);
      }
    }
  });

  it("are refused outside of their ranges, with the code of the strategy and their place", () => {
    let tried = 0;
    for (const name of NAMES) {
      for (const [key, parameter] of Object.entries(minerStrategyNamed(name).parameters)) {
        if (parameter.kind === "choice") continue;
        for (const value of [Number.NaN, -1, Number.POSITIVE_INFINITY]) {
          const refusal = refusalOf({ ...strategy(name), [key]: value } as MinerStrategyConfiguration);
          expect(refusal.code, `${name} ${key} ${value}`).toBe(parameter.code);
          expect(String(refusal.place?.path)).toMatch(/^closed_loop\.miners\.0\.strategy\.[a-z_]+$/);
          tried += 1;
        }
      }
    }
    expect(tried).toBeGreaterThan(60);
  });

  it.each([
    [strategy("sell_schedule", { weekday: "monday", everyMs: 8 * DAY }), "TEN-AGENT-123", "every"],
    [strategy("sell_schedule", { atMs: EPOCH }), "TEN-AGENT-123", "at"],
    [strategy("sell_schedule", { weekday: "sunday", atMs: DAY }), "TEN-AGENT-123", "at"],
    [strategy("sell_schedule", { share: 0.5, costsRao: TOKEN }), "TEN-AGENT-123", "share"],
    [strategy("sybil_split", { keys: 2, soldKeys: 3 }), "TEN-AGENT-130", "sold_keys"],
    [strategy("just_in_time", { leadMs: EPOCH }), "TEN-AGENT-132", "lead"],
    [strategy("top_up_mask", { leadMs: EPOCH + 1 }), "TEN-AGENT-132", "lead"],
    [strategy("threshold_drain", { threshold: 0.05, margin: 0.05 }), "TEN-AGENT-136", "margin"],
  ])("are refused where they contradict each other: %o", (acts, code, key) => {
    const refusal = refusalOf(acts);
    expect([refusal.code, refusal.place?.path]).toEqual([code, `closed_loop.miners.0.strategy.${key}`]);
  });
});
