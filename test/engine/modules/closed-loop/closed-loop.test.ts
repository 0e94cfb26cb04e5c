import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomStreams } from "../../../../engine/kernel/random.js";
import { EmissionPot } from "../../../../engine/modules/closed-loop/emission-pot.js";
import { PoolFeedback } from "../../../../engine/modules/closed-loop/pool-feedback.js";
import { Skill, skillStep } from "../../../../engine/modules/closed-loop/skill.js";
import {
  DAY,
  EPOCH,
  group,
  HOUR,
  LoopRun,
  loop,
  NETUID,
  POOL,
  prices,
  START,
  strategy,
  sum,
  TOKEN,
} from "../../agents/miners/small-loop.js";
import { pay } from "../../in-memory.js";

const TABLES = { tables: ["positions", "epochs", "agents", "pools", "residuals"] as const, everyEpochs: 1 };
const pool = (changes: object) => ({ ...POOL, ...changes }) as typeof POOL;

describe("the pot of an epoch", () => {
  it("is what its blocks emit, block by block, halved in time", () => {
    const halving = fc.integer({ min: 1, max: 40 }).map((days) => days * DAY);
    const blocks = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 * TOKEN }), fc.option(halving), blocks, (perBlock, halvesEveryMs, lengths) => {
        const pot = new EmissionPot({ minerPotRaoPerBlock: perBlock, halvesEveryMs }, START);
        let fromMs = START;
        for (const length of lengths) {
          const toMs = fromMs + length * 12_000;
          let expected = 0;
          for (let block = fromMs + 12_000; block <= toMs; block += 12_000) {
            // A block belongs to the time before it: that of a halving is still paid as before.
            const halvings = halvesEveryMs === null ? 0 : Math.ceil((block - START) / halvesEveryMs) - 1;
            let rao = perBlock;
            for (let i = 0; i < halvings; i++) rao = Math.floor(rao / 2);
            expected += rao;
          }
          expect(pot.between(fromMs, toMs)).toBe(expected);
          fromMs = toMs;
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("skill", () => {
  const configuration = { halfLifeMs: 7 * DAY, deviation: 0.4 };

  it("stays where it is without a deviation", () => {
    const still = { ...configuration, deviation: 0 };
    const skill = new Skill(3, still, randomStreams(1, 0)("one"));
    for (let i = 0; i < 10; i++) skill.step(skillStep(still, HOUR));
    expect(skill.value).toBe(3);
  });

  it("has the spread of its long run from the beginning on, and forgets half of a distance in a half-life", () => {
    const random = randomStreams(7, 0);
    const step = skillStep(configuration, configuration.halfLifeMs);
    const before: number[] = [];
    const after: number[] = [];
    for (let i = 0; i < 20_000; i++) {
      const skill = new Skill(1, configuration, random(`miner ${i}`));
      before.push(Math.log(skill.value));
      skill.step(step);
      after.push(Math.log(skill.value));
    }
    const mean = (values: readonly number[]) => values.reduce((all, value) => all + value, 0) / values.length;
    const product = before.map((value, i) => value * after[i]);
    for (const values of [before, after]) {
      expect(mean(values)).toBeCloseTo(0, 1.5);
      expect(Math.sqrt(mean(values.map((value) => value * value)))).toBeCloseTo(0.4, 1.5);
    }
    // What is left of a distance after a half-life: half of it.
    expect(mean(product) / mean(before.map((value) => value * value))).toBeCloseTo(0.5, 1.5);
  });
});

describe("feedback to the pool", () => {
  it("follows the moving average of the price and what was not burned", () => {
    const feedback = new PoolFeedback({ halfLifeMs: DAY, exponent: 2 }, 0.05);
    let average = 0.05;
    for (const [price, burnt] of [
      [0.05, 0],
      [0.1, 0.3],
      [0.02, 1],
      [0.07, 0.25],
    ]) {
      average += (1 - 0.5 ** (HOUR / DAY)) * (price - average);
      expect(feedback.factor(price, HOUR, burnt)).toBeCloseTo((average / 0.05) ** 2 * (1 - burnt), 12);
    }
  });

  it("is refused where it would make the pool larger than can be counted", () => {
    const market = pool({ taoReserveRao: 1, alphaReserveRao: TOKEN, taoRaoPerBlock: TOKEN / 100 });
    expect(() => new LoopRun(loop([group("one", strategy("hold"))], { market }), 3)).toThrow(/TEN-LOOP-107.*the pool of subnet 7/);
  });

  it("gives the pool less where pay is burned, and nothing where all is", () => {
    const added = (share: number) => {
      const market = pool({ taoRaoPerBlock: TOKEN / 10, feedback: { halfLifeMs: DAY, exponent: 1 } });
      const stages = { stages: [{ stage: "burn" as const, parameters: { share } }], residual: null, recordsEveryEpoch: false };
      const world = new LoopRun(loop([group("one", strategy("hold"))], { market }), 10, { stages });
      return sum(world.rows("pools").slice(-1), "tao_in_rao");
    };
    expect(added(0)).toBe(30 * 10 * TOKEN);
    expect(added(0.25)).toBe(0.75 * 30 * 10 * TOKEN);
    expect(added(1)).toBe(0);
  });
});

describe("a closed loop", () => {
  it("books what it pays, whatever tables are recorded", () => {
    const world = loop([group("holder", strategy("hold"), { skill: 2 }), group("seller", strategy("sell_all"), { count: 3 })]);
    const all = new LoopRun(world, 40);
    const few = new LoopRun(world, 40, { record: TABLES });
    expect(few.rows("positions")).toEqual(all.rows("positions"));
    expect(few.rows("pools")).toEqual(all.rows("pools"));
    const holder = few.agent("holder");
    expect(BigInt(String(holder.stake_end_rao))).toBe(10n * BigInt(TOKEN) + BigInt(String(holder.paid_rao)));
    expect(holder.paid_rao).not.toBe(holder.entitled_rao);
  });

  it("draws for everybody what it drew before, whoever else is there and whatever others do", () => {
    const skill = { halfLifeMs: DAY, deviation: 0.5 };
    const holders = group("holder", strategy("hold"), { count: 4 });
    const drawn = (others: readonly ReturnType<typeof group>[]) => {
      const world = new LoopRun(loop([holders, ...others], { skill }), 20);
      const positions = world.rows("positions").filter(({ coldkey }) => String(coldkey).startsWith("holder"));
      const own = new Set(positions.map(({ position }) => position));
      return world.rows("weights").flatMap(({ position, base_weight }) => (own.has(position) ? [base_weight] : []));
    };
    const alone = drawn([]);
    expect(new Set(alone).size).toBe(4 * 20);
    expect(drawn([group("seller", strategy("sell_all"))])).toEqual(alone);
    expect(drawn([group("washer", strategy("wash_cycle"), { tao: 5 })])).toEqual(alone);
  });

  it("gives the same on two subnets where the same is done, and what another strategy makes where it is not", () => {
    const holders = group("holder", strategy("hold"), { count: 3 });
    const skill = { halfLifeMs: DAY, deviation: 0.5 };
    const subnet = (netuid: number, kind: "hold" | "sell_all") =>
      loop([holders, group("other", strategy(kind))], { netuid, skill, alternative: { group: "other", name: kind } });
    const subnets = [1, 2, 3].map((netuid) => ({ netuid, tempoBlocks: 300, capacity: 256, immunityMs: 0 }));
    const closedLoops = [subnet(1, "hold"), subnet(2, "hold"), subnet(3, "sell_all")];
    const { summary } = new LoopRun(closedLoops[0], 30, { subnets, closedLoops }).run;
    const [first, second, third] = summary.closedLoop?.subnets ?? [];
    expect(second).toEqual({ ...first, netuid: 2 });
    expect(third?.strategies[1]?.profitTao).toBeLessThan(first?.strategies[1]?.profitTao ?? 0);
  });

  it("lets who comes later begin with its means and pay for its seat; who cannot goes without", () => {
    const arrivesAfter = { fromMs: 3 * EPOCH, toMs: 3 * EPOCH };
    const rich = group("rich", strategy("hold"), { tao: 5, arrivesAfter });
    const poor = group("poor", strategy("hold"), { tao: 0.5, arrivesAfter });
    const world = new LoopRun(loop([group("one", strategy("hold")), rich, poor], { registrationCostRao: TOKEN }), 6);
    expect(world.agent("rich")).toMatchObject({ seats: 1, tao_end_rao: 4 * TOKEN, registrations_rao: String(TOKEN) });
    expect(world.agent("poor")).toMatchObject({ seats: 0, paid_rao: "0", tao_end_rao: TOKEN / 2 });
    expect(world.refused()).toMatchObject([{ kind: "register", refusal: "funds_short" }]);
    const [position] = world.positions("rich");
    expect(world.pay(position).length).toBe(3);
  });

  it("refuses an order for more than the market could count, and goes on", () => {
    const miners = [group("buyer", strategy("just_in_time"), { tao: 4.503599622, count: 3, stake: 0 })];
    const world = new LoopRun(loop(miners, { market: { kind: "prices" } }), 5, {}, [prices([0.000001])]);
    expect(new Set(world.refused().map(({ kind, refusal }) => `${kind} ${refusal}`))).toEqual(new Set(["buy too_large"]));
    expect(world.rows("agents").map(({ tao_end_rao }) => Number(tao_end_rao) > 0)).toEqual([true, true, true]);
  });

  it("registers again who was pruned, where it is to and can", () => {
    const later = { fromMs: EPOCH, toMs: EPOCH };
    const seats = [{ netuid: NETUID, tempoBlocks: 300, capacity: 2, immunityMs: 0 }];
    const run = (registersAgain: boolean) => {
      const low = group("low", strategy("hold"), { skill: 0.1, tao: 3, registersAgain });
      const late = group("late", strategy("hold"), { tao: 1, skill: 5, arrivesAfter: later });
      return new LoopRun(loop([group("high", strategy("hold"), { skill: 3 }), low, late], { registrationCostRao: TOKEN }), 5, {
        subnets: seats,
      });
    };
    expect(run(false).agent("low")).toMatchObject({ seats: 0, registrations_rao: "0" });
    expect(run(true).agent("low")).toMatchObject({ seats: 1 });
  });

  it("shares what a recording says was emitted to miners, when it says so, among its own", () => {
    const instants = [1, 2, 5, 9].map((hours) => START + hours * HOUR);
    const of = (row: object) => ({ ...row, netuid: NETUID });
    const emission = {
      kind: "emission" as const,
      rows: instants.flatMap((timeMs, i) => [
        of(pay(timeMs, "recorded", (i + 1) * TOKEN)),
        of(pay(timeMs, "other", TOKEN)),
        of(pay(timeMs, "validator", 7 * TOKEN, { role: "validator" })),
      ]),
    };
    const miners = [group("one", strategy("hold"), { skill: 3 }), group("two", strategy("hold"))];
    const world = new LoopRun(loop(miners, { emission: { kind: "recorded" } }), 10, { vesting: { mode: "off" } }, [emission]);
    expect(world.rows("epochs").map(({ end_ms, paid_rao }) => [end_ms, paid_rao])).toEqual(instants.map((ms, i) => [ms, (i + 2) * TOKEN]));
    expect(world.agent("one").paid_rao).toBe(String((14 * TOKEN * 3) / 4));
    expect(world.rows("positions").map(({ coldkey }) => coldkey)).toEqual(["one", "two"]);
  });
});
