import { describe, expect, it } from "vitest";
import type { MultiplierRule, Stage } from "../../engine/index.js";
import { type LoadScenarioOptions, type PlugInRules, type Scenario, ScenarioErrors } from "../../scenarios/index.js";
import { parse, places, RECORDED, refusals } from "./scenario-text.js";

const number = (range: object, more: object = {}) =>
  ({ kind: "number", unit: "", code: "TEN-RULE-023", meaning: "m", range, ...more }) as const;
const rule: MultiplierRule = {
  name: "mine",
  meaning: "m",
  parameters: { strength: number({ atLeast: 0, atMost: 10 }, { default: 1 }), holdingDays: number({ above: 0 }) },
  ceiling: () => 2,
  bind: () => () => 1,
};
const plain: MultiplierRule = { name: "plain", meaning: "m", parameters: {}, ceiling: () => 2, bind: () => () => 1 };
const half: Stage = { name: "half", meaning: "m", effect: "keep", parameters: {}, bind: () => 0.5 };

function bound(text: string, rules: PlugInRules, options: LoadScenarioOptions = {}): Scenario {
  const { plugIns } = parse(text, options);
  if (plugIns === null) throw new Error("it names no file");
  return plugIns.bind(rules);
}

function refusedBy(text: string, rules: PlugInRules, options: LoadScenarioOptions = {}): ScenarioErrors["errors"] {
  try {
    bound(text, rules, options);
  } catch (error) {
    if (error instanceof ScenarioErrors) return error.errors;
    throw error;
  }
  throw new Error("nothing was refused");
}

const vesting = (stated: string) => `${RECORDED}vesting:\n  rule: ./mine.ts\n${stated}`;
const AT_VESTING = new Map([["vesting", rule]]);

describe("a scenario that names files with rules", () => {
  it("says which, of what kind, and where their paths start; nothing is read", () => {
    const text = `${RECORDED}emission: { mode: redistribute, recorded_rule: { rule: old/rule.js } }
stages:
  - burn: { share: 0.1 }
  - multiplier: { rule: ../mine.ts, with: { strength: 2 } }
  - plug_in: { rule: ./half.ts }
`;
    const { plugIns, configuration } = parse(text, { sets: ["stages.2.plug_in.rule=./other.ts"] });
    expect(plugIns?.uses).toEqual([
      {
        at: "stages.1.multiplier",
        kind: "multiplier_rule",
        file: "../mine.ts",
        startsIn: "scenario_folder",
        place: expect.objectContaining({ line: 6, column: 25 }),
      },
      {
        at: "stages.2.plug_in",
        kind: "weight_stage",
        file: "./other.ts",
        startsIn: "working_folder",
        place: expect.objectContaining({ file: "--set stages.2.plug_in.rule=./other.ts" }),
      },
      {
        at: "emission.recorded_rule",
        kind: "multiplier_rule",
        file: "old/rule.js",
        startsIn: "scenario_folder",
        place: expect.objectContaining({ line: 3 }),
      },
    ]);
    expect(configuration.stages?.stages[2]).toEqual({ stage: { file: "./other.ts", rule: null, values: {} }, parameters: {} });
    expect(parse(RECORDED).plugIns).toBeNull();
  });

  it("states in its resolved form all that the files declare, and is the same again from there", () => {
    const scenario = bound(vesting("  with: { holding_days: 5 }\n"), AT_VESTING);
    expect(scenario.resolved.vesting).toMatchObject({ rule: "./mine.ts", with: { strength: 1, holding_days: 5 } });
    expect(scenario.configuration.vesting.rule).toEqual({ file: "./mine.ts", rule, values: { strength: 1, holdingDays: 5 } });
    const again = bound(JSON.stringify(scenario.resolved), AT_VESTING);
    expect(again.resolved).toEqual(scenario.resolved);
    expect(again.configuration).toEqual(scenario.configuration);
  });

  it("has stages of files in its list", () => {
    const text = `${RECORDED}stages:\n  - plug_in: { rule: ./half.ts, with: }\n  - residual: burn\n`;
    const { configuration, resolved } = bound(text, new Map([["stages.0.plug_in", half]]));
    expect(configuration.stages).toMatchObject({ stages: [{ stage: { rule: half, values: {} } }], residual: "burn" });
    expect(resolved.stages).toEqual([{ plug_in: { rule: "./half.ts", with: {} } }, { residual: "burn" }]);
  });

  it.each([
    ["  with: { strenght: 2, holding_days: 1 }\n", "TEN-SCENARIO-004 5:11 vesting.with.strenght", "Did you mean strength?"],
    ["  with: { __proto__: 1, holding_days: 1 }\n", "TEN-SCENARIO-004 5:11 vesting.with.__proto__", undefined],
    ["  with: { strength: 11, holding_days: 1 }\n", "TEN-SCENARIO-006 5:21 vesting.with.strength", undefined],
    ["  with: { strength: much, holding_days: 1 }\n", "TEN-SCENARIO-005 5:21 vesting.with.strength", undefined],
    ["  with: { holding_days: 12345678901234567890 }\n", "TEN-SCENARIO-011 5:25 vesting.with.holding_days", expect.anything()],
    ["  with: { strength: 2 }\n", "TEN-SCENARIO-007 5:3 vesting.with.holding_days", undefined],
    ["", "TEN-SCENARIO-007 3:1 vesting.with.holding_days", undefined],
  ])("is refused with %j under it", (stated, place, hint) => {
    const [error] = refusedBy(vesting(stated), AT_VESTING);
    expect(`${error.code} ${error.place?.line}:${error.place?.column} ${error.place?.path}`).toBe(place);
    if (hint !== undefined) expect(error.hint).toEqual(hint);
  });

  it("tells of a setting of the command line by its text, and of a rule without parameters", () => {
    const sets = ["vesting.with.strength=-1"];
    const [setting] = refusedBy(vesting("  with: { holding_days: 5 }\n"), AT_VESTING, { sets });
    expect(setting).toMatchObject({ code: "TEN-SCENARIO-006", found: -1, place: { file: "--set vesting.with.strength=-1" } });
    const [none] = refusedBy(vesting("  with: { strength: 2 }\n"), new Map([["vesting", plain]]));
    expect(none).toMatchObject({ code: "TEN-SCENARIO-004", found: "strength", place: { line: 5 } });
  });

  it("is refused where a rule gives nothing for parameters that are in range, or the list makes no sense with it", () => {
    const endless: MultiplierRule = { ...rule, ceiling: () => Number.POSITIVE_INFINITY };
    const [error] = refusedBy(vesting("  with: { holding_days: 5 }\n"), new Map([["vesting", endless]]));
    expect(error).toMatchObject({ code: "TEN-PLUGIN-010", found: Number.POSITIVE_INFINITY, place: { file: "./mine.ts" } });
    const list = `${RECORDED}stages:\n  - multiplier: { rule: ./a.ts }\n  - multiplier: { rule: ./a.ts }\n`;
    const large = { ...plain, ceiling: () => 2_000 };
    const [order] = refusedBy(
      list,
      new Map([
        ["stages.0.multiplier", large],
        ["stages.1.multiplier", large],
      ]),
    );
    expect(order).toMatchObject({ code: "TEN-RULE-024", place: { line: 5 } });
    const gate = `${RECORDED}stages:\n  - gate: { at_least: 1, below: no_bonus }\n  - plug_in: { rule: ./half.ts }\n`;
    expect(refusedBy(gate, new Map([["stages.1.plug_in", half]]))[0]).toMatchObject({ code: "TEN-RULE-024", place: { line: 4 } });
  });
});

describe("a stage of a file that gives out anew", () => {
  const even: Stage = {
    name: "even",
    meaning: "m",
    effect: "share",
    parameters: {},
    bind: () => ({ share: ({ count }, _, weights) => void weights.fill(1 / count, 0, count) }),
  };
  const text = (emission: string) =>
    `${RECORDED}emission: ${emission}\nstages:\n  - burn: { share: 0.1 }\n  - plug_in: { rule: ./even.ts }\n`;
  const rules = new Map([["stages.1.plug_in", even]]);

  it("is refused beside emission.outside, as one that is built in", () => {
    const [error] = refusedBy(text("{ mode: redistribute, outside: { miner_pot_alpha_per_block: 1 } }"), rules);
    expect(error).toMatchObject({ code: "TEN-SCENARIO-008", found: "even", place: { path: "stages.1", line: 6 } });
    expect(() => bound(text("{ mode: redistribute }"), rules)).not.toThrow();
  });
});

describe("beside a rule", () => {
  it.each([
    ["vesting: { rule: geometrc }", "TEN-SCENARIO-006 3:18 vesting.rule"],
    ["vesting: { with: { a: 1 } }", "TEN-SCENARIO-008 3:18 vesting.with"],
    ["vesting: { rule: ./a.ts, max_multiplier: 2 }", "TEN-SCENARIO-008 3:42 vesting.max_multiplier"],
    ["vesting: { rule: ./a.ts, with: [1] }", "TEN-SCENARIO-005 3:32 vesting.with"],
    [
      "emission: { recorded_rule: { rule: ./a.ts, retention_target: 0.5 } }",
      "TEN-SCENARIO-008 3:62 emission.recorded_rule.retention_target",
    ],
    ["stages: [{ multiplier: { rule: ./a.ts, max_multiplier: 2 } }]", "TEN-SCENARIO-006 3:56 stages.0.multiplier.max_multiplier"],
    ["stages: [{ multiplier: { rule: geometric, with: { a: 1 } } }]", "TEN-SCENARIO-006 3:49 stages.0.multiplier.with"],
    ["stages: [{ plug_in: { rule: half } }]", "TEN-SCENARIO-006 3:29 stages.0.plug_in.rule"],
    ["stages: [{ plug_in: {} }]", "TEN-SCENARIO-007 3:12 stages.0.plug_in.rule"],
    ["stages: [{ plug_inn: { rule: ./a.ts } }]", "TEN-SCENARIO-004 3:12 stages.0.plug_inn"],
  ])("%s is refused", (text, place) => expect(places(`${RECORDED}${text}\n`)).toEqual([place]));

  it("a misspelt name is still suggested", () => {
    expect(refusals(`${RECORDED}vesting: { rule: geometrc }\n`)[0]?.hint).toBe("Did you mean geometric?");
  });
});
