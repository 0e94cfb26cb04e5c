import { expect, it } from "vitest";
import { runToSummary, toSummaryEntry } from "../../../recorders/index.js";
import { parseScenario } from "../../../scenarios/index.js";
import { figuresOf, spanFigures } from "../../../studies/index.js";

const TWO_SUBNETS = `
name: two-subnets
time: { start: 2025-01-01T00:00:00Z, days: 4 }
subnets: [{ netuid: 30 }, { netuid: 31 }]
streams:
  - { synthetic: subnet, name: a, netuid: 30, miners: 6, coldkeys: 6 }
  - { synthetic: subnet, name: b, netuid: 31, miners: 3, coldkeys: 3 }
emission: replay
`;
const ALWAYS = [{ fromMs: 0, toMs: Number.POSITIVE_INFINITY }];

it("the figures of a span have the names, units and values of those of a run", async () => {
  const half = [{ fromMs: 0, toMs: Date.parse("2025-01-03T00:00:00Z") }];
  const summary = await runToSummary(parseScenario(TWO_SUBNETS, "two.yaml"), { spans: [ALWAYS, half, []] });
  const [whole, part, nothing] = summary.spans ?? [];
  const figures = figuresOf(toSummaryEntry(summary));
  const found = spanFigures(whole);
  expect(found.length).toBeGreaterThan(8);
  expect(figures).toEqual(expect.arrayContaining([...found]));
  const parts = spanFigures(part, whole);
  expect(parts.map(({ name }) => name)).toEqual(found.map(({ name }) => name));
  expect(parts).not.toEqual(found);
  expect(spanFigures(nothing, whole)).toEqual([]);
  // A span in which one of two subnets has a pot has the names of two.
  const [first] = part?.subnets ?? [];
  const single = spanFigures(part === null ? null : { ...part, subnets: [first] }, whole);
  expect(single.map(({ name }) => name)).toContain("subnet/30/gini_after");
});

it("spans are no part of the manifest's summary", async () => {
  const scenario = parseScenario(TWO_SUBNETS, "two.yaml");
  const [plain, asked] = await Promise.all([runToSummary(scenario), runToSummary(scenario, { spans: [ALWAYS] })]);
  expect(toSummaryEntry(asked)).toEqual(toSummaryEntry(plain));
});
