import { describe, expect, it } from "vitest";
import { TenureError } from "../../engine/index.js";
import { loadScenario, newScenario, ScenarioErrors, scenarioFromResolved } from "../../scenarios/index.js";
import { parse, places, RECORDED, refusals, SYNTHETIC } from "./scenario-text.js";

describe("a scenario's refusals", () => {
  it("name an unknown key, its place, the keys there are, and the one that was meant", () => {
    const [error, ...rest] = refusals(`${RECORDED}vesting:\n  rule: geometric\n  retention_targt: 0.8\n`);
    expect(rest).toEqual([]);
    expect(error).toMatchObject({
      code: "TEN-SCENARIO-004",
      place: { file: "test.yaml", line: 5, column: 3, path: "vesting.retention_targt" },
      found: "retention_targt",
      hint: "Did you mean retention_target?",
    });
    expect(error?.allowed).toContain("retention_window_days");
  });

  it("do not call a misspelt key missing, too", () => {
    expect(places("nam: test\nstreams: [{ recorded: a }]\n")).toEqual(["TEN-SCENARIO-004 1:1 nam"]);
  });

  it("know which kind of stream was meant", () => {
    expect(places("name: test\nstreams:\n  - recorded: a\n    rol: miner\n")).toEqual(["TEN-SCENARIO-004 4:5 streams.0.rol"]);
    expect(places("name: test\nstreams:\n  - recordet: a\n    role: miner\n")).toEqual(["TEN-SCENARIO-004 3:5 streams.0.recordet"]);
    expect(places(`${SYNTHETIC}    coldkeys: 2\n    minerz: 3\n`)).toEqual(["TEN-SCENARIO-004 8:5 streams.0.minerz"]);
  });

  it.each([
    ["vesting: { retention_target: 1.5 }", "TEN-SCENARIO-006 3:30 vesting.retention_target", 1.5, "above 0 and at most 1"],
    ["vesting: { retention_target: 0 }", "TEN-SCENARIO-006 3:30 vesting.retention_target", 0, "above 0"],
    ["vesting: { retention_window_days: -1 }", "TEN-SCENARIO-006 3:35 vesting.retention_window_days", -1, "above 0"],
    ["vesting: { max_multiplier: 0.99 }", "TEN-SCENARIO-006 3:28 vesting.max_multiplier", 0.99, "at least 1"],
    ["vesting: { max_multiplier: .inf }", "TEN-SCENARIO-006 3:28 vesting.max_multiplier", Infinity, "at least 1"],
    ["vesting: { minimum_stake: -0.3 }", "TEN-SCENARIO-006 3:27 vesting.minimum_stake", -0.3, "0 or more"],
    ["vesting: { minimum_stake: 0.0000000001 }", "TEN-SCENARIO-006 3:27 vesting.minimum_stake", 1e-10, "9 decimal places"],
    ["vesting: { minimum_stake: [1] }", "TEN-SCENARIO-005 3:27 vesting.minimum_stake", [1], "an amount"],
    ["vesting: { max_multiplier: lots }", "TEN-SCENARIO-005 3:28 vesting.max_multiplier", "lots", "a number"],
    ["vesting: { rule: geometrik }", "TEN-SCENARIO-006 3:18 vesting.rule", "geometrik", "one of geometric, tiered, linear_retention"],
    ["vesting: { start: 2025-02-30 }", "TEN-SCENARIO-006 3:19 vesting.start", "2025-02-30", "2025-01-01T12:00:00Z"],
    ["vesting: { redistribution: fair }", "TEN-SCENARIO-006 3:28 vesting.redistribution", "fair", "one of proportional, threshold"],
    ["ledger: 3", "TEN-SCENARIO-005 3:9 ledger", 3, "a mapping with keys among withdrawal_order"],
    ["ledger: { pair_moves: 1 }", "TEN-SCENARIO-005 3:23 ledger.pair_moves", 1, "true or false"],
    ["ledger: { owner_groups: [a] }", "TEN-SCENARIO-005 3:26 ledger.owner_groups.0", "a", "a list of lists of coldkey addresses"],
    ["seed: 9007199254740993", "TEN-SCENARIO-011 3:7 seed", 9007199254740993n, "from 0 to 9007199254740991"],
    ["seed: 1.5", "TEN-SCENARIO-006 3:7 seed", 1.5, "a whole number"],
    ["emission: repaly", "TEN-SCENARIO-006 3:11 emission.mode", "repaly", "replay, redistribute"],
    ["emission: [replay]", "TEN-SCENARIO-005 3:11 emission", ["replay"], "one of replay, redistribute, or a mapping"],
    ["emission: { outside: 3 }", "TEN-SCENARIO-006 3:22 emission.outside", 3, "true, false, or a mapping with keys among miner_pot"],
    ["preset: bettensor", "TEN-SCENARIO-006 3:9 preset", "bettensor", "bettensor-live"],
    ["record: { tables: [exitz] }", "TEN-SCENARIO-006 3:20 record.tables.0", "exitz", "exits"],
    ["record: { every_epochs: 0 }", "TEN-SCENARIO-006 3:25 record.every_epochs", 0, "from 1"],
    ["schedules: { interval_days: 0 }", "TEN-SCENARIO-006 3:29 schedules.interval_days", 0, "at least 0.001"],
    ["subnet: { netuid: all }", "TEN-SCENARIO-006 3:19 subnet.netuid", "all", "or others"],
    [
      "vesting: { tiers: { amount: [{ at_least: 0.5, value: 1.1 }, { at_least: 0.3, value: 1.2 }] } }",
      "TEN-SCENARIO-006 3:73 vesting.tiers.amount.1.at_least",
      0.3,
      "ascending",
    ],
    [
      "vesting: { tiers: { time: [{ at_least: 5, value: 1.1 }, { at_least: 5, value: 1.2 }] } }",
      "TEN-SCENARIO-006 3:69 vesting.tiers.time.1.at_least",
      5,
      "none twice",
    ],
  ])("place %s", (line, place, found, allowed) => {
    const text = `${RECORDED}${line}\n`;
    expect(places(text)).toEqual([place]);
    const [error] = refusals(text);
    expect(error?.found).toEqual(found);
    expect(error?.allowed).toContain(allowed);
  });

  it("say how a percentage is written", () => {
    for (const [text, share] of [
      ["50%", "0.5"],
      ["33.3 %", "0.333"],
      ["110%", "1.1"],
    ]) {
      expect(refusals(`${RECORDED}vesting: { retention_target: ${text} }\n`)[0]).toMatchObject({
        code: "TEN-SCENARIO-005",
        found: text,
        hint: expect.stringContaining(`${share} for ${text}`),
      });
    }
    expect(refusals(`${RECORDED}vesting: { retention_target: lots% }\n`)[0]?.hint).toBeUndefined();
    expect(refusals(`${RECORDED}vesting: { rule: 50% }\n`)[0]?.hint ?? "").not.toContain("0.5");
  });

  it("keep a name within what a file can be called", () => {
    const named = (length: number) => RECORDED.replace(/^name: .*$/m, `name: ${"n".repeat(length)}`);
    expect(refusals(named(201))[0]).toMatchObject({
      code: "TEN-SCENARIO-006",
      place: { file: "test.yaml", line: 1, column: 7, path: "name" },
      allowed: "at most 200 characters",
    });
    expect(parse(named(200)).configuration.name).toHaveLength(200);
    expect(() => newScenario("n".repeat(201))).toThrow("TEN-SCENARIO-006");
    expect(newScenario("n".repeat(200))).toContain("n".repeat(200));
  });

  it("of keys that contradict each other say what would be allowed", () => {
    const texts = [
      "time: { start: 2025-01-01, end: 2025-02-01, days: 3 }",
      "time: { days: 3 }",
      "time: { start: 2025-02-01, end: 2025-01-01 }",
      "subnet: { netuid: 1 }\nsubnets: [{ netuid: 1 }]",
    ];
    for (const text of texts) {
      const [error] = refusals(`${RECORDED}${text}\n`);
      expect(error, text).toMatchObject({ code: "TEN-SCENARIO-008", allowed: expect.stringMatching(/./) });
    }
  });

  it("suggest the nearest word for a misspelt one", () => {
    expect(refusals(`${RECORDED}vesting: { rule: geometrik }\n`)[0]?.hint).toBe("Did you mean geometric?");
    expect(refusals(`${RECORDED}emission: repaly\n`)[0]?.hint).toBe("Did you mean replay?");
    expect(refusals(`${RECORDED}record: { tables: [exitz] }\n`)[0]?.hint).toBe("Did you mean exits?");
  });

  it("show what is missing at the key of what should hold it", () => {
    expect(places("streams: [{ recorded: a }]\n")).toEqual(["TEN-SCENARIO-007 1:1 name"]);
    expect(places("name: test\n")).toEqual(["TEN-SCENARIO-007 1:1 streams"]);
    expect(places("name: test\nstreams: []\n")).toEqual(["TEN-SCENARIO-006 2:10 streams"]);
    expect(places("name: test\ntime: { start: 2025-01-01, days: 1 }\nsubnet: { netuid: 1 }\nstreams:\n  - synthetic: subnet\n")).toEqual([
      "TEN-SCENARIO-007 5:5 streams.0.miners",
    ]);
  });

  it.each([
    ["time: { start: 2025-02-01, end: 2025-01-01 }", "TEN-SCENARIO-008 3:33 time.end"],
    ["time: { start: 2025-02-01, end: 2025-03-01, days: 4 }", "TEN-SCENARIO-008 3:51 time.days"],
    ["time: { days: 4 }", "TEN-SCENARIO-008 3:15 time.days"],
    ["time: { start: 2100-01-01, days: 36500 }", "TEN-SCENARIO-008 3:34 time.days"],
    ["subnet: { netuid: 1 }\nsubnets: [{ netuid: 2 }]", "TEN-SCENARIO-008 3:9 subnet"],
    ["subnets: [{ netuid: 2 }, { netuid: 2 }]", "TEN-SCENARIO-009 3:36 subnets.1.netuid"],
    ["record: { tables: [exits, exits] }", "TEN-SCENARIO-009 3:27 record.tables.1"],
    ["emission: redistribute\nschedules: {}", "TEN-SCENARIO-008 3:11 emission.withdrawals"],
  ])("place contradictions: %s", (lines, place) => {
    expect(places(`${RECORDED}${lines}\n`)).toEqual([place]);
  });

  it("place contradictions between streams", () => {
    const two = "name: test\nstreams:\n  - recorded: a/mining\n  - recorded: b\n    name: mining\n";
    expect(places(two)).toEqual(["TEN-SCENARIO-009 5:11 streams.1.name"]);
    expect(places(`${SYNTHETIC}    epochs_from: minning\n  - recorded: mining\n`)).toEqual(["TEN-SCENARIO-010 7:18 streams.0.epochs_from"]);
    expect(refusals(`${SYNTHETIC}    epochs_from: minning\n  - recorded: mining\n`)[0]?.hint).toBe("Did you mean mining?");
    expect(places(`${SYNTHETIC}    epochs_from: mining\n`)).toEqual(["TEN-SCENARIO-010 7:18 streams.0.epochs_from"]);
    expect(places(`${SYNTHETIC}    coldkeys: 4\n`)).toEqual(["TEN-SCENARIO-008 7:15 streams.0.coldkeys"]);
    expect(places(`${SYNTHETIC}    first_uid: 254\n`)).toEqual(["TEN-SCENARIO-008 6:13 streams.0.miners"]);
    expect(places(`${SYNTHETIC}  - { synthetic: subnet, name: b, miners: 2, first_uid: 2 }\n`)).toEqual([
      "TEN-SCENARIO-008 7:57 streams.1.first_uid",
    ]);
    expect(places(SYNTHETIC.replace("{ netuid: 5 }", "{ tempo: 10 }"))).toEqual(["TEN-SCENARIO-008 5:5 streams.0.netuid"]);
    expect(places(SYNTHETIC.replace(/^time.*\n/m, ""))).toEqual(["TEN-SCENARIO-008 1:1 time.start"]);
    expect(places(`${SYNTHETIC}    sweep_every_days: { from: 5, to: 2 }\n`)).toEqual([
      "TEN-SCENARIO-006 7:38 streams.0.sweep_every_days.to",
    ]);
    expect(places(`${SYNTHETIC}    add_size_alpha: { from: 5, to: 2 }\n`)).toEqual(["TEN-SCENARIO-006 7:36 streams.0.add_size_alpha.to"]);
    expect(places(`${SYNTHETIC}    behaviours: { holders: 0 }\n`)).toEqual(["TEN-SCENARIO-006 7:17 streams.0.behaviours"]);
  });

  it("do not redistribute what pays nobody, or part of a pot", () => {
    const of = (stream: string) => `name: test\nstreams:\n  - recorded: a\n    ${stream}\nemission: redistribute\n`;
    expect(places(of("kinds: [stake]"))).toEqual(["TEN-SCENARIO-008 5:11 emission.mode"]);
    expect(places(of("coverage: partial"))).toEqual(["TEN-SCENARIO-008 4:15 streams.0.coverage"]);
    expect(() => parse(of("coverage: subnet"))).not.toThrow();
    expect(() => parse(of("coverage: partial").replace("redistribute", "{ mode: redistribute, outside: true }"))).not.toThrow();
  });

  it("come all at once, from the top of the file down", () => {
    const text = `name: test
streams:
  - recorded: mining
  - recorded: /mining
  - recorded: b/mining
time: { start: 2025-02-01, end: 2025-01-01 }
vesting:
  retention_target: 1.5
  max_multiplyer: 2
seed: x
`;
    expect(places(text)).toEqual([
      "TEN-SCENARIO-006 4:15 streams.1.recorded",
      "TEN-SCENARIO-009 5:5 streams.2.name",
      "TEN-SCENARIO-008 6:33 time.end",
      "TEN-SCENARIO-006 8:21 vesting.retention_target",
      "TEN-SCENARIO-004 9:3 vesting.max_multiplyer",
      "TEN-SCENARIO-005 10:7 seed",
    ]);
  });

  it("do not judge what hangs on keys that are wrong themselves", () => {
    expect(places(SYNTHETIC.replace("netuid: 5", "netuid: five"))).toEqual(["TEN-SCENARIO-006 3:19 subnet.netuid"]);
    expect(places(SYNTHETIC.replace("netuid: 5", "netuid: 5, capacity: many"))).toHaveLength(1);
    expect(places(`${SYNTHETIC}    epochs_from: mining\n  - recorded: mining\n    role: minor\n`)).toEqual([
      "TEN-SCENARIO-006 9:11 streams.1.role",
    ]);
  });

  it("stop at the first place that is not YAML", () => {
    expect(refusals("name: a\nname: b\nvesting: {\nstreams: [\n  - }\n")).toHaveLength(2);
    expect(refusals("vesting:\n\trule: geometric\n\tmode: on\n  x: [\n")).toHaveLength(1);
  });

  it("are one error that is its first, and says all", () => {
    const errors = refusals("name: 5\nstreams: 3\n");
    const error = new ScenarioErrors(errors);
    expect(error).toBeInstanceOf(TenureError);
    expect(error).toMatchObject({ code: "TEN-SCENARIO-005", place: { line: 1, column: 7 } });
    expect(error.message.split("\n")).toHaveLength(2);
  });

  it("place keys that stand twice and text that is not YAML", () => {
    expect(refusals("name: a\nstreams: []\nname: b\n")).toMatchObject([
      { code: "TEN-SCENARIO-003", place: { file: "test.yaml", line: 3, column: 1 }, found: "name" },
    ]);
    expect(refusals("name: a\nvesting:\n\trule: geometric\n")[0]).toMatchObject({
      code: "TEN-SCENARIO-002",
      place: { line: 3, column: 1 },
    });
    expect(refusals("name: 'a\n")[0]).toMatchObject({ code: "TEN-SCENARIO-002" });
    expect(refusals("name: *a\n")[0]).toMatchObject({ code: "TEN-SCENARIO-002" });
  });

  it.each(["", "3\n", "[a]\n", "# only a comment\n"])("say when a text is no scenario: %j", (text) => {
    expect(places(text)).toEqual(["TEN-SCENARIO-005 1:1 undefined"]);
  });

  it("follow aliases to where a value was written", () => {
    expect(places("name: test\nstreams: [{ recorded: a, role: &r minor }, { recorded: b, role: *r }]\n")).toEqual([
      "TEN-SCENARIO-006 2:35 streams.0.role",
      "TEN-SCENARIO-006 2:35 streams.1.role",
    ]);
  });

  it("cannot be tricked by names that JavaScript knows", () => {
    expect(places(`${RECORDED}__proto__: { a: 1 }\n`)).toEqual(["TEN-SCENARIO-004 3:1 __proto__"]);
    expect(places(`${RECORDED}constructor: 1\npreset: toString\n`)).toEqual([
      "TEN-SCENARIO-004 3:1 constructor",
      "TEN-SCENARIO-006 4:9 preset",
    ]);
  });

  it("hold for a scenario of a manifest, without lines", () => {
    const resolved = { ...parse(RECORDED).resolved, seed: -1 };
    expect(() => scenarioFromResolved(resolved)).toThrow(/^TEN-SCENARIO-006: seed: .*Found -1/);
  });
});

describe("a scenario that is not there", () => {
  const missing = (name: string) => {
    try {
      loadScenario(name);
    } catch (error) {
      return error as TenureError;
    }
    throw new Error("it was found");
  };

  it("is refused with the shipped names and the nearest of them", () => {
    const error = missing("dmeo");
    expect(error).toMatchObject({ code: "TEN-SCENARIO-001", found: "dmeo", hint: "Did you mean demo?" });
    expect(error.allowed).toContain(
      "rank-decay, recorded-contract, recorded-miner, recorded-peers, recorded-subnet, selling-penalty, sigmoid-decay",
    );
    expect(missing("somewhere/subnet-years.yaml").hint).toBe("Did you mean subnet-year?");
    expect(missing("xyzzy.yaml").hint).toContain("tenure scenarios list");
  });

  it("is refused when it is a folder", () => {
    expect(missing(import.meta.dirname)).toMatchObject({ code: "TEN-SCENARIO-001", what: expect.stringContaining("folder") });
  });
});
