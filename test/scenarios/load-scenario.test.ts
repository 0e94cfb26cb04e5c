import { readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import {
  listShippedScenarios,
  loadScenario,
  newScenario,
  parseScenario,
  scenarioFromResolved,
  scenarioJsonSchema,
} from "../../scenarios/index.js";
import { parse, RECORDED, SYNTHETIC } from "./scenario-text.js";

const folder = resolve(import.meta.dirname, "../../scenarios");
const shipped = listShippedScenarios();

describe("a scenario", () => {
  it("has the documented defaults", () => {
    expect(parse(RECORDED).configuration).toEqual({
      name: "test",
      seed: 1,
      replicate: 0,
      startMs: null,
      endMs: null,
      subnetDefaults: { tempoBlocks: 360, capacity: 256, immunityMs: 86_400_000 },
      subnets: [],
      epochs: "emission",
      ledger: {
        withdrawalOrder: "filo",
        equalTimes: "later_first",
        moves: "neutral_within_subnet",
        pairMoves: false,
        onInvalid: "clamp",
        ownerGroups: [],
      },
      vesting: {
        mode: "on",
        startMs: null,
        rule: "geometric",
        retentionTarget: 0.9,
        retentionWindowDays: 30,
        maxMultiplier: 1.5,
        amountTiers: [
          { atLeast: 0.3, value: 1.1 },
          { atLeast: 0.5, value: 1.2 },
          { atLeast: 0.7, value: 1.3 },
        ],
        timeTiers: [
          { atLeast: 14, value: 1.1 },
          { atLeast: 30, value: 1.2 },
          { atLeast: 60, value: 1.3 },
        ],
        minimumStakeRao: 300_000_000,
        minimumStakeUnit: "alpha",
        retentionBasis: "emissions",
        retentionScope: "lifetime",
        rounding: "exact",
        keyScope: "hotkey",
        belowMinimum: "no_bonus",
        redistribution: { kind: "proportional" },
      },
      emission: { mode: "replay", recordedRule: null, outside: null, withdrawals: "same_tranches" },
      weights: null,
      stages: null,
      schedules: null,
      closedLoops: [],
      handedOver: [],
      index: null,
      snapshots: "auto",
      record: { tables: expect.arrayContaining(["positions", "epochs", "holdings", "exits", "coldkeys"]), everyEpochs: 1 },
      audit: false,
    });
  });

  it("takes empty sections as left out", () => {
    expect(parse(`${RECORDED}ledger:\nvesting:\ntime:\nrecord:\nemission:\nschedules:\n`).resolved).toEqual(parse(RECORDED).resolved);
  });

  it("turns its words into the engine's units", () => {
    const { configuration } = parse(`${RECORDED}
time: { start: 2025-01-01T12:00:00+02:00, days: 1.5 }
subnets: [{ netuid: 64, tempo: 10 }, { netuid: 3 }, { tempo: 99, immunity_blocks: 5 }]
vesting:
  start: 1735689600000
  redistribution: { threshold: { relative: 0.4 } }
emission:
  mode: redistribute
  recorded_rule: { rule: linear_retention, retention_target: 0.5 }
  outside: true
  withdrawals: absolute
schedules: { duration_days: 10, interval_days: 0.5, min_vesting_amount: 0.000000001 }
`);
    expect(configuration.startMs).toBe(Date.UTC(2025, 0, 1, 10));
    expect(configuration.endMs).toBe(Date.UTC(2025, 0, 2, 22));
    expect(configuration.subnetDefaults).toEqual({ tempoBlocks: 99, capacity: 256, immunityMs: 60_000 });
    expect(configuration.subnets.map(({ netuid, tempoBlocks }) => [netuid, tempoBlocks])).toEqual([
      [3, 360],
      [64, 10],
    ]);
    expect(configuration.vesting.startMs).toBe(Date.UTC(2025, 0, 1));
    expect(configuration.vesting.redistribution).toEqual({ kind: "threshold", relative: 0.4, absolute: 0 });
    expect(configuration.emission).toMatchObject({
      recordedRule: { rule: "linear_retention", retentionTarget: 0.5, maxMultiplier: 1.5 },
      outside: { minerPotRaoPerBlock: 410_000_000 },
      withdrawals: "absolute",
    });
    expect(configuration.schedules).toEqual({ durationMs: 864_000_000, intervalMs: 43_200_000, minVestingAmountRao: 1 });
  });

  it("takes for a recorded rule what it does not state: its own defaults for parameters, `vesting` for how holdings are measured", () => {
    const vesting = "{ max_multiplier: 3, retention_target: 0.5, minimum_stake: 2, retention_basis: all_stake, start: 2025-01-01 }";
    const rule = (text: string) =>
      parse(`${RECORDED}vesting: ${vesting}\nemission: { mode: redistribute, recorded_rule: ${text} }\n`).configuration.emission
        .recordedRule;
    expect(rule("{ max_multiplier: 2 }")).toEqual({
      rule: "geometric",
      retentionTarget: 0.9,
      retentionWindowDays: 30,
      maxMultiplier: 2,
      amountTiers: expect.any(Array),
      timeTiers: expect.any(Array),
      startMs: Date.UTC(2025, 0, 1),
      minimumStakeRao: 2_000_000_000,
      minimumStakeUnit: "alpha",
      retentionBasis: "all_stake",
      retentionScope: "lifetime",
      rounding: "exact",
      keyScope: "hotkey",
    });
    expect(
      rule(
        "{ start: 1970-01-01, minimum_stake: 0.3, minimum_stake_unit: tao, retention_basis: emissions, retention_scope: window, rounding: whole_days, key_scope: coldkey_even }",
      ),
    ).toMatchObject({
      startMs: 0,
      minimumStakeRao: 300_000_000,
      minimumStakeUnit: "tao",
      retentionBasis: "emissions",
      retentionScope: "window",
      rounding: "whole_days",
      keyScope: "coldkey_even",
    });
  });

  it("names its streams", () => {
    const { streams } = parse(
      `name: test\nstreams:\n  - recorded: a/mining/\n    role: validator\n    kinds: [stake, balances]\n  - { recorded: b, name: other, coverage: subnet }\n`,
    );
    expect(streams).toEqual([
      { source: "recorded", name: "mining", folder: "a/mining/", kinds: ["stake", "balances"], role: "validator", coverage: null },
      { source: "recorded", name: "other", folder: "b", kinds: null, role: "miner", coverage: "subnet" },
    ]);
    expect(parse(SYNTHETIC).streams[0]).toMatchObject({
      source: "synthetic",
      name: "synthetic",
      netuid: 5,
      tempoBlocks: 360,
      epochsFrom: null,
    });
  });

  it("fills in a preset where it states nothing itself", () => {
    const live = parse(`${RECORDED}preset: bettensor-live\n`).configuration;
    expect(live.vesting).toMatchObject({ rounding: "whole_days", belowMinimum: "zero" });
    expect(live.ledger).toMatchObject({ onInvalid: "clamp", equalTimes: "earlier_first" });
    const stated = parse(`${RECORDED}preset: bettensor-live\nvesting: { rounding: exact }\nledger: { on_invalid: stop }\n`).configuration;
    expect(stated.vesting).toMatchObject({ rounding: "exact", belowMinimum: "zero" });
    expect(stated.ledger).toMatchObject({ onInvalid: "stop", equalTimes: "earlier_first" });
  });

  it("accepts YAML as JSON writes it", () => {
    expect(parse('{"name": "test", "streams": [{"recorded": "mining"}]}').resolved).toEqual(parse(RECORDED).resolved);
  });
});

describe("a resolved scenario", () => {
  const texts = [
    RECORDED,
    SYNTHETIC,
    `${RECORDED}preset: bettensor-live\nschedules: {}\nemission: { outside: true, recorded_rule: {} }\nvesting: { minimum_stake: 8999999.000000001, redistribution: threshold, start: 2025-01-01 }\nsubnets: [{ netuid: 9 }, { netuid: 2 }]\n`,
  ];

  it.each(texts)("gives the same scenario again, through JSON: %#", (text) => {
    const scenario = parse(text);
    const again = scenarioFromResolved(JSON.parse(JSON.stringify(scenario.resolved)));
    expect(again).toEqual({ ...scenario, file: null });
    expect(JSON.stringify(again.resolved)).toBe(JSON.stringify(scenario.resolved));
  });

  it("does not depend on the order of keys in the file", () => {
    const reordered = "streams: [{ recorded: mining }]\nvesting: { max_multiplier: 2, mode: on }\nname: test\n";
    expect(JSON.stringify(parse(reordered).resolved)).toBe(
      JSON.stringify(parse(`${RECORDED}vesting: { mode: on, max_multiplier: 2 }\n`).resolved),
    );
  });

  it("is a scenario file, too", () => {
    const { resolved } = parse(texts[2] ?? "");
    expect(parse(JSON.stringify(resolved)).resolved).toEqual(resolved);
  });
});

describe("the shipped scenarios", () => {
  it("are all YAML files of the folder, each named after its file, with a description", () => {
    const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
    expect(shipped.map(({ name }) => `${name}.yaml`)).toEqual(files.sort());
    expect(shipped.map(({ name }) => name)).toEqual([
      "best-and-rest",
      "burn-and-hold",
      "burn-and-rank",
      "burn-feedback",
      "collateral-crown",
      "colluding-validators",
      "demo",
      "handed-over",
      "last-champions",
      "net-stake-bonus",
      "penalty-burned",
      "penalty-normalised",
      "priced-budget",
      "rank-decay",
      "recorded-contract",
      "recorded-miner",
      "recorded-peers",
      "recorded-subnet",
      "selling-penalty",
      "sigmoid-decay",
      "smoothed-ranks",
      "softmax-windows",
      "stake-tiers",
      "subnet-year",
      "tao20-2025",
      "tao20-crash",
      "two-pools",
      "vesting-attack",
      "vesting-honest",
      "vesting-mixed",
      "vesting-vs-none",
      "weekly-sellers",
      "winner-takes-all",
      "yuma3",
    ]);
    for (const { name, description, file } of shipped) {
      expect(loadScenario(file).configuration.name).toBe(name);
      expect(description).toMatch(/^[A-Z0-9].{20,}\.$/);
    }
  });

  it.each(shipped)("load by name and come back from their resolved form: $name", ({ name }) => {
    const scenario = loadScenario(name);
    expect(basename(scenario.file ?? "")).toBe(`${name}.yaml`);
    expect(JSON.stringify(scenarioFromResolved(JSON.parse(JSON.stringify(scenario.resolved))).resolved)).toBe(
      JSON.stringify(scenario.resolved),
    );
  });

  it("demo states the parameters that are tuned", () => {
    const text = readFileSync(join(folder, "demo.yaml"), "utf8");
    expect(text).toMatch(/^ {2}max_multiplier: 1\.5$/m);
    expect(text).toMatch(/^ {2}retention_target: 0\.9\b/m);
    expect(loadScenario("demo").configuration.emission.mode).toBe("redistribute");
  });

  it("recorded-peers keeps the recording's time and completes its subnet", () => {
    const { streams, configuration } = loadScenario("recorded-peers");
    expect(streams).toMatchObject([
      { source: "recorded", name: "mining", coverage: "subnet", role: "miner" },
      { source: "synthetic", netuid: 64, epochsFrom: "mining", options: { registry: false, firstUid: 1 } },
    ]);
    expect(configuration.emission.mode).toBe("redistribute");
  });
});

describe("a new scenario", () => {
  it.each(["mine", "my-idea.2", "7", "true"])("is valid: %s", (name) => {
    expect(parseScenario(newScenario(name), "new.yaml").configuration.name).toBe(name);
  });

  it("names the rule of a recording where that is made a line of its own", () => {
    const text = newScenario("x").replace("# recorded_rule:", "recorded_rule:");
    expect(parseScenario(text, "new.yaml").configuration.emission.recordedRule).toMatchObject({ rule: "geometric", maxMultiplier: 1.5 });
  });

  it("cannot have any name", () => {
    expect(() => newScenario("a b")).toThrow(/^TEN-SCENARIO-006/);
  });
});

describe("the JSON Schema", () => {
  const schema = scenarioJsonSchema();
  const validator = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);

  it.each(shipped)("accepts $name", ({ file }) => {
    expect(validator.safeParse(parseYaml(readFileSync(file, "utf8"))).error).toBeUndefined();
  });

  it("accepts the starter and the short forms", () => {
    expect(validator.safeParse(parseYaml(newScenario("x"))).success).toBe(true);
    expect(validator.safeParse(parseYaml(`${RECORDED}emission: replay\n`)).success).toBe(true);
  });

  it.each([
    "vesting: { retention_target: 1.5 }",
    "vesting: { retention_targt: 0.5 }",
    "emission: repaly",
    "seed: x",
    "record: { tables: [exitz] }",
  ])("refuses %s", (line) => {
    expect(validator.safeParse(parseYaml(`${RECORDED}${line}\n`)).success).toBe(false);
  });

  it("describes every key", () => {
    const undescribed: string[] = [];
    const visit = (node: unknown, path: string) => {
      if (typeof node !== "object" || node === null) return;
      const { properties, anyOf, oneOf, items } = node as Record<string, unknown>;
      for (const [key, inner] of Object.entries((properties ?? {}) as Record<string, Record<string, unknown>>)) {
        if (typeof inner.description !== "string") undescribed.push(`${path}${key}`);
        visit(inner, `${path}${key}.`);
      }
      for (const inner of [...((anyOf ?? []) as unknown[]), ...((oneOf ?? []) as unknown[]), items]) visit(inner, path);
    };
    visit(schema, "");
    expect(undescribed).toEqual([]);
  });
});

describe("the list of shipped scenarios", () => {
  it("are listed as a YAML parser reads them", () => {
    expect(shipped.length).toBeGreaterThan(5);
    for (const { name, description, file } of shipped) {
      const read = parseYaml(readFileSync(file, "utf8"));
      expect({ name, description }).toEqual({ name: read.name, description: read.description });
      expect(description).not.toBe("");
    }
  });
});
