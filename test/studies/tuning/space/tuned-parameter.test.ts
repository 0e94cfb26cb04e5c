import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { planOfInput } from "../../../../studies/tuning/plan/read-study.js";
import type { TunedValue } from "../../../../studies/tuning/space/domain.js";
import { SearchSpace } from "../../../../studies/tuning/space/search-space.js";
import { overridesOf, parseVary, yamlOf } from "../../../../studies/tuning/space/tuned-parameter.js";
import { centreOf } from "../../../../studies/tuning/space.js";

const valuesOf = (text: string) => {
  const { domain } = parseVary(text);
  return domain.kind === "list" ? domain.values : [];
};

describe("what is to be varied", () => {
  it("is a list of numbers and words", () => {
    const list = (path: string, values: readonly TunedValue[]) => ({ path, domain: { kind: "list", values } });
    expect(parseVary("vesting.max_multiplier=1.2, 1.5,2")).toEqual(list("vesting.max_multiplier", [1.2, 1.5, 2]));
    expect(parseVary("ledger.withdrawal_order=filo,fifo")).toEqual(list("ledger.withdrawal_order", ["filo", "fifo"]));
    expect(parseVary("a.0.b=true,false,1e-3,-2")).toEqual(list("a.0.b", [true, false, 0.001, -2]));
  });

  it("is a range by its decimals, ends included", () => {
    expect(valuesOf("a=0.5..1:6")).toEqual([0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    expect(valuesOf("a=1..0:5")).toEqual([1, 0.75, 0.5, 0.25, 0]);
    expect(valuesOf("a=-1..2:4")).toEqual([-1, 0, 1, 2]);
    const tenths = fc.integer({ min: -1_000, max: 1_000 });
    fc.assert(
      fc.property(tenths, fc.integer({ min: 1, max: 99 }), fc.integer({ min: 2, max: 40 }), (from, step, n) => {
        const values = valuesOf(`a=${from / 10}..${(from + step * (n - 1)) / 10}:${n}`);
        expect(values).toEqual(Array.from({ length: n }, (_, i) => (from + step * i) / 10 + 0));
      }),
    );
  });

  it.each([
    "",
    "a",
    "=1",
    "a=",
    "a=1,,2",
    "a=1..2",
    "a=1..2:1",
    "a=1..2:1001",
    "a=1..x:3",
    "a=1e999",
    "a={b: 1}",
    "a b=1",
    "a=1,1",
    "a=1..1:2",
  ])("is refused as %j", (text) => {
    expect(() => parseVary(text)).toThrow(/TEN-TUNE-101/);
  });

  it("is every combination once, the last fastest", () => {
    const space = new SearchSpace([parseVary("a=1,2"), parseVary("b=x,y,z")]);
    expect(space.combinations).toBe(6);
    const cells = [0, 1].flatMap((i) => [0, 1, 2].map((j) => [centreOf(i, 2), centreOf(j, 3)]));
    expect(cells.map((cell) => space.assignmentAt(cell))).toEqual([
      [1, "x"],
      [1, "y"],
      [1, "z"],
      [2, "x"],
      [2, "y"],
      [2, "z"],
    ]);
  });

  it("is refused for nothing, for a key that is given twice and for more trials than anybody waits for", () => {
    expect(() => new SearchSpace([])).toThrow(/TEN-TUNE-102/);
    expect(() => new SearchSpace([parseVary("a=1,2"), parseVary("a=3")])).toThrow(/TEN-TUNE-102.*twice/);
    const many = ["a", "b"].map((path) => parseVary(`${path}=1..1000:1000`));
    const input = { study: "many", scenario: "demo", vary: {} };
    expect(() => planOfInput(input, many)).toThrow(/TEN-TUNE-102.*too many/);
    expect(planOfInput({ ...input, trials: 50, sampler: "random" }, many).trials).toBe(50);
  });

  it("is written so that YAML reads the same value again", () => {
    const value: fc.Arbitrary<TunedValue> = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => one + 0),
      fc.boolean(),
      fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_./-]{0,12}$/).filter((one) => !/^(true|false|null|yes|no|on|off|nan|inf)$/i.test(one)),
      // What has signs in it is quoted.
      fc.string({ unit: "grapheme", minLength: 1 }).filter((one) => !/^[\w./ -]+$/.test(one)),
    );
    fc.assert(
      fc.property(value, (one) => {
        expect(parse(yamlOf(one))).toBe(one);
      }),
    );
    expect(overridesOf([parseVary("a.b=filo")], ["filo"])).toEqual([{ text: "a.b=filo", given: "--vary a.b=filo" }]);
  });
});
