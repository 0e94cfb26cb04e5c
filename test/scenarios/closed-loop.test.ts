import { describe, expect, it } from "vitest";
import { runToSummary } from "../../recorders/index.js";
import { loadScenario, scenarioFromResolved, spliceValues } from "../../scenarios/index.js";
import { parse, refusals } from "./scenario-text.js";

const TIME = "time: { start: 2026-01-01, days: 2 }\n";
const POOL = "market: { kind: pool, tao_reserve: 100, alpha_reserve: 1000 }";
const loop = (rest: string, top = "subnet: { netuid: 7 }\n") =>
  `name: test\n${TIME}${top}closed_loop:\n  ${rest.replaceAll("\n", "\n  ")}\n`;
const MINED = `${POOL}\nminers: [{ name: one }]`;
const RATED = `${MINED}\nvalidators: [{ name: v, stake: 1 }]`;
const SMALL = loop(`${POOL}\nminers: [{ name: one }]`);

describe("a scenario with a closed loop", () => {
  it("needs no streams, and has its short forms written out", () => {
    const { resolved, configuration } = parse(SMALL);
    expect(resolved.streams).toEqual([]);
    expect(resolved.closed_loop).toMatchObject({ netuid: 7, miners: [{ name: "one", strategy: { kind: "hold" }, count: 1, tao: 0 }] });
    expect(configuration.closedLoops).toMatchObject([{ netuid: 7, alternative: null, emission: { minerPotRaoPerBlock: 410_000_000 } }]);
    expect(scenarioFromResolved(resolved).resolved).toEqual(resolved);
  });

  it.each([
    ["a strategy", "closed_loop.miners.one.strategy.gain=0.3", `${POOL}\nminers: [{ name: one, strategy: take_profit }]`],
    ["a behaviour", "closed_loop.validators.v.behaviour.lag_epochs=4", `${MINED}\nvalidators: [{ name: v, stake: 1, behaviour: stale }]`],
    [
      "an alternative",
      "closed_loop.alternatives.strategies.1.share=0.1",
      `${MINED}\nalternatives: { group: one, strategies: [hold, sell_fraction] }`,
    ],
  ])("takes --set of a key of %s that is stated as a word", (_, set, text) => {
    const word = /(strategy|behaviour): (take_profit|stale)|, (sell_fraction)/;
    const [path, value] = set.split("=");
    const written = loop(
      text.replace(word, (found) => {
        const kind = found.split(/[:,] /)[1];
        return found.replace(kind, `{ kind: ${kind}, ${path.split(".").at(-1)}: ${value} }`);
      }),
    );
    expect(parse(loop(text), { sets: [set] }).resolved).toEqual(parse(written).resolved);
    expect(parse(written).resolved).not.toEqual(parse(loop(text)).resolved);
    expect(spliceValues(loop(text), "test.yaml", [{ path, value: Number(value) }])).toBe(written);
  });

  it("has the validators that it lists, by the default kappa, and no others where it lists none", () => {
    const text = loop(
      `${MINED}\nvalidators: [{ name: v, stake: 2 }, { name: c, count: 2, stake: 3, behaviour: { kind: stale, lag_epochs: 4 } }]`,
    );
    const { resolved, configuration } = parse(text);
    expect(configuration.closedLoops).toMatchObject([
      {
        kappa: 0.5,
        validators: [
          { name: "v", count: 1, stake: { fromRao: 2_000_000_000 }, behaviour: { kind: "honest", deviation: 0 } },
          { name: "c", count: 2, behaviour: { kind: "stale", lagEpochs: 4 } },
        ],
      },
    ]);
    expect(scenarioFromResolved(resolved).resolved).toEqual(resolved);
    expect(scenarioFromResolved(resolved).configuration).toEqual(configuration);
    expect(parse(SMALL).configuration.closedLoops[0].validators).toEqual([]);
  });

  it("has amounts to the rao, as they are written", () => {
    const { configuration } = parse(
      loop(
        `${POOL}\nminers: [{ name: one, tao: 9007199.254740991 }, { name: two, stake: 4503600.000000001 }]`
          .replace("tao_reserve: 100", "tao_reserve: 0.000000001")
          .replace("9007199.254740991", "9007199.254740990"),
      ),
    );
    const [{ miners }] = configuration.closedLoops;
    expect([miners[0].tao.toRao, miners[1].stake.toRao]).toEqual([9_007_199_254_740_990, 4_503_600_000_000_001]);
  });

  it("stands for a subnet a strategy where it lists alternatives, each with the settings of its own subnet", () => {
    const alternatives = "alternatives: { group: one, strategies: [hold, sell_all, { kind: sell_fraction, share: 0.1 }, sell_fraction] }";
    const text = loop(`${POOL}\nminers: [{ name: one }, { name: two }]\n${alternatives}`, "subnet: { netuid: 7, tempo: 100 }\n");
    const { configuration, resolved } = parse(text);
    expect(
      configuration.closedLoops.map(({ netuid, alternative, miners }) => [netuid, alternative?.name, miners[0].strategy.kind]),
    ).toEqual([
      [7, "hold", "hold"],
      [8, "sell_all", "sell_all"],
      [9, "sell_fraction share=0.1", "sell_fraction"],
      [10, "sell_fraction share=0.5", "sell_fraction"],
    ]);
    expect(configuration.subnets.map(({ netuid, tempoBlocks }) => [netuid, tempoBlocks])).toEqual(
      [7, 8, 9, 10].map((netuid) => [netuid, 100]),
    );
    expect(scenarioFromResolved(resolved).configuration).toEqual(configuration);
  });

  it.each([
    ["no subnet is named", loop(`${POOL}\nminers: [{ name: one }]`, ""), "TEN-SCENARIO-008", "closed_loop.netuid"],
    [
      "more TAO than can be counted",
      loop(`${POOL}\nminers: [{ name: one, count: 2, tao: 5000000 }]`),
      "TEN-LOOP-110",
      "closed_loop.miners.0.tao",
    ],
    [
      "more alpha than can be counted, in several groups",
      loop(`${POOL}\nminers: [{ name: one, stake: 5000000 }, { name: two, stake: { from: 1, to: 5000000 } }]`),
      "TEN-LOOP-110",
      "closed_loop.miners.1.stake",
    ],
    [
      "more TAO than can be counted on all subnets of alternatives",
      loop(`${POOL}\nminers: [{ name: one, tao: 4000000 }]\nalternatives: { group: one, strategies: [hold, sell_all, rotate] }`),
      "TEN-LOOP-110",
      "closed_loop.miners.0.tao",
    ],
    ["no end", SMALL.replace(", days: 2", ""), "TEN-SCENARIO-008", "time.end"],
    ["prices that nothing tells", loop("market: prices\nminers: [{ name: one }]"), "TEN-SCENARIO-008", "closed_loop.market"],
    [
      "a recording that is not there",
      loop(`${POOL}\nemission: recorded\nminers: [{ name: one }]`),
      "TEN-SCENARIO-008",
      "closed_loop.emission",
    ],
    ["a population of nobody", loop(`${POOL}\nminers: []`), "TEN-SCENARIO-006", "closed_loop.miners"],
    ["a count of 0", loop(`${POOL}\nminers: [{ name: one, count: 0 }]`), "TEN-SCENARIO-006", "closed_loop.miners.0.count"],
    ["an unknown strategy", loop(`${POOL}\nminers: [{ name: one, strategy: hodl }]`), "TEN-SCENARIO-006", "closed_loop.miners.0.strategy"],
    [
      "a parameter out of range",
      loop(`${POOL}\nminers: [{ name: one, strategy: { kind: sell_fraction, share: 2 } }]`),
      "TEN-SCENARIO-006",
      "closed_loop.miners.0.strategy.share",
    ],
    [
      "a parameter of another strategy",
      loop(`${POOL}\nminers: [{ name: one, strategy: { kind: hold, share: 1 } }]`),
      "TEN-SCENARIO-004",
      "closed_loop.miners.0.strategy.share",
    ],
    ["two members of one name", loop(`${POOL}\nminers: [{ name: one, count: 2 }, { name: one-1 }]`), "TEN-LOOP-104", "closed_loop.miners"],
    ["more keys than seats", loop(`${POOL}\nminers: [{ name: one, count: 257 }]`), "TEN-LOOP-105", "closed_loop.miners"],
    [
      "an empty pool",
      loop("market: { kind: pool, tao_reserve: 0, alpha_reserve: 1 }\nminers: [{ name: one }]"),
      "TEN-SCENARIO-006",
      "closed_loop.market.tao_reserve",
    ],
    [
      "a group that is not there",
      loop(`${POOL}\nminers: [{ name: one }]\nalternatives: { group: on, strategies: [hold] }`),
      "TEN-SCENARIO-008",
      "closed_loop.alternatives.group",
    ],
    ["no validators in the list", loop(`${MINED}\nvalidators: []`), "TEN-SCENARIO-006", "closed_loop.validators"],
    ["a kappa of 0", loop(`${RATED}\nconsensus: { kappa: 0 }`), "TEN-SCENARIO-006", "closed_loop.consensus.kappa"],
    ["a consensus of nobody", loop(`${MINED}\nconsensus: { kappa: 0.6 }`), "TEN-SCENARIO-008", "closed_loop.consensus"],
    [
      "an unknown behaviour",
      loop(`${MINED}\nvalidators: [{ name: v, stake: 1, behaviour: noisy }]`),
      "TEN-SCENARIO-006",
      "closed_loop.validators.0.behaviour",
    ],
    ["validators without stake", loop(`${MINED}\nvalidators: [{ name: v, stake: 0 }]`), "TEN-LOOP-108", "closed_loop.validators.0.stake"],
    [
      "nobody to collude with",
      loop(`${POOL}\nminers: [{ name: one, strategy: collude }]`),
      "TEN-SCENARIO-008",
      "closed_loop.miners.0.strategy",
    ],
    [
      "honest ones to collude with",
      loop(`${RATED}\nalternatives: { group: one, strategies: [hold, { kind: collude, validators: v }] }`),
      "TEN-SCENARIO-008",
      "closed_loop.alternatives.strategies.1.validators",
    ],
    ["epochs by the clock of recordings", `${SMALL}epochs: tempo\n`, "TEN-LOOP-106", "epochs"],
  ])("is refused with %s", (_, text, code, path) => {
    expect(refusals(text).map((error) => [error.code, error.place?.path])).toContainEqual([code, path]);
  });
});

describe("the scenarios of closed loops", () => {
  it.each([
    "vesting-honest",
    "vesting-mixed",
    "vesting-vs-none",
    "vesting-attack",
    "weekly-sellers",
    "burn-and-rank",
    "burn-feedback",
    "colluding-validators",
    "yuma3",
  ])("%s: nothing is made or lost, whatever anybody does", async (name) => {
    const sets = ["time.days=3", "closed_loop.miners.0.count=12"];
    const { closedLoop, ...summary } = await runToSummary(loadScenario(name, { sets }), { audit: true });
    expect(summary.epochs).toBeGreaterThanOrEqual(60);
    expect(closedLoop?.subnets.every(({ strategies }) => strategies.length > 1)).toBe(true);
  });
});
