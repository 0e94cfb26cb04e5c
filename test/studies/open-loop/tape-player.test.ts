import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runToSummary, toSummaryEntry } from "../../../recorders/index.js";
import { parseScenario, type Scenario } from "../../../scenarios/index.js";
import { figuresOf, spanFigures } from "../../../studies/index.js";
import { recordTape, TapePlayer, whyNotOpenLoop } from "../../../studies/open-loop/index.js";
import { cases } from "../../cases.js";

const text = (seed: number, miners: number, more = "") => `name: small
seed: ${seed}
time: { start: 2025-01-01, days: 12 }
subnets: [{ netuid: 7, tempo: 720 }, { netuid: 8, tempo: 1000 }]
streams:
  - { synthetic: subnet, name: peers, netuid: 7, miners: ${miners}, opening_stake_alpha: { from: 1, to: 100 }, adds_per_day: 0.5, removes_per_day: 0.5 }
  - { synthetic: subnet, name: others, netuid: 8, miners: 3, removes_per_day: 2 }
emission: replay
${more}`;

const LISTS = [
  "",
  "stages: [{ curve: { kind: geometric, ratio: 0.8 } }, { multiplier: { rule: geometric, max_multiplier: 2 } }, { residual: burn }]",
  "stages: [{ gate: { at_least: 5, below: no_bonus } }, { multiplier: { rule: linear_retention } }, { burn: { share: 0.2 } }, { residual: recycle }]",
];

const DAY_MS = 86_400_000;
const START = Date.parse("2025-01-01T00:00:00Z");
const SPANS = [
  [{ fromMs: START + 2 * DAY_MS, toMs: START + 7 * DAY_MS }],
  [{ fromMs: 0, toMs: Number.POSITIVE_INFINITY }],
  [{ fromMs: 0, toMs: START }],
];

const sets = fc
  .record({
    rule: fc.constantFrom("geometric", "geometric", "tiered", "linear_retention"),
    target: fc.constantFrom("0.2", "0.65", "1"),
    most: fc.constantFrom("1", "1.3", "4"),
    minimum: fc.constantFrom("0", "0.3", "50"),
    below: fc.constantFrom("no_bonus", "no_bonus", "zero"),
    redistribution: fc.constantFrom("proportional", "proportional", "threshold"),
    mode: fc.constantFrom("on", "on", "shadow", "off"),
  })
  .map(({ rule, target, most, minimum, below, redistribution, mode }) => [
    `vesting.rule=${rule}`,
    `vesting.retention_target=${target}`,
    `vesting.max_multiplier=${most}`,
    `vesting.minimum_stake=${minimum}`,
    `vesting.below_minimum=${below}`,
    `vesting.redistribution=${redistribution}`,
    `vesting.mode=${mode}`,
  ]);

const close = (figures: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, expect.closeTo(value, 9)]));
const named = (figures: ReturnType<typeof spanFigures>) => Object.fromEntries(figures.map(({ name, value }) => [name, value]));

describe("trials from a tape", () => {
  it("have the figures of runs, whole and by span", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(1000),
        fc.integer({ min: 1, max: 8 }),
        fc.constantFrom(...LISTS),
        fc.array(sets, { minLength: 1, maxLength: 4 }),
        async (seed, miners, list, trials) => {
          const base = parseScenario(text(seed, miners), "small.yaml");
          const player = new TapePlayer(structuredClone(await recordTape(base)), SPANS);
          for (const set of trials) {
            const trial: Scenario = parseScenario(text(seed, miners, list), "small.yaml", { sets: list === "" ? set : set.slice(-1) });
            expect(whyNotOpenLoop(base, trial)).toBeNull();
            const found = player.play(trial.configuration, null);
            const summary = await runToSummary(trial, { spans: SPANS });
            if (found === null) continue;
            const all = new Map(figuresOf(toSummaryEntry(summary)).map(({ name, value }) => [name, value]));
            const own = named(spanFigures(summary.metrics));
            expect(Object.keys(found.figures)).toEqual(Object.keys(own));
            expect(found.figures).toEqual(close(own));
            for (const [name, value] of Object.entries(own)) expect(all.get(name)).toBe(value);
            expect(found.spans).toEqual(summary.spans?.map((span) => close(named(spanFigures(span, summary.metrics)))));
            expect(found.undecided).toEqual(summary.metrics?.undecided);
          }
        },
      ),
      { numRuns: cases(6, 15) },
    );
  });

  it("have those figures alone that are asked for", async () => {
    const base = parseScenario(text(1, 5), "small.yaml");
    const player = new TapePlayer(await recordTape(base), [SPANS[0]]);
    const all = player.play(base.configuration, null);
    const asked = player.play(base.configuration, ["pot_moved", "subnet/8/gini_after", "no_such_figure"]);
    expect(asked?.figures).toEqual({ pot_moved: all?.figures.pot_moved, "subnet/8/gini_after": all?.figures["subnet/8/gini_after"] });
    expect(asked?.spans[0].pot_moved).toBe(all?.spans[0].pot_moved);
    expect(player.play(base.configuration, ["multiplier_paid"])?.figures).toEqual({ multiplier_paid: all?.figures.multiplier_paid });
    expect(player.play(base.configuration, [])).toEqual({ figures: {}, spans: [{}], undecided: all?.undecided });
  });

  it("are refused on a tape of something else", async () => {
    const base = parseScenario(text(1, 5), "small.yaml");
    const player = new TapePlayer(await recordTape(base));
    const other = parseScenario(text(1, 5), "small.yaml", { sets: ["vesting.retention_basis=all_stake"] });
    expect(() => player.play(other.configuration, null)).toThrow("a trial whose retentionBasis is all_stake, on a tape of emissions");
    await expect(recordTape(parseScenario(text(1, 5), "small.yaml", { sets: ["emission=redistribute"] }))).rejects.toThrow(
      "emission: redistribute pays by the rule",
    );
  });

  it("stop where a signal says so", async () => {
    const signal = AbortSignal.abort(new Error("stopped"));
    await expect(recordTape(parseScenario(text(1, 5), "small.yaml"), { signal })).rejects.toThrow("stopped");
  });
});
