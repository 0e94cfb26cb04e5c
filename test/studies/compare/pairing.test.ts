import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadScenario } from "../../../scenarios/index.js";
import { type ResolvedData, runDifferences, scenarioDifferences } from "../../../studies/compare/pairing.js";
import { valueDifferences } from "../../../studies/compare/value-differences.js";

const resolved = (name: string, ...sets: string[]) => loadScenario(name, { sets }).resolved as unknown as ResolvedData;
const between = (a: ResolvedData, b: ResolvedData) => {
  const { streams, rules } = scenarioDifferences(a, b);
  return { streams: streams.map(({ path }) => path), rules: rules.map(({ path }) => path) };
};

describe("two scenarios", () => {
  it.each([
    ["vesting.max_multiplier=2", "vesting.max_multiplier"],
    ["vesting.redistribution=threshold", "vesting.redistribution"],
    ["emission=replay", "emission.mode"],
    ["ledger.withdrawal_order=fifo", "ledger.withdrawal_order"],
    ["epochs=tempo", "epochs"],
  ])("that differ by %s are paired: it is a rule", (set, path) => {
    expect(between(resolved("demo"), resolved("demo", set))).toEqual({ streams: [], rules: [path] });
  });

  it.each([
    ["seed=2", "seed"],
    ["replicate=1", "replicate"],
    ["time.days=30", "time.end"],
    ["subnet.netuid=31", "subnets.netuid-30"],
    ["subnet.tempo=100", "subnets.netuid-30.tempo"],
    ["streams.peers.miners=32", "streams.peers.miners"],
    ["streams.peers.name=other", "streams.peers"],
  ])("that differ by %s are not: other rows or random numbers meet the rules", (set, path) => {
    expect(between(resolved("demo"), resolved("demo", set)).streams).toContain(path);
  });

  it("differ in nothing by names, words and what is recorded of them", () => {
    const other = resolved("demo", "name=other", "description=x", "record.tables=[flows]", "record.every_epochs=9");
    expect(between(resolved("demo"), other)).toEqual({ streams: [], rules: [] });
  });

  it("with an index subnet may differ in how its groups behave, not in who they are", () => {
    const tao = resolved("tao20-2025");
    expect(between(tao, resolved("tao20-2025", "index.participants.0.min_spread_threshold=0.01"))).toEqual({
      streams: [],
      rules: ["index.participants.small.min_spread_threshold"],
    });
    expect(between(tao, resolved("tao20-2025", "index.participants.0.count=3"))).toEqual({
      streams: ["index.participants.small.count"],
      rules: [],
    });
    expect(between(tao, resolved("demo")).streams).toContain("index");
  });
});

describe("two runs", () => {
  const source = (sha256: string, rule: string) => ({
    scenario: { name: "x", resolved: {} },
    inputs: [
      { stream: "stake", source: "recorded" as const, kind: "stake", file: "s/stake.arrow", sha256 },
      { stream: "vesting.rule", source: "plug_in" as const, kind: "multiplier_rule", file: "rule.js", sha256: rule },
    ],
  });

  it("differ by the bytes of what they read, too", () => {
    expect(runDifferences(source("11", "22"), source("11", "22"))).toEqual({ streams: [], rules: [] });
    expect(runDifferences(source("11", "22"), source("33", "44"))).toEqual({
      streams: [{ path: "inputs.stake (s/stake.arrow)", a: "SHA-256 11", b: "SHA-256 33" }],
      rules: [{ path: "vesting.rule (file)", a: "SHA-256 22", b: "SHA-256 44" }],
    });
  });
});

describe("differences of plain data", () => {
  it("are none between equals, and lead to values that are not", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(valueDifferences(a, structuredClone(a))).toEqual([]);
        const found = valueDifferences(a, b);
        expect(found.length === 0).toBe(JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)));
        for (const difference of found) expect(JSON.stringify(difference.a)).not.toBe(JSON.stringify(difference.b));
      }),
    );
  });

  it("names entries of a list by their names, and says when only the order differs", () => {
    const list = [
      { name: "x", value: 1 },
      { name: "y", value: 2 },
    ];
    expect(valueDifferences(list, [{ name: "x", value: 3 }], "stages")).toEqual([
      { path: "stages.x.value", a: 1, b: 3 },
      { path: "stages.y", a: { name: "y", value: 2 }, b: undefined },
    ]);
    expect(valueDifferences(list, [...list].reverse(), "stages")).toEqual([{ path: "stages (order)", a: ["x", "y"], b: ["y", "x"] }]);
  });
});

/** Keys of mappings in one order: it says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
