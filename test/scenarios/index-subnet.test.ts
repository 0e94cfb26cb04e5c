import { describe, expect, it } from "vitest";
import {
  DEFAULT_ANTI_GAMING,
  DEFAULT_CONSENSUS,
  DEFAULT_INDEX_FUND,
  DEFAULT_PARTICIPANT,
  DEFAULT_REWARDS,
  PARTICIPANT_PRESETS,
  TAO20_ORIGINAL_REWARDS,
  TAO20_ORIGINAL_SLASHING,
  TAO20_ORIGINAL_VOLUME,
} from "../../engine/index.js";
import { loadScenario, scenarioFromResolved } from "../../scenarios/index.js";
import { parse, places, refusals } from "./scenario-text.js";

/** A small index subnet on recorded prices; lines of `more` are keys of `index`. */
const withIndex = (more = "", streams = "{ recorded: tao20 }") => `name: test
streams: [${streams}]
index:
  founding: { supply: 1000 }
  market: { kind: pool, tao_reserve: 100 }
  participants: [{ name: desk, count: 2, tao: 100 }]
  validators: [{ name: keeper, count: 3, stake: 2000 }]
${more}`;

const configured = (more = "") => {
  const { index } = parse(withIndex(more)).configuration;
  if (index === null) throw new Error("there is no index subnet");
  return index;
};

describe("the section index", () => {
  it("has the documented defaults", () => {
    expect(configured()).toEqual({
      netuid: 20,
      epochMs: 3_600_000,
      fund: DEFAULT_INDEX_FUND,
      founding: { supplyRao: 1e12, source: "published", weights: [] },
      rebalancing: "computed",
      market: { kind: "pool", pool: { fee: 0.003 }, taoReserveRao: 1e11, noiseTraders: null },
      shocks: [],
      gaps: [],
      participants: [
        {
          name: "desk",
          count: 2,
          tao: { fromRao: 1e11, toRao: 1e11, spread: "uniform" },
          tokens: { fromRao: 0, toRao: 0, spread: "uniform" },
          configuration: DEFAULT_PARTICIPANT,
          transactionCost: null,
          owner: null,
          withdrawnShare: 0,
        },
      ],
      validators: [{ name: "keeper", count: 3, stake: { fromRao: 2e12, toRao: 2e12, spread: "uniform" }, behaviour: { kind: "honest" } }],
      colludingGroups: [],
      rewards: DEFAULT_REWARDS,
      antiGaming: DEFAULT_ANTI_GAMING,
      consensus: DEFAULT_CONSENSUS,
      emission: { potRaoPerBlock: 410_000_000 },
      vestingMultipliers: false,
      record: { pricesEverySamples: 30, navEverySamples: 1 },
    });
  });

  it("keeps amounts to the rao, and spans and ranges in their units", () => {
    const index = configured(`  fund: { stale_after: 90 s }
  rewards: { min_volume: 8999999.000000001 }
  shocks: [{ from: 2025-01-01, duration: 2 h, factor: 0.4 }]
  gaps: [{ from: 2025-01-01, duration: 1 min, netuids: [3] }]
  consensus: { severity: { deviation_window: 1 h } }
`);
    expect(index.fund.staleAfterMs).toBe(90_000);
    expect(index.rewards.minVolumeRao).toBe(8_999_999_000_000_001);
    expect(index.shocks).toEqual([{ fromMs: Date.UTC(2025, 0, 1), durationMs: 7_200_000, factor: 0.4 }]);
    expect(index.gaps).toEqual([{ fromMs: Date.UTC(2025, 0, 1), durationMs: 60_000, netuids: [3] }]);
    expect(index.consensus.severity.window).toEqual({ kind: "time", ms: 3_600_000 });
    const text = withIndex().replace("tao: 100 }", "tao: { from: 1, to: 9.000000001 }, transaction_cost: { from: 0.01, to: 0.02 } }");
    expect(parse(text).configuration.index?.participants[0]).toMatchObject({
      tao: { fromRao: 1e9, toRao: 9_000_000_001, spread: "log_uniform" },
      transactionCost: { fromRao: 1e7, toRao: 2e7, spread: "log_uniform" },
    });
  });

  it.each([
    ["rewards", "tao20-original-rewards", TAO20_ORIGINAL_REWARDS],
    ["rewards", "tao20-original-volume", TAO20_ORIGINAL_VOLUME],
    ["consensus", "tao20-original-slashing", TAO20_ORIGINAL_SLASHING],
  ] as const)("takes the preset of %s %s", (section, preset, expected) => {
    expect(configured(`  ${section}: { preset: ${preset} }\n`)[section]).toEqual(expected);
  });

  it("takes the preset of participants, and lets stated keys win", () => {
    const preset = "tao20-original-arbitrage";
    const text = withIndex().replace("tao: 100 }", `tao: 100, preset: ${preset}, spread_unit: fraction }`);
    expect(parse(text).configuration.index?.participants[0]?.configuration).toEqual({
      ...PARTICIPANT_PRESETS[preset],
      spreadUnit: "fraction",
    });
    expect(
      configured("  rewards: { preset: tao20-original-rewards, score: { volume_weight: 0.7, frequency_weight: 0.2 } }\n").rewards.score,
    ).toEqual({
      ...TAO20_ORIGINAL_REWARDS.score,
      volumeWeight: 0.7,
      frequencyWeight: 0.2,
    });
    expect(
      configured("  consensus: { preset: tao20-original-slashing, severity: { deviation_window_epochs: 5 } }\n").consensus.severity.window,
    ).toEqual({ kind: "epochs", epochs: 5 });
  });

  it.each([
    withIndex(),
    withIndex("  rewards: { preset: tao20-original-volume }\n  consensus: { preset: tao20-original-slashing }\n"),
    withIndex("  anti_gaming: { clusters: false, policies: { wash_trade: exclude } }\n").replace(
      "stake: 2000",
      "stake: 2000, behaviour: noisy",
    ),
    withIndex("", "{ recorded: a }, { synthetic: prices, gaps: [{ from: 2025-01-01, duration: 1 h }] }").replace(
      "streams:",
      "time: { start: 2025-01-01, days: 1 }\nstreams:",
    ),
  ])("comes back from its resolved form: %#", (text) => {
    const scenario = parse(text);
    const again = scenarioFromResolved(JSON.parse(JSON.stringify(scenario.resolved)));
    expect(again).toEqual({ ...scenario, file: null });
    expect(parse(JSON.stringify(scenario.resolved)).resolved).toEqual(scenario.resolved);
  });

  it("can be changed from the command line", () => {
    const { index } = parse(withIndex(), {
      sets: ["index.market.fee=0.01", "index.rewards.preset=tao20-original-rewards", "index.epoch=2 h"],
    }).configuration;
    expect(index).toMatchObject({ epochMs: 7_200_000, market: { pool: { fee: 0.01 } }, rewards: TAO20_ORIGINAL_REWARDS });
  });
});

describe("an index subnet is refused", () => {
  it.each([
    // What the engine's rooms refuse, at the place in the file.
    ["rewards: { score: { volume_weight: 0.6 } }", "TEN-REWARD-102 8:21 index.rewards.score", "sum to 1"],
    ["rewards: { pools: { base: 0.9 } }", "TEN-REWARD-106 8:21 index.rewards.pools", "more than there is"],
    [
      "rewards: { tiers: [{ name: a, from_rank: 1, to_rank: 2, share: 0.5 }, { name: b, from_rank: 4, to_rank: 5, share: 0.5 }] }",
      "TEN-REWARD-109 8:95 index.rewards.tiers.1.from_rank",
      "a hole",
    ],
    [
      "rewards: { tiers: [{ name: a, from_rank: 1, to_rank: 2, share: 0.5 }, { name: b, from_rank: 2, to_rank: 5, share: 0.5 }] }",
      "TEN-REWARD-110 8:95 index.rewards.tiers.1.from_rank",
      "same rank",
    ],
    ["rewards: { tiers: [{ name: a, from_rank: 1, to_rank: 2, share: 0.5 }] }", "TEN-REWARD-112 8:21 index.rewards.tiers", "sum to 1"],
    ["consensus: { severity: { minor_above: 0.2 } }", "TEN-CONSENSUS-104 8:26 index.consensus.severity", "not in order"],
    [
      "consensus: { slashing: { appeals: [{ validator: keeper-1, epoch: 1, outcome: upheld }] } }",
      "TEN-CONSENSUS-110 8:37 index.consensus.slashing.appeals",
      "taken at once",
    ],
    ["fund: { mint_fee: 0.0000000001 }", "TEN-SCENARIO-006 8:21 index.fund.mint_fee", "not allowed"],
    [
      "colluding_groups: [{ name: x, favoured: [nobody], moved_share: 0.1 }]",
      "TEN-CONSENSUS-125 8:43 index.colluding_groups.0.favoured",
      "no such miner",
    ],
    // What the schema refuses.
    ["fund: { constituents: 0 }", "TEN-SCENARIO-006 8:25 index.fund.constituents", "not allowed"],
    ["fund: { stale_after: 300 }", "TEN-SCENARIO-005 8:24 index.fund.stale_after", "wrong type"],
    ["rewards: { min_volume: -1 }", "TEN-SCENARIO-006 8:26 index.rewards.min_volume", "not allowed"],
    ["rewards: { presett: x }", "TEN-SCENARIO-004 8:14 index.rewards.presett", "no key"],
    ["epoch: 1 s", "TEN-SCENARIO-006 8:10 index.epoch", "not allowed"],
    ["shocks: [{ from: 2025-01-01, duration: 1 h, factor: 0 }]", "TEN-SCENARIO-006 8:55 index.shocks.0.factor", "not allowed"],
    [
      "consensus: { severity: { deviation_window_epochs: null } }",
      "TEN-SCENARIO-006 8:53 index.consensus.severity.deviation_window_epochs",
      "not allowed",
    ],
  ])("%s", (line, place, what) => {
    const text = withIndex(`  ${line}\n`);
    expect(places(text)).toEqual([place]);
    expect(refusals(text)[0]?.what).toContain(what);
  });

  it.each([
    ["{ name: keeper, count: 3, stake: 2000 }", "{ name: keeper, stake: -1 }", "TEN-SCENARIO-006 7:39 index.validators.0.stake"],
    ["stake: 2000", "stake: { from: 5, to: 4 }", "TEN-SCENARIO-006 7:64 index.validators.0.stake.to"],
    ["stake: 2000", "stake: 2000, behaviour: honst", "TEN-SCENARIO-006 7:66 index.validators.0.behaviour.kind"],
    ["stake: 2000", "stake: 2000, behaviour: { kind: colluder, group: x }", "TEN-CONSENSUS-122 7:91 index.validators.0.behaviour.group"],
    [
      "stake: 2000",
      "stake: 2000, behaviour: { kind: honest, lag_epochs: 2 }",
      "TEN-SCENARIO-004 7:82 index.validators.0.behaviour.lag_epochs",
    ],
    ["kind: pool", "kind: pol", "TEN-SCENARIO-006 5:19 index.market.kind"],
    ["tao_reserve: 100", "tao_reserve: 1100", "TEN-SCENARIO-008 4:23 index.founding.supply"],
    ["supply: 1000", "supply: 1000, weights: [{ netuid: 1, weight: 1 }]", "TEN-SCENARIO-008 4:38 index.founding.weights"],
    ["supply: 1000", "supply: 1000, source: given", "TEN-SCENARIO-008 4:3 index.founding.weights"],
    ["tao: 100", "tao: 100, min_transaction_size: 20", "TEN-AGENT-103 6:18 index.participants.0.max_transaction_size"],
    ["tao: 100", "tao: 100, profit_estimate: spread", "TEN-AGENT-113 6:69 index.participants.0.profit_estimate"],
    ["tao: 100", "tao: 100, strategy: churn, balance_share: 0.5", "TEN-SCENARIO-008 6:84 index.participants.0.balance_share"],
    ["tao: 100", "tao: 100, strategy: arbitage", "TEN-SCENARIO-006 6:62 index.participants.0.strategy"],
    ["name: keeper, count: 3", "name: desk, count: 3", "TEN-SCENARIO-009 7:24 index.validators.0.name"],
    ["{ recorded: tao20 }", "{ recorded: tao20, kinds: [emission_rate, index_weights] }", "TEN-SCENARIO-008 4:3 index"],
    ["{ recorded: tao20 }", "{ recorded: tao20, kinds: [price, emission_rate] }", "TEN-SCENARIO-008 4:3 index.founding.source"],
    ["index:\n", "epochs: tempo\nindex:\n", "TEN-INDEX-107 3:9 epochs"],
    ["index:\n", "emission: { mode: redistribute }\nindex:\n", "TEN-INDEX-108 3:19 emission.mode"],
    ["index:\n", "subnet: { capacity: 4 }\nindex:\n", "TEN-INDEX-109 5:3 index"],
  ])("with %s as %s", (from, to, place) => {
    const found = places(withIndex().replace(from, to));
    expect(found).toContain(place);
  });

  it("for weights that do not sum to 1, at the list, with what the scenario says", () => {
    const text = withIndex("  rebalancing: never\n  fund: { constituents: 2 }\n").replace(
      "supply: 1000",
      "supply: 1000, source: given, weights: [{ netuid: 1, weight: 0.5 }, { netuid: 2, weight: 0.4 }]",
    );
    expect(refusals(text)).toMatchObject([{ code: "TEN-MARKET-111", found: 0.9, place: { path: "index.founding.weights", line: 4 } }]);
  });

  it("for fewer weights than the index has places, and for subnets without prices", () => {
    const made = (weights: string) =>
      withIndex("  rebalancing: never\n  fund: { constituents: 2 }\n", "{ synthetic: prices, subnets: 3 }")
        .replace("streams:", "time: { start: 2025-01-01, days: 1 }\nstreams:")
        .replace("supply: 1000", `supply: 1000, source: given, weights: [${weights}]`);
    expect(refusals(made("{ netuid: 1, weight: 1 }"))).toMatchObject([
      { code: "TEN-SCENARIO-008", found: 1, allowed: "2, as index.fund.constituents says" },
    ]);
    expect(refusals(made("{ netuid: 1, weight: 0.5 }, { netuid: 4, weight: 0.5 }"))).toMatchObject([
      { code: "TEN-SCENARIO-008", found: 4, allowed: "1 to 3", place: { path: "index.founding.weights.1.netuid" } },
    ]);
    expect(() => parse(made("{ netuid: 1, weight: 0.5 }, { netuid: 3, weight: 0.5 }"))).not.toThrow();
  });

  it("with all that is wrong at once, from the top of the file down", () => {
    const text = withIndex("  rewards: { pools: { base: 1 } }\n  consensus: { severity: { minor_above: 0.2 } }\n");
    expect(places(text)).toEqual(["TEN-REWARD-106 8:21 index.rewards.pools", "TEN-CONSENSUS-104 9:26 index.consensus.severity"]);
  });

  it("with a hint where a word is misspelt", () => {
    const text = withIndex().replace("stake: 2000", "stake: 2000, behaviour: lazy_copyer");
    expect(refusals(text)[0]).toMatchObject({ found: "lazy_copyer", hint: "Did you mean lazy_copier?" });
  });
});

describe("a group of participants", () => {
  it("follows a strategy, whose parameters stand beside it", () => {
    const text = withIndex().replace("tao: 100", "tao: 100, strategy: churn, min_transaction_size: 0.5, look_every: 10 min");
    const [group] = parse(text).configuration.index?.participants ?? [];
    expect(group.configuration).toEqual({
      ...DEFAULT_PARTICIPANT,
      strategy: "churn",
      minTransactionSizeRao: 500_000_000,
      lookEveryMs: 600_000,
    });
  });

  it("is told which parameters its strategy takes", () => {
    const [refusal] = refusals(withIndex().replace("tao: 100", "tao: 100, strategy: churn, sizing: best"));
    expect(refusal).toMatchObject({
      what: expect.stringContaining("churn does not take it"),
      found: "best",
      allowed: "left out; churn takes min_transaction_size, look_every",
    });
  });
});

describe("the shipped index subnets", () => {
  it("tao20-2025 has 40 participants and 12 validators of whom 3 are not honest", () => {
    const { index, startMs, endMs } = loadScenario("tao20-2025").configuration;
    const count = (groups: readonly { readonly count: number }[] = []) => groups.reduce((sum, group) => sum + group.count, 0);
    expect(count(index?.participants)).toBe(40);
    expect(count(index?.validators)).toBe(12);
    expect(count(index?.validators.filter(({ behaviour }) => !["honest", "noisy"].includes(behaviour.kind)))).toBe(3);
    expect([startMs, endMs]).toEqual([Date.UTC(2025, 8, 14, 15), Date.UTC(2025, 9, 5)]);
    expect(index).toMatchObject({ epochMs: 3_600_000, founding: { source: "published" }, fund: { rebalanceEveryDays: 14 } });
    expect(index?.rewards).toEqual(DEFAULT_REWARDS);
    expect(index?.consensus).toEqual(DEFAULT_CONSENSUS);
  });

  it("tao20-crash needs no data: its prices fall by 60 % in two hours and stop coming on the way", () => {
    const { streams } = loadScenario("tao20-crash");
    expect(streams).toMatchObject([
      {
        source: "synthetic_prices",
        options: { subnets: 20, shocks: [{ factor: 0.4, durationMs: 7_200_000 }], gaps: [{ netuids: [1, 2, 3] }, { netuids: null }] },
      },
    ]);
  });
});
