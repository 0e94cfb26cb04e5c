import { describe, expect, it } from "vitest";
import type { MinerAgent, MinerOrders, MinerView } from "../../../../engine/agents/miners/index.js";
import { DAY, EPOCH, group, HOUR, LoopRun, loop, POOL, prices, START, strategy } from "./small-loop.js";
import { named, withStrategies } from "./with-strategies.js";

const EPOCHS = 20;
const TURN = START + 11 * EPOCH + HOUR / 4;

const BUILT_IN = new Set<unknown>([Object.prototype, Function.prototype, Array.prototype]);

/** Whatever can be reached from a value: properties, own and inherited, and answers of methods, whatever they are called with. */
function walk(value: unknown, path: string, log: Map<string, unknown>, seen: Set<unknown>): void {
  if (typeof value !== "object" && typeof value !== "function") {
    log.set(path, value);
    return;
  }
  if (value === null || seen.has(value) || path.split(".").length > 7) return;
  seen.add(value);
  for (let at: unknown = value; at !== null && !BUILT_IN.has(at); at = Object.getPrototypeOf(at)) {
    for (const name of [...Object.getOwnPropertyNames(at), ...Object.getOwnPropertySymbols(at).map(String)]) {
      let inner: unknown;
      try {
        inner = (value as Readonly<Record<string, unknown>>)[name];
      } catch (error) {
        log.set(`${path}.${name}`, String(error));
        continue;
      }
      walk(inner, `${path}.${name}`, log, seen);
      if (typeof inner !== "function" || name === "constructor") continue;
      for (const given of [[], [0, 0], [0, 1_000], [1_000_000], [0, 0, 30 * DAY]]) {
        let answer: unknown;
        try {
          answer = Reflect.apply(inner, value, given);
        } catch (error) {
          answer = String(error);
        }
        walk(answer, `${path}.${name}(${given})`, log, new Set(seen));
      }
    }
  }
}

/** Writes down at each decision all that it can get at. It gives whatever orders come of that, and asks for times in between. */
function spy(logs: Map<number, string>): () => MinerAgent {
  return () => ({
    decide(seen: MinerView, orders: MinerOrders) {
      const log = new Map<string, unknown>();
      walk(seen, "seen", log, new Set());
      // Of orders only those that mean something are given: one that does not would end the run.
      walk(
        { ...orders, sell: undefined, move: undefined, registerAgain: undefined, assign: undefined, takeOver: undefined },
        "orders",
        log,
        new Set(),
      );
      orders.wakeAt(seen.timeMs + HOUR / 3);
      logs.set(seen.timeMs, JSON.stringify([...log]));
    },
  });
}

/** Holds until a time, and sells everything from then on. */
const turning = (turnMs: number) => () => ({
  decide(seen: MinerView, orders: MinerOrders) {
    orders.wakeAt(TURN);
    if (seen.timeMs < turnMs) return;
    for (const { key, stakeRao } of seen.keys) orders.sell(key, stakeRao);
  },
});

function logOf(turnMs: number, told: readonly number[] | null): Map<number, string> {
  const logs = new Map<number, string>();
  withStrategies({ spy: spy(logs), turning: turning(turnMs) }, () => {
    const miners = [
      group("spy", named("spy"), { tao: 30 }),
      group("turning", named("turning"), { count: 3, stake: 500, isForSale: true }),
      group("late", strategy("hold"), { tao: 5, arrivesAfter: { fromMs: 14 * EPOCH, toMs: 14 * EPOCH } }),
      group("seller", strategy("sell_fraction"), { count: 2 }),
    ];
    const market = told === null ? POOL : ({ kind: "prices" } as const);
    const skill = { halfLifeMs: DAY, deviation: 0.5 };
    new LoopRun(loop(miners, { market, skill }), EPOCHS, {}, told === null ? [] : [prices(told)]);
  });
  return logs;
}

const ofLog = (logs: Map<number, string>, when: (timeMs: number) => boolean) => [...logs].filter(([timeMs]) => when(timeMs));

describe("an agent that walks through everything it is given", () => {
  const plain = logOf(Number.POSITIVE_INFINITY, null);

  it("gets at what it is meant to see, at each of its decisions", () => {
    expect(plain.size).toBeGreaterThan(3 * EPOCHS - 5);
    const paths = new Map(JSON.parse([...plain.values()][30]) as [string, unknown][]);
    for (const path of ["seen.timeMs", "seen.taoRao", "seen.keys.0.stakeRao", "seen.proceedsRao(1000000)", "seen.others().0.stakeRao"]) {
      expect(typeof paths.get(path), path).toBe("number");
    }
  });

  it("finds nothing that knows what others will do", () => {
    const turned = logOf(TURN, null);
    expect(ofLog(turned, (timeMs) => timeMs < TURN)).toEqual(ofLog(plain, (timeMs) => timeMs < TURN));
    expect(ofLog(turned, (timeMs) => timeMs > TURN)).not.toEqual(ofLog(plain, (timeMs) => timeMs > TURN));
  });

  it("finds nothing that knows what prices there will be", () => {
    const before = Array.from({ length: 12 }, (_, i) => 0.05 + 0.001 * i);
    const rising = logOf(Number.POSITIVE_INFINITY, [...before, 0.07, 0.08]);
    const falling = logOf(Number.POSITIVE_INFINITY, [...before, 0.04, 0.03]);
    const turnMs = START + 12 * EPOCH;
    expect(ofLog(rising, (timeMs) => timeMs < turnMs)).toEqual(ofLog(falling, (timeMs) => timeMs < turnMs));
    expect(ofLog(rising, (timeMs) => timeMs >= turnMs)).not.toEqual(ofLog(falling, (timeMs) => timeMs >= turnMs));
  });
});

describe("an agent that writes on everything it is given", () => {
  it("changes nothing", () => {
    const vandal = () => ({
      decide(seen: MinerView, orders: MinerOrders) {
        for (const target of [seen, orders, seen.keys, ...seen.keys, ...seen.others()]) {
          const names = [...Object.getOwnPropertyNames(target), ...Object.getOwnPropertyNames(Object.getPrototypeOf(target))];
          for (const name of [...names, "position", "stakeRao", "length"]) {
            if (name === "constructor") continue;
            Reflect.set(target, name, 0);
            Reflect.deleteProperty(target, name);
          }
        }
      },
    });
    const world = (acts: ReturnType<typeof named>) =>
      new LoopRun(loop([group("first", acts, { tao: 3 }), group("other", strategy("sell_fraction"), { count: 2 })]), 10).run;
    const calm = withStrategies({ calm: () => ({ decide: () => undefined }) }, () => world(named("calm")));
    const spoiled = withStrategies({ vandal }, () => world(named("vandal")));
    for (const table of ["holdings", "rewards", "agent_orders", "pools", "positions", "flows"]) {
      expect(spoiled.tables[table], table).toEqual(calm.tables[table]);
    }
  });
});
