import { describe, expect, it } from "vitest";
import { loadScenario, randomParts, replicateOf } from "../../scenarios/index.js";
import { parse, RECORDED } from "./scenario-text.js";

describe("what of a scenario draws random numbers", () => {
  it("is nothing where streams are recorded", () => expect(randomParts(parse(RECORDED))).toEqual([]));

  it.each([
    ["demo", ["stream peers"]],
    ["tao20-2025", ["index subnet"]],
    ["recorded-subnet", []],
    ["recorded-peers", [expect.stringMatching(/^stream /)]],
  ])("of the shipped %s is %j", (name, parts) => expect(randomParts(loadScenario(name))).toEqual(parts));
});

it("a replicate of a scenario is the scenario with that number, and nothing else", () => {
  const stated = loadScenario("demo");
  const { replicate, ...rest } = replicateOf(stated, 7).resolved;
  const { replicate: _, ...expected } = stated.resolved;
  expect(replicate).toBe(7);
  expect(rest).toEqual(expected);
  expect(replicateOf(stated, 7).configuration).toEqual(loadScenario("demo", { replicate: 7 }).configuration);
  expect(replicateOf(stated, 0)).toMatchObject({ file: stated.file });
});
