import { expect, it } from "vitest";
import * as recorders from "../../recorders/index.js";
import * as scenarios from "../../scenarios/index.js";
import { cases } from "../cases.js";
import { readDigestFile } from "./digest-file.js";
import { digestOf, smallDigests } from "./digest-of.js";
import { expectShipped } from "./expect-shipped.js";
import { SHIPPED_SCENARIOS } from "./shipped-scenarios.js";
import { SMALL_SCENARIOS } from "./small-scenarios.js";

const tenure = { scenarios, recorders };
const TWINS = [
  ["made-tempo", "made-absolute"],
  ["made-tempo-replay", "made-replay"],
] as const;

it("small scenarios give what they gave", async () => {
  const { digests } = await readDigestFile();
  const found = await smallDigests(tenure, SMALL_SCENARIOS, cases(0, 1) === 1);
  const expected = Object.fromEntries(SMALL_SCENARIOS.map(({ name }) => [name, digests[name]]));
  expect(Object.fromEntries(found)).toEqual(expected);
  // The clock ends the epochs where the emission does.
  for (const [one, other] of TWINS) expect(found.get(one)).toBe(found.get(other));
  // Each of the others says something of its own, and none only that it is refused.
  expect(new Set(found.values()).size).toBe(SMALL_SCENARIOS.length - TWINS.length);
  expect([...found.values()].filter((digest) => !/^[0-9a-f]{64}$/.test(digest))).toEqual([]);
});

it.each(SHIPPED_SCENARIOS.filter(({ large }) => !large))("$name gives what it gave", expectShipped);

it("every digest of the file is of a scenario that there is", async () => {
  const { digests } = await readDigestFile();
  const names = [...SMALL_SCENARIOS, ...SHIPPED_SCENARIOS].map(({ name }) => name);
  expect(Object.keys(digests).sort()).toEqual(names.sort());
});

it.each([
  ["one fault", { vesting: { retention_target: 2 } }, "TEN-SCENARIO-006"],
  ["several faults", { vesting: { retention_target: 2, rule: "geometrc" } }, "TEN-SCENARIO-006"],
])("a scenario with %s has the code of the first for its digest", async (_, faults, code) => {
  const scenario = { ...SMALL_SCENARIOS[0]?.scenario, ...faults };
  expect(await digestOf(tenure, JSON.stringify(scenario), "nowhere")).toBe(`refused: ${code}`);
});
