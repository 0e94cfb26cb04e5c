import { describe, expect, it } from "vitest";
import { parse, places, RECORDED, refusals } from "./scenario-text.js";

const listOf = (...stages: string[]) => `${RECORDED}emission: redistribute\nstages:\n${stages.map((stage) => `  - ${stage}\n`).join("")}`;
const first = (text: string) => `${refusals(text)[0]?.code} ${refusals(text)[0]?.place?.path}: ${refusals(text)[0]?.message}`;

const A = "{ name: a, share: 0.5, members: { uids: [0, 9] } }";
const REST = "{ name: b, share: 0.5, members: rest }";

describe("pools of a list of stages", () => {
  it("have every default filled in, and stages of their own", () => {
    const scenario = parse(
      `${listOf(
        "pools: [{ name: a, share: 0.3, members: { tags: [gold] }, stages: [{ curve: { kind: top, k: 3 } }] }, { name: b, share: 0.7, members: rest }]",
      )}tags: { gold: [somebody] }\n`,
    );
    const [{ pools }] = scenario.resolved.stages ?? [];
    expect(pools).toEqual([
      {
        name: "a",
        share: 0.3,
        members: { tags: ["gold"] },
        stages: [{ curve: { kind: "top", ties: "average", k: 3, equal: true } }],
        empty: "others",
      },
      { name: "b", share: 0.7, members: "rest", empty: "others" },
    ]);
    expect(scenario.configuration.stages?.stages).toEqual([
      {
        stage: "pools",
        parameters: {
          pools: [
            {
              name: "a",
              share: 0.3,
              empty: "others",
              members: { kind: "tags", tags: ["gold"] },
              stages: [{ stage: "curve", parameters: { ties: "average" }, variant: "top", of: { k: 3, equal: true } }],
            },
            { name: "b", share: 0.7, empty: "others", members: { kind: "rest" }, stages: [] },
          ],
        },
      },
    ]);
  });

  it.each<[string, string, string]>([
    [`pools: [${A}, { name: b, share: 0.6, members: rest }]`, "stages.0", "the shares of the pools sum to 110 %, and not to 100 %"],
    [
      `pools: [{ name: a, share: 0.333333333333333, members: all }, { name: b, share: 0.666666666666666, members: rest }]`,
      "stages.0",
      "the shares of the pools sum to a little less than 100 %",
    ],
    [`pools: [${A}, { name: b, share: 0.4, members: rest }]`, "stages.0", "sum to 90 %"],
    [`pools: [${A}, { name: a, share: 0.5, members: rest }]`, "stages.0.pools.1", "two pools have one name"],
    [
      `pools: [${A}, { name: b, share: 0.5, members: rest, empty: residual }]`,
      "stages.0.pools.1",
      "which undoes what an empty pool leaves",
    ],
    [`pools: [${REST}, { name: a, share: 0.5, members: { uids: [9, 0] } }]`, "stages.0.pools.1.members.uids", "[first, last]"],
    [`pools: [${REST}, { name: a, share: 0.5, members: { uids: [0, 65536] } }]`, "stages.0.pools.1.members.uids.1", "65535"],
    [`pools: [${REST}, { name: a, share: 0.5, members: { names: x } }]`, "stages.0.pools.1.members.names", "a list of names"],
    [`pools: [${REST}, { name: a, share: 0.5, members: { uids: [0, 1], tags: [x] } }]`, "stages.0.pools.1.members", "one of names, tags"],
    [`pools: [${REST}, { name: a, share: 0.5, members: everybody }]`, "stages.0.pools.1.members", "all, rest, or one of"],
    [
      `pools: [${REST}, { name: a, share: 0.5, members: all, stages: [{ burn: { share: 0.1 } }] }]`,
      "stages.0.pools.1.stages.0.burn",
      "gate",
    ],
    [
      `pools: [${REST}, { name: a, share: 0.5, members: all, stages: [{ cap: { max_share: 0.1, excess: residual } }] }]`,
      "stages.0.pools.1.stages.0",
      "which undoes what a cap takes",
    ],
  ])("refuses %s", (stage, path, words) => {
    const found = first(listOf(stage));
    expect(found).toContain(` ${path}: `);
    expect(found).toContain(words);
  });
});

describe("stages in an order without meaning", () => {
  it.each<[readonly string[], string]>([
    [["budget: { per_epoch: 1 }"], "undoes a budget"],
    [["budget: { unit: tao }", "residual: burn"], "states either what it pays an epoch"],
    [["budget: { per_epoch: 1, owed: obligations }", "residual: burn"], "states either what it pays an epoch"],
    [["budget: { per_epoch: 1 }", "cap: { max_share: 0.5 }", "residual: burn"], "after a budget nothing may change shares"],
    [["curve: { kind: winner }", "budget: { owed: obligations }", "residual: burn"], "weights do not count"],
    [[`pools: [${A}, ${REST}]`, "curve: { kind: winner }"], "a curve after pools gives all out anew"],
    [["cap: { max_share: 0.1 }", "floor: { min_share: 0.2 }"], "min_share is above max_share, 0.1"],
    [["smooth: { kind: ema }"], "goes by alpha or by half_life_epochs"],
    [["smooth: { kind: ema, alpha: 0.1, half_life_epochs: 3 }"], "goes by alpha or by half_life_epochs"],
  ])("%j is refused", (stages, words) => {
    expect(first(listOf(...stages))).toContain(words);
  });
});

describe("rows of a stage", () => {
  it("are read, and refused where they stand", () => {
    const tiers = (list: string) => listOf(`multiplier: { rule: stake_tiers, tiers: ${list} }`);
    const scenario = parse(tiers("[{ at_least: 1, value: 1.1 }, { at_least: 10, value: 1.2 }]"));
    expect(scenario.configuration.stages?.stages[0].of).toEqual({
      tiers: [
        { atLeast: 1, value: 1.1 },
        { atLeast: 10, value: 1.2 },
      ],
    });
    expect(first(tiers("[{ at_least: 1, value: 1.1 }, { at_least: 1, value: 1.2 }]"))).toContain("tiers.1.at_least");
    expect(first(tiers("[{ at_least: -1, value: 1.1 }]"))).toContain("tiers.0.at_least");
    expect(first(tiers("{ amount: [{ at_least: 0.5, value: 1.2 }] }"))).toContain("stages.0.multiplier.tiers");
    expect(first(listOf("selling_penalty: { steps: [{ drop: 1.5, factor: 0.8, hours: 6 }] }"))).toContain("steps.0.drop");
    expect(first(listOf("selling_penalty: { steps: [] }"))).toContain("stages.0.selling_penalty.steps");
  });
});

describe("streams that a scenario states", () => {
  const stated = (stream: string) => `name: test
time: { start: 2026-01-01, days: 2 }
subnet: { netuid: 5 }
streams:
  - { synthetic: subnet, miners: 3 }
  - ${stream}
`;

  it("have defaults, and the subnet that the scenario names", () => {
    const text = stated(
      "{ synthetic: collateral, rows: [{ hotkeys: [synthetic-0], amount: 10 }, { after: 1 d, hotkeys: [synthetic-0], amount: 2.5 }] }",
    );
    expect(parse(text).streams[1]).toEqual({
      source: "stated",
      name: "collateral",
      options: {
        kind: "collateral",
        netuid: 5,
        unit: "alpha",
        rows: [
          { afterMs: 0, everyMs: null, hotkeys: ["synthetic-0"], value: 10_000_000_000 },
          { afterMs: 86_400_000, everyMs: null, hotkeys: ["synthetic-0"], value: 2_500_000_000 },
        ],
      },
    });
  });

  it("are refused where they are wrong", () => {
    expect(places(stated("{ synthetic: collaterals, rows: [] }"))[0]).toContain("streams.1.synthetic");
    expect(first(stated("{ synthetic: tao_price, rows: [{ usd_per_tao: 0 }] }"))).toContain("streams.1.rows.0.usd_per_tao");
    expect(first(stated("{ synthetic: obligations, unit: eur, rows: [{ hotkeys: [a], amount: 1 }] }"))).toContain("streams.1.unit");
  });
});
