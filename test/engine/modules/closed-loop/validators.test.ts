import { describe, expect, it } from "vitest";
import type { SeatsView } from "../../../../engine/agents/validators/rating/index.js";
import type { World } from "../../../../engine/books/world.js";
import type { MinerGroup, RatingGroup } from "../../../../engine/index.js";
import { randomStreams } from "../../../../engine/kernel/random.js";
import type { KeyWithSeat } from "../../../../engine/modules/closed-loop/key-ring.js";
import type { SkilledMiner } from "../../../../engine/modules/closed-loop/skilled-miner.js";
import { drawValidators } from "../../../../engine/modules/closed-loop/validator.js";
import { EPOCH, group, LoopRun, loop, strategy, TOKEN, validators } from "../../agents/miners/small-loop.js";

/** Pay by base weights alone. */
const NO_RULE = { vesting: { mode: "off" } } as const;
const hold = strategy("hold");
const honest = { kind: "honest", deviation: 0 } as const;
const colluder = { kind: "colluder", deviation: 0 } as const;
const POT = 300 * TOKEN;

const ratingOf = (world: LoopRun, name: string) => {
  const found = world.run.summary.closedLoop?.subnets[0].validators.find((one) => one.group === name);
  if (found === undefined) throw new Error(`no validators ${name}`);
  return found;
};
const payOf = (world: LoopRun, name: string) => world.positions(name).map((position) => world.pay(position));

/*
 * What validators make of it, reckoned once more from docs/explanation/closed-loop.md: everybody's row is what it rates over its sum; the
 * consensus of a seat is the largest weight that at least kappa of the stake gives it or more; the base weight the mean by stake of what
 * is not above. Nothing of the engine is used.
 */
interface Rater {
  readonly stake: number;
  /** By name of the seat's miner; null: it hands in nothing. */
  readonly rates: Readonly<Record<string, number>> | null;
}

function agreed(seats: readonly string[], raters: readonly Rater[], kappa: number) {
  const counted = raters.flatMap(({ stake, rates }) => {
    if (rates === null) return [];
    const sum = seats.reduce((all, seat) => all + (rates[seat] ?? 0), 0);
    return [{ stake, row: seats.map((seat) => (rates[seat] ?? 0) / sum) }];
  });
  const total = counted.reduce((all, { stake }) => all + stake, 0);
  const consensus = seats.map((_, seat) =>
    Math.max(
      ...counted
        .map(({ row }) => row[seat])
        .filter((w) => counted.reduce((all, { row, stake }) => (row[seat] >= w ? all + stake : all), 0) >= kappa * total),
    ),
  );
  const weights = consensus.map(
    (most, seat) => counted.reduce((all, { row, stake }) => all + stake * Math.min(row[seat], most), 0) / total,
  );
  return { consensus, weights };
}

describe("a subnet with validators, reckoned independently", () => {
  it("pays by what they agree on, while a miner comes whom not all of them know", () => {
    const late = { arrivesAfter: { fromMs: 3 * EPOCH, toMs: 3 * EPOCH }, tao: 5, skill: 4 };
    const miners = [group("one", hold, { skill: 1 }), group("two", hold, { skill: 3 }), group("late", hold, late)];
    const kappa = 0.55;
    const world = new LoopRun(
      loop(miners, {
        kappa,
        validators: [
          validators("diligent", honest, 40),
          validators("stale", { kind: "stale", lagEpochs: 2 }, 35),
          validators("lazy", { kind: "lazy_copier" }, 25),
        ],
      }),
      9,
      NO_RULE,
    );
    const skill: Readonly<Record<string, number>> = { one: 1, two: 3, late: 4 };
    const seen: Record<string, number>[] = [];
    let last: Record<string, number> | null = null;
    for (let epoch = 1; epoch <= 9; epoch++) {
      // Who comes at the end of the third epoch has a seat when the fourth ends.
      const seats = epoch <= 3 ? ["one", "two"] : ["one", "two", "late"];
      const now = Object.fromEntries(seats.map((name) => [name, skill[name]]));
      seen.push(now);
      const raters = [
        { stake: 40, rates: now },
        { stake: 35, rates: seen[Math.max(0, seen.length - 3)] },
        { stake: 25, rates: last },
      ];
      const { consensus, weights } = agreed(seats, raters, kappa);
      last = Object.fromEntries(seats.map((name, i) => [name, consensus[i]]));
      const sum = weights.reduce((all, one) => all + one, 0);
      seats.forEach((name, i) => {
        const paid = world.rows("rewards").find((row) => row.epoch === epoch && row.position === world.positions(name)[0]);
        expect(Math.abs(Number(paid?.paid_rao) - (POT * weights[i]) / sum), `${name} in epoch ${epoch}`).toBeLessThan(2);
      });
    }
    // Two of them, with 60 % of the stake, do not know the newcomer for two epochs, and the copier not before the consensus does.
    expect(payOf(world, "late")[0].slice(0, 2)).toEqual([0, 0]);
    expect(payOf(world, "late")[0].at(-1)).toBeGreaterThan(100 * TOKEN);
  });

  it("has figures of each group that are those of its rows", () => {
    const miners = [group("one", hold, { skill: 1 }), group("ring", strategy("collude", { boost: 3 }), { skill: 1 })];
    const world = new LoopRun(
      loop(miners, { validators: [validators("honest", honest, 30, 2), validators("cartel", colluder, 40)] }),
      5,
      NO_RULE,
    );
    // Honest: 1/2, 1/2; the cartel: 1/4, 3/4; consensus: 1/2, 1/2.
    expect(ratingOf(world, "honest")).toEqual({
      group: "honest",
      behaviour: "honest",
      validators: 2,
      stakeRao: String(60 * TOKEN),
      stakeShare: 0.6,
      ratings: 10,
      deviation: 0,
      clippedShare: 0,
      dividendShare: null,
    });
    expect(ratingOf(world, "cartel")).toMatchObject({ stakeShare: 0.4, ratings: 5, deviation: 0.25, clippedShare: 0.25 });
  });

  it("pays by skill itself where all see it, and by nothing where nobody agrees", () => {
    const miners = [group("one", hold, { skill: 1 }), group("two", hold, { skill: 2.5, count: 3 })];
    const skill = { halfLifeMs: 5 * EPOCH, deviation: 0.5 };
    const alone = new LoopRun(loop(miners, { skill }), 8, NO_RULE);
    const rated = new LoopRun(loop(miners, { skill, validators: [validators("all", honest, 10, 3)] }), 8, NO_RULE);
    const pays = (world: LoopRun) => world.rows("rewards").map(({ paid_rao }) => Number(paid_rao));
    pays(rated).forEach((paid, i) => {
      expect(Math.abs(paid - pays(alone)[i])).toBeLessThan(5);
    });
    const copiers = new LoopRun(loop(miners, { validators: [validators("lazy", { kind: "lazy_copier" }, 10, 3)] }), 4, NO_RULE);
    expect(pays(copiers).every((paid) => paid === 0)).toBe(true);
    expect(ratingOf(copiers, "lazy")).toMatchObject({ ratings: 0, deviation: 0, clippedShare: 0 });
  });
});

describe("colluding validators", () => {
  /** What part of pay the group gets, and its part by work. */
  function run(stakeShare: number, boost: number, kappa: number, acts = strategy("collude", { boost })) {
    const miners = [group("others", hold, { count: 6 }), group("ring", acts, { count: 2 })];
    const shares = [validators("honest", honest, 100 - 100 * stakeShare), validators("cartel", colluder, 100 * stakeShare)];
    const world = new LoopRun(loop(miners, { kappa, validators: shares }), 3, NO_RULE);
    const paid = world.rows("agents").filter(({ group_name }) => group_name === "ring");
    return paid.reduce((all, row) => all + Number(row.paid_rao), 0) / (3 * POT);
  }

  /** By the page: b w is what it rates the group, w its part by work, s its part of the stake. */
  function byThePage(s: number, boost: number, kappa: number): number {
    const w = 2 / 8;
    const rated = (boost * w) / (1 - w + boost * w);
    const own = s >= kappa ? s * rated + (1 - s) * w : w;
    const rest = 1 - s >= kappa ? (1 - s) * (1 - w) + s * (1 - rated) : 1 - rated;
    return own / (own + rest);
  }

  it.each([0.1, 0.4, 0.49, 0.5, 0.51, 0.6, 0.9].flatMap((s) => [1, 2, 10, 1_000_000].map((boost) => [s, boost] as const)))(
    "with %f of the stake make of their miners what the page says, %f times",
    (s, boost) => {
      for (const kappa of [0.3, 0.5, 0.7]) expect(run(s, boost, kappa)).toBeCloseTo(byThePage(s, boost, kappa), 8);
    },
  );

  it("with less than kappa gain by what they withhold alone, with more they take it", () => {
    const fair = run(0.4, 10, 0.5, hold);
    expect(fair).toBeCloseTo(0.25, 9);
    const minority = run(0.4, 1_000_000, 0.5);
    expect(minority).toBeGreaterThan(fair);
    expect(minority).toBeLessThan(fair / (1 - 0.4));
    const majority = run(0.6, 1_000_000, 0.5);
    expect(majority).toBeGreaterThan(0.999);
  });

  it("are honest where their miners do something else, or collude with others", () => {
    expect(run(0.6, 10, 0.5, strategy("sell_all"))).toBeCloseTo(0.25, 9);
    const miners = [group("others", hold), group("ring", strategy("collude", { validators: "theirs", boost: 100 }))];
    const shares = [validators("honest", honest, 10), validators("theirs", colluder, 10), validators("nobodys", colluder, 80)];
    const world = new LoopRun(loop(miners, { validators: shares }), 3, NO_RULE);
    expect(ratingOf(world, "nobodys").deviation).toBe(0);
    expect(ratingOf(world, "theirs").deviation).toBeGreaterThan(0.4);
  });
});

describe("what validators see", () => {
  const names = ["m0", "m1", "m2", "m3"];
  const observer = (name: string): RatingGroup => ({ ...validators(name, { kind: "honest", deviation: 0.3 }, 10), count: 1 });

  function ratings(groups: readonly RatingGroup[], seats: readonly number[], epochs = 3): readonly (readonly number[])[][] {
    const world = { addresses: { nameOf: (id: number) => names[id] } } as unknown as World;
    const configuration = loop([group("m", hold)] as readonly MinerGroup[], { validators: groups });
    const drawn = drawValidators(configuration, world, randomStreams(3, 1), () => ({}) as KeyWithSeat<SkilledMiner>);
    const seen: SeatsView = { hotkeys: Int32Array.from(seats), worth: Float64Array.from(seats, () => 1), lastConsensus: null };
    return Array.from({ length: epochs }, () =>
      drawn.map(({ agent }) => {
        const row = new Float64Array(seats.length);
        expect(agent.decide(seen, row)).toBe(true);
        return [...row];
      }),
    );
  }

  it("has errors of its own for each of them and each hotkey: one more of either changes no other's", () => {
    const all = ratings([observer("a"), observer("b")], [0, 1, 2]);
    const more = ratings([observer("x"), observer("a"), observer("b")], [3, 0, 2, 1]);
    all.forEach(([a, b], epoch) => {
      expect(more[epoch][1]).toEqual([more[epoch][1][0], a[0], a[2], a[1]]);
      expect(more[epoch][2]).toEqual([more[epoch][2][0], b[0], b[2], b[1]]);
      expect(new Set([...a, ...b]).size).toBe(6);
    });
  });

  it("is off by the deviation that is stated, log-normally", () => {
    const logs = ratings([observer("a")], [0, 1, 2, 3], 3_000).flatMap(([row]) => row.map(Math.log));
    const mean = logs.reduce((sum, one) => sum + one, 0) / logs.length;
    const deviation = Math.sqrt(logs.reduce((sum, one) => sum + (one - mean) ** 2, 0) / logs.length);
    expect(mean).toBeCloseTo(0, 2);
    expect(deviation).toBeCloseTo(0.3, 2);
  });
});
