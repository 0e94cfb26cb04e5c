import { describe, expect, it } from "vitest";
import { TenureError } from "../../engine/index.js";
import { ScenarioErrors, scenarioFromResolved, scenarioJsonSchema } from "../../scenarios/index.js";
import { RECORDED, refusals, SYNTHETIC } from "./scenario-text.js";

type JsonSchema = { readonly [key: string]: unknown };

const one = (value: unknown) => value as JsonSchema;
const list = (value: unknown) => (Array.isArray(value) ? value : []) as readonly JsonSchema[];
const branches = (schema: JsonSchema) => [schema, ...list(schema.anyOf), ...list(schema.oneOf)];

/** Every key of the published JSON Schema with its path; `[]` is any entry of a list. */
function* keys(schema: JsonSchema, path: readonly string[] = []): Generator<{ path: readonly string[]; schema: JsonSchema }> {
  for (const branch of branches(schema)) {
    if (branch !== schema && (branch.anyOf !== undefined || branch.oneOf !== undefined)) yield* keys(branch, path);
    for (const [key, inner] of Object.entries((branch.properties ?? {}) as JsonSchema)) {
      yield { path: [...path, key], schema: one(inner) };
      yield* keys(one(inner), [...path, key]);
    }
    if (branch.items !== undefined) yield* keys(one(branch.items), [...path, "[]"]);
  }
}

const ALL = [...keys(scenarioJsonSchema())];

describe("a value that is written in another form", () => {
  const POINT = "Numbers have a decimal point, and nothing between their digits:";
  const KINDS =
    "stake, emission, balances, metagraph, price, registry, weights, validator_weights, emission_rate, index_weights, epoch_marks, collateral, obligations, scores, tao_price";
  it.each([
    ['vesting: { retention_target: "0,8" }', `${POINT} write 0.8.`],
    ['time: { start: 2025-01-01, days: "1,500" }', `${POINT} write 1.500 if the comma is a decimal one, or 1500 if it is not.`],
    ['vesting: { retention_target: "0,500" }', `${POINT} write 0.500.`],
    ["vesting: { max_multiplier: 200% }", "Numbers are written without a percent sign: 2 for 200%."],
    ["vesting: { retention_target: 80% }", "Shares are written from 0 to 1: 0.8 for 80%."],
    ["time: { start: 2025-01-01, days: 30 d }", "days is a number of days, without a unit: 30 for 30 d."],
    ["schedules: { duration_days: 36 hours }", "duration_days is a number of days, without a unit: 1.5 for 36 hours."],
    [
      "time: { start: 01/12/2025, days: 3 }",
      "It is 2025-12-01 if the day comes first, or 2025-01-12 if the month does: write the one that is meant.",
    ],
    ["time: { start: 2025/12/01, days: 3 }", "It seems to be 2025-12-01: days are written so."],
    ["time: { start: 31/12/2025, days: 3 }", "It seems to be 2025-12-31: days are written so."],
    ["time: { start: 2025/02/31, days: 3 }", "start: When the run starts."],
    [
      "emission: { outside: { miner_pot_alpha_per_block: 1000 rao } }",
      "Amounts are in tokens, of 1000000000 rao each: 0.000001 for 1000 rao.",
    ],
    [
      "emission: { outside: { miner_pot_alpha_per_block: 1 rao } }",
      "Amounts are in tokens, of 1000000000 rao each: 0.000000001 for 1 rao.",
    ],
    ["emission: { outside: { miner_pot_alpha_per_block: 0.41 alpha } }", "Amounts are in tokens, without a unit: 0.41 for 0.41 alpha."],
    ['emission: { outside: { miner_pot_alpha_per_block: "0,41" } }', `${POINT} write 0.41.`],
    ["index: { epoch: 1 hour }", "Write it as 1 h."],
    ["vesting: { retention_target: much }", undefined],
  ])("%s", (line, hint) => {
    const key = (/^\w+/.exec(line) ?? [""])[0];
    const told = refusals(`${RECORDED}${line}\n`).filter(({ place }) => place?.path?.startsWith(key));
    expect(told.filter(({ code }) => code === "TEN-SCENARIO-005" || code === "TEN-SCENARIO-006")[0]?.hint).toBe(hint);
  });

  it.each([
    ["emission", "emission"],
    ["emision", "emission"],
    ["stake,emission", "stake, emission"],
    ["xyzzy", "stake"],
  ])("a list of kinds as a word: %s", (word, entries) => {
    const [error] = refusals(`name: test\nstreams:\n  - recorded: a\n    kinds: ${word}\n`);
    expect(error?.hint).toBe(`A list stands in brackets, also where it has one entry: [${entries}]. There are ${KINDS}.`);
  });
});

describe("an unknown key that has its place elsewhere", () => {
  it.each([
    ["ledger: { snapshots: force }", "Did you mean snapshots at the top?"],
    ["retention_target: 0.5", "Did you mean vesting.retention_target?"],
    ["retentionTarget: 0.5", "Did you mean vesting.retention_target?"],
    ["vesting: { tempo: 100 }", "Did you mean subnet.tempo or subnets[].tempo?"],
    ["start: 2025-01-01", "Did you mean time.start or vesting.start?"],
    ["emission: { retention_target: 0.5 }", "Did you mean emission.recorded_rule.retention_target or vesting.retention_target?"],
    ["stages: [{ max_multiplier: 2 }]", "Did you mean multiplier, stages.0.multiplier.max_multiplier or vesting.max_multiplier?"],
    ["miners: 3", "Did you mean streams[].miners or closed_loop.miners?"],
    ["vesting: { record: all }", "Did you mean record at the top?"],
    // Beside the nearest of those that may stand there.
    ["vesting: { days: 3, mods: on }", "Did you mean time.days?"],
    ["subnet: { epochs: tempo }", "Did you mean epochs at the top?"],
    ["time: { seeds: 1 }", undefined],
    ["xyzzy: 1", undefined],
  ])("%s", (line, hint) => {
    expect(refusals(`${RECORDED}${line}\n`)[0]).toMatchObject({ code: "TEN-SCENARIO-004" });
    expect(refusals(`${RECORDED}${line}\n`)[0]?.hint).toBe(hint);
  });

  it("is told beside the nearest name of its own place", () => {
    const [error] = refusals(`${RECORDED}time: { start: 2025-01-01, end: 2025-02-01, day: 1 }\nledger: { mode: on }\n`);
    expect(error?.hint).toBe("Did you mean days?");
    expect(refusals(`${RECORDED}ledger: { mode: on }\n`)[0]?.hint).toBe("Did you mean moves, vesting.mode or emission.mode?");
  });

  it("or of another kind of the same mapping, which is named", () => {
    expect(refusals("name: test\nstreams:\n  - recorded: a\n    miners: 3\n")[0]?.hint).toBe("miners is a key of `synthetic: subnet`.");
    expect(refusals(`${SYNTHETIC}    shocks: []\n`)[0]?.hint).toContain("shocks is a key of `synthetic: prices`.");
    expect(refusals(`${SYNTHETIC}    role: miner\n`)[0]?.hint).toContain("role is a key of `recorded`.");
  });

  it("is not called missing there, too", () => {
    const found = refusals("streams: [{ recorded: a }]\ntime: { name: test }\n");
    expect(found.map(({ code }) => code)).toEqual(["TEN-SCENARIO-004"]);
    expect(found[0]?.hint).toContain("name at the top");
  });

  it("whatever key of the schema it is, is told a place that the schema has", () => {
    const known = new Set(ALL.map(({ path }) => path.join(".").replaceAll(".[]", "[]")));
    expect(known.size).toBeGreaterThan(200);
    const ledger = new Set(ALL.filter(({ path }) => path.length === 2 && path[0] === "ledger").map(({ path }) => path[1]));
    let told = 0;
    for (const name of new Set(ALL.map(({ path }) => path[path.length - 1]))) {
      if (ledger.has(name)) continue;
      const hint = refusals(`${RECORDED}ledger: { ${name}: 1 }\n`)[0]?.hint ?? "";
      const [, names = ""] = /Did you mean (.*)\?/.exec(hint) ?? [];
      const places = names.split(/, | or /).map((place) => place.replace(/ at the top$/, ""));
      const right = places.filter((place) => known.has(place) && place.split(".").at(-1) === name);
      expect(right.length, `${name}: ${hint}`).toBeGreaterThan(0);
      told += 1;
    }
    expect(told).toBeGreaterThan(100);
  });
});

describe("a value that is not allowed", () => {
  it.each([
    ["vesting: { retention_target: 90 }", "Shares are written from 0 to 1: 0.9 for 90 %."],
    ["vesting: { retention_target: 33.3 }", "0.333 for 33.3 %."],
    ["vesting: { retention_target: 1.1 }", "The nearest allowed is 1. retention_target: Held share"],
    ["vesting: { retention_target: -1 }", "It has to be above 0. retention_target: Held share from which on"],
    ["vesting: { retention_target: 400 }", "The nearest allowed is 1. retention_target: Held share"],
    ["vesting: { max_multiplier: 0.5 }", "The nearest allowed is 1. max_multiplier: The largest multiplier; 1 gives no bonus."],
    ["vesting: { max_multiplier: 90 }", undefined],
    ["vesting: { retention_window_days: -3 }", "It has to be above 0. retention_window_days: Mean age, in days,"],
    ["vesting: { minimum_stake: -3 }", "minimum_stake: Stake of a position below which there is no bonus"],
    ["vesting: { rule: xyzzy }", "rule: How held share and held days become a multiplier."],
    ["seed: 1.5", "The nearest whole numbers are 1 and 2. seed: Where all random numbers come from."],
    ["seed: -1", "The nearest allowed is 0. seed:"],
    ["record: { every_epochs: 0 }", "The nearest allowed is 1. every_epochs:"],
    ["time: { days: 0 }", "The nearest allowed is 0.001. days: Length in days, instead of `end`."],
    ["time: { start: yesterday }", "start: When the run starts."],
    ["subnet: { tempo: 0 }", "The nearest allowed is 1. tempo: Blocks between two epochs."],
  ])("is told what its key means and what is nearest: %s", (line, hint) => {
    if (hint === undefined) return expect(() => refusals(`${RECORDED}${line}\n`)).toThrow("nothing was refused");
    return expect(refusals(`${RECORDED}${line}\n`)[0]?.hint).toContain(hint);
  });

  it("is told of the kind of mapping that it stands in", () => {
    expect(refusals(`${SYNTHETIC}    share_jitter: 10\n`)[0]?.hint).toContain("0.1 for 10 %");
    expect(refusals(SYNTHETIC.replace("miners: 3", "miners: 0"))[0]?.hint).toBe("The nearest allowed is 1. miners: How many hotkeys.");
    const prices = "name: test\ntime: { start: 2025-01-01, days: 1 }\nstreams: [{ synthetic: prices, subnets: 0 }]\n";
    expect(refusals(prices)[0]?.hint).toBe("The nearest allowed is 1. subnets: How many subnets, netuids 1 and up.");
  });

  it("has a hint, whatever number of the schema it is", () => {
    const numbers = ALL.filter(({ schema }) => branches(schema).some(({ type }) => type === "number" || type === "integer"));
    expect(numbers.length).toBeGreaterThan(90);
    let told = 0;
    for (const { path } of numbers) {
      for (const value of [-1e300, 1e300]) {
        const at = path.join(".").replaceAll("[]", "0");
        for (const error of refusalsOf(nested(path, value))) {
          if (error.place?.path !== at || error.code !== "TEN-SCENARIO-006") continue;
          expect(error.hint, at).toMatch(/./);
          told += 1;
        }
      }
    }
    expect(told).toBeGreaterThan(150);
  });
});

/** A scenario that has a value at a path, and beside it what tells kinds apart. */
function nested(path: readonly string[], value: unknown): unknown {
  const inner = path.reduceRight<unknown>((at, step) => (step === "[]" ? [at] : { [step]: at }), value) as Record<string, unknown>;
  return { name: "test", streams: [{ recorded: "mining" }], ...inner };
}

function refusalsOf(scenario: unknown): readonly TenureError[] {
  try {
    scenarioFromResolved(scenario);
  } catch (error) {
    if (error instanceof ScenarioErrors) return error.errors;
    if (error instanceof TenureError) return [error];
    throw error;
  }
  return [];
}
