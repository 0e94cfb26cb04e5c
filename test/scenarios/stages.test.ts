import { describe, expect, it } from "vitest";
import { loadScenario } from "../../scenarios/index.js";
import { parse, places, RECORDED, refusals } from "./scenario-text.js";

const listOf = (...stages: string[]) => `${RECORDED}emission: redistribute\nstages:\n${stages.map((stage) => `  - ${stage}\n`).join("")}`;
const stagesOf = (text: string) => parse(text).configuration.stages;

describe("a list of stages", () => {
  it("has every default filled in, in the resolved scenario and in the engine's terms", () => {
    const scenario = parse(
      listOf(
        "gate: { at_least: 1 }",
        "curve: { kind: top, k: 3 }",
        "multiplier: { rule: geometric }",
        "burn: { share: 0.1 }",
        "residual: burn",
      ),
    );
    expect(scenario.resolved.stages).toEqual([
      { gate: { by: "stake", at_least: 1, unit: "alpha", below: "zero", power: 1 } },
      { curve: { kind: "top", ties: "average", k: 3, equal: true } },
      { multiplier: { rule: "geometric", retention_target: 0.9, retention_window_days: 30, max_multiplier: 1.5 } },
      { burn: { share: 0.1 } },
      { residual: "burn" },
    ]);
    expect(scenario.configuration.stages).toEqual({
      stages: [
        { stage: "gate", parameters: { by: "stake", atLeast: 1, unit: "alpha", below: "zero", power: 1 } },
        { stage: "curve", parameters: { ties: "average" }, variant: "top", of: { k: 3, equal: true } },
        {
          stage: "multiplier",
          parameters: {},
          variant: "geometric",
          of: { retentionTarget: 0.9, retentionWindowDays: 30, maxMultiplier: 1.5 },
        },
        { stage: "burn", parameters: { share: 0.1 } },
      ],
      residual: "burn",
      recordsEveryEpoch: false,
    });
    expect(scenario.configuration.vesting.minimumStakeRao).toBe(0);
  });

  it("takes tiers of a rule, and normalises where no residual is named", () => {
    const tiered = "multiplier: { rule: tiered, tiers: { amount: [{ at_least: 0.5, value: 1.2 }] } }";
    expect(stagesOf(listOf(tiered))).toMatchObject({
      stages: [{ variant: "tiered", of: { amountTiers: [{ atLeast: 0.5, value: 1.2 }], timeTiers: [{ atLeast: 14 }, {}, {}] } }],
      residual: null,
    });
    expect(stagesOf(listOf("burn: { share: 0 }", "residual: normalise"))?.residual).toBeNull();
    expect(stagesOf(RECORDED)).toBeNull();
  });

  it("has tables of its own, and no other scenario has them", () => {
    const tables = (text: string) => parse(text).configuration.record.tables;
    expect(tables(listOf("burn: { share: 0.1 }"))).toEqual(expect.arrayContaining(["stage_weights", "residuals"]));
    expect(tables(RECORDED)).not.toEqual(expect.arrayContaining(["residuals"]));
    expect(stagesOf(`${listOf("burn: { share: 0.1 }")}record: { stage_weights: every }\n`)?.recordsEveryEpoch).toBe(true);
  });

  it.each([
    ["curv: { kind: winner }", "TEN-SCENARIO-004 5:5 stages.0.curv", "Did you mean curve?"],
    ["curve: { kind: geometric }", "TEN-SCENARIO-007 5:5 stages.0.curve.ratio", "ratio: What a rank gets of the one before."],
    ["curve: { kind: winner, ratio: 0.5 }", "TEN-SCENARIO-006 5:35 stages.0.curve.ratio", "ratio: What a rank gets of the one before."],
    [
      "curve: { kind: geometric, ratio: 0 }",
      "TEN-SCENARIO-006 5:38 stages.0.curve.ratio",
      "It has to be above 0. ratio: What a rank gets of the one before.",
    ],
    ["curve: { kind: geometrc, ratio: 0.5 }", "TEN-SCENARIO-006 5:20 stages.0.curve.kind", "Did you mean geometric?"],
    [
      "curve: { kind: top, k: 2.5 }",
      "TEN-SCENARIO-006 5:28 stages.0.curve.k",
      "The nearest whole numbers are 2 and 3. k: How many ranks are paid.",
    ],
    ["gate: {}", "TEN-SCENARIO-007 5:5 stages.0.gate.at_least", "at_least: The minimum; reaching it counts."],
    [
      "gate: { at_least: 1, below: no_bonus }",
      "TEN-SCENARIO-008 5:5 stages.0",
      "Put the multiplier after it, or state below: zero or scale.",
    ],
    [
      "burn: { share: 1.1 }",
      "TEN-SCENARIO-006 5:20 stages.0.burn.share",
      "The nearest allowed is 1. share: Share of the pot that is burned.",
    ],
    ["residual: nowhere", "TEN-SCENARIO-006 5:15 stages.0.residual", "residual: Where goes what no miner gets; stands last."],
    [
      "{ burn: { share: 0.1 }, residual: burn }",
      "TEN-SCENARIO-006 5:5 stages.0",
      expect.stringContaining("stages: The rule as a list of stages from base weights to shares"),
    ],
  ])("refuses %s", (stage, place, hint) => {
    expect(places(listOf(stage))).toEqual([place]);
    expect(refusals(listOf(stage))[0]?.hint).toEqual(hint);
  });

  it("ends with its residual, of which there is one", () => {
    expect(refusals(listOf("residual: burn", "curve: { kind: winner }"))[0]?.message).toContain("curve stands after residual");
    expect(refusals(listOf("residual: burn", "residual: burn"))[0]?.message).toContain("residual stands twice");
  });

  it("stands alone: no rule under vesting beside it, no curve beside `outside`", () => {
    const winner = listOf("curve: { kind: winner }");
    expect(places(`${winner}vesting: { max_multiplier: 2 }\n`)).toEqual(["TEN-SCENARIO-008 6:28 vesting.max_multiplier"]);
    const measured = `${winner}vesting: { retention_basis: all_stake, retention_window_days: 14, mode: shadow }\n`;
    expect(parse(measured).configuration.vesting).toMatchObject({ retentionBasis: "all_stake", retentionWindowDays: 14, mode: "shadow" });
    const outside = winner.replace("emission: redistribute", "emission: { mode: redistribute, outside: true }");
    expect(places(outside)).toEqual(["TEN-SCENARIO-008 5:5 stages.0"]);
  });

  it("can be changed from the command line, as any other key", () => {
    const { configuration } = loadScenario("rank-decay", { sets: ["stages.0.curve.ratio=0.5"] });
    expect(configuration.stages?.stages).toMatchObject([{ stage: "curve", of: { ratio: 0.5 } }]);
  });
});
