import { beforeAll, describe, expect, it } from "vitest";
import { runToSummary } from "../../../recorders/index.js";
import { toSummaryEntry } from "../../../recorders/results/summary-entry.js";
import { loadScenario, parseScenario } from "../../../scenarios/index.js";
import { figuresOf, type RunFigures } from "../../../studies/index.js";

const DEMO = `
name: two-subnets
time: { start: 2025-01-01T00:00:00Z, days: 4 }
subnets: [{ netuid: 30 }, { netuid: 31 }]
streams:
  - { synthetic: subnet, name: a, netuid: 30, miners: 6, coldkeys: 6 }
  - { synthetic: subnet, name: b, netuid: 31, miners: 3, coldkeys: 3 }
emission: redistribute
`;

const summaryOf = async (text: string): Promise<RunFigures> => toSummaryEntry(await runToSummary(parseScenario(text, "small.yaml")));

describe("the figures of a run", () => {
  let summary: RunFigures;
  beforeAll(async () => {
    summary = await summaryOf(DEMO);
  });
  const figureOf = (of: RunFigures, name: string) => figuresOf(of).find((figure) => figure.name === name)?.value;

  it("are those of its summary", () => {
    expect(figureOf(summary, "pot_moved")).toBe(summary.metrics?.pot_moved);
    expect(figureOf(summary, "emission")).toBe(
      Number(BigInt(summary.emission_rao) / 1_000_000n) / 1000 + Number(BigInt(summary.emission_rao) % 1_000_000n) / 1e9,
    );
    const [first, second] = summary.metrics?.subnets ?? [];
    expect(figureOf(summary, "subnet/30/gini_after")).toBe(first.gini_after);
    expect(figureOf(summary, "subnet/31/gini_before")).toBe(second.gini_before);
    expect(figureOf(summary, "subnet/31/pot_moved")).toBe(second.pot_moved);
    expect(figureOf(summary, "gini_after")).toBeUndefined();
  });

  it("of a single subnet have no number in their names", () => {
    const [only] = summary.metrics?.subnets ?? [];
    const single: RunFigures = { ...summary, metrics: summary.metrics === null ? null : { ...summary.metrics, subnets: [only] } };
    expect(figureOf(single, "gini_after")).toBe(only.gini_after);
    expect(figuresOf(single).filter(({ name }) => name.startsWith("subnet/"))).toEqual([]);
  });

  it("have a name each, a meaning and a finite value", () => {
    const figures = figuresOf(summary);
    expect(new Set(figures.map(({ name }) => name)).size).toBe(figures.length);
    for (const { name, meaning, value } of figures) {
      expect(name).toMatch(/^[a-z][a-z0-9_/]*$/);
      expect(meaning).toMatch(/^[A-Z].*\.$/);
      expect(Number.isFinite(value)).toBe(true);
    }
  });

  it("leave out what is no number, and what was not measured", () => {
    const broken: RunFigures = { ...summary, metrics: summary.metrics === null ? null : { ...summary.metrics, pot_moved: Number.NaN } };
    expect(figureOf(broken, "pot_moved")).toBeUndefined();
    expect(figureOf({ ...summary, metrics: null }, "unpaid_epochs")).toBeUndefined();
    expect(figureOf({ ...summary, residual_rao: { burn: "1500000000", recycle: "0", treasury: "0", owner: "0" } }, "residual/burn")).toBe(
      1.5,
    );
  });
});

it("the figures of an index subnet are those of its summary", async () => {
  const crash = loadScenario("tao20-crash", { sets: ["time.days=1"] });
  const summary = toSummaryEntry(await runToSummary(crash));
  const { index } = summary;
  const named = new Map(figuresOf(summary).map(({ name, value }) => [name, value]));
  expect(named.get("index/mean_absolute_premium")).toBe(index?.premium.mean_absolute);
  expect(named.get("index/pay_gini")).toBe(index?.inequality.gini);
  expect(named.get("index/end_nav")).toBe(index?.nav.end_tao);
  expect(index?.groups.length).toBeGreaterThan(2);
  for (const { group, profit_tao } of index?.groups ?? []) expect(named.get(`index/group/${group}/profit`)).toBe(profit_tao);
});
