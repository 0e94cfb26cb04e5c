import { describe, expect, it } from "vitest";
import {
  type ClosedLoopConfiguration,
  MINER_STRATEGIES,
  type MinerStrategyConfiguration,
  type MinerStrategyName,
  minerStrategyNamed,
  TenureError,
} from "../../../../engine/index.js";
import { DAY, EPOCH, group, LoopRun, loop, strategy, TOKEN, validators } from "./small-loop.js";

const refusalOf = (acts: MinerStrategyConfiguration) => refusalBy(() => new LoopRun(loop([group("one", acts)]), 1));

function refusalBy(work: () => unknown): TenureError {
  try {
    work();
  } catch (error) {
    if (error instanceof TenureError) return error;
    throw error;
  }
  throw new Error("nothing is refused");
}

const NAMES = Object.keys(MINER_STRATEGIES) as MinerStrategyName[];

describe("validators", () => {
  const colluder = { kind: "colluder", deviation: 0 } as const;
  const hold = [group("one", strategy("hold"))];
  const range = (fromRao: number, toRao: number) => ({ fromRao, toRao, spread: "uniform" as const });
  const collude = (named: string | null) => [group("one", strategy("collude", { validators: named }))];
  const honest = validators("honest", { kind: "honest", deviation: 0 });

  it.each<[string, Partial<ClosedLoopConfiguration>, string, string]>([
    ["a kappa of 0", { kappa: 0 }, "TEN-LOOP-108", "consensus.kappa"],
    ["a kappa above 1", { kappa: 1.01 }, "TEN-LOOP-108", "consensus.kappa"],
    ["none in a group", { validators: [{ ...honest, count: 0 }] }, "TEN-LOOP-108", "validators.0.count"],
    ["no stake", { validators: [{ ...honest, stake: range(0, 1) }] }, "TEN-LOOP-108", "validators.0.stake.from"],
    ["a stake that falls", { validators: [{ ...honest, stake: range(2, 1) }] }, "TEN-LOOP-108", "validators.0.stake.to"],
    [
      "more stake than is counted",
      { validators: [{ ...honest, count: 2, stake: range(1, 2 ** 52) }] },
      "TEN-LOOP-108",
      "validators.0.stake",
    ],
    ["a name twice", { validators: [honest, honest] }, "TEN-LOOP-108", "validators"],
    [
      "a parameter out of range",
      { validators: [{ ...honest, behaviour: { ...colluder, deviation: -1 } }] },
      "TEN-AGENT-141",
      "validators.0.behaviour.deviation",
    ],
    ["nobody to collude with", { miners: collude(null), validators: [honest] }, "TEN-LOOP-109", "miners.0.strategy"],
    ["honest ones to collude with", { miners: collude("honest"), validators: [honest] }, "TEN-LOOP-109", "miners.0.strategy.validators"],
    [
      "unknown ones to collude with",
      { miners: collude("x"), validators: [validators("c", colluder)] },
      "TEN-LOOP-109",
      "miners.0.strategy.validators",
    ],
  ])("are refused with %s", (_, changes, code, path) => {
    const refused = refusalBy(() => new LoopRun(loop(changes.miners ?? hold, changes), 1));
    expect([refused.code, refused.place?.path]).toEqual([code, `closed_loop.${path}`]);
  });
});

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
        if (parameter.kind === "choice" || parameter.kind === "name") continue;
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
    [strategy("price_push", { leadMs: EPOCH }), "TEN-AGENT-132", "lead"],
    [strategy("threshold_drain", { threshold: 0.05, margin: 0.05 }), "TEN-AGENT-136", "margin"],
  ])("are refused where they contradict each other: %o", (acts, code, key) => {
    const refusal = refusalOf(acts);
    expect([refusal.code, refusal.place?.path]).toEqual([code, `closed_loop.miners.0.strategy.${key}`]);
  });
});
