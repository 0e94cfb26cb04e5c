import { describe, expect, it } from "vitest";
import type { PairsComparisonReport } from "../../../reports/compare/pairs-comparison.js";
import { comparisonFindings } from "../../../reports/findings/comparison-findings.js";
import { replicatesFindings, tuningFindings } from "../../../reports/findings/study-findings.js";
import type { FigureSummary, StudySummary } from "../../../reports/study-summary.js";
import type { TuningReport } from "../../../reports/tuning/tuning-report.js";

const codes = (found: readonly { readonly code: string }[]) => found.map(({ code }) => code);

const figure = (name: string, mean: number, half: number): FigureSummary =>
  ({
    name,
    unit: "",
    meaning: "",
    n: 20,
    mean,
    low: mean - half,
    high: mean + half,
    standard_deviation: half,
    min: mean - half,
    max: mean + half,
  }) as FigureSummary;
const study = (figures: readonly FigureSummary[], changes: object = {}) =>
  ({ figures, failed: [], finished: 20, random: ["streams"], ...changes }) as unknown as StudySummary;

describe("findings of replicates", () => {
  it("are those whose interval is beyond the threshold", () => {
    expect(
      replicatesFindings(study([figure("gini_after", 0.3, 0.1), figure("pot_moved", 0.05, 0.01), figure("advantage/rotate", 0.1, 0.2)])),
    ).toEqual([]);
    const found = replicatesFindings(
      study([figure("gini_after", 0.03, 0.01), figure("pot_moved", 0.0005, 0.0004), figure("advantage/rotate", 0.5, 0.2)]),
    );
    expect(codes(found)).toEqual(["strategy_beats_holding", "pay_too_flat", "retention_without_effect"]);
    expect(found[0]).toMatchObject({
      severity: "serious",
      evidence: ["rotate: 0.5 TAO more a miner (95 % interval 0.3 to 0.7) than hold, over 20 replicates."],
    });
    expect(codes(replicatesFindings(study([figure("gini_after", 0.045, 0.01)])))).toEqual([]);
  });

  it("name replicates that failed, and say where there are few", () => {
    const failed = [{ replicate: 3, error: { code: "TEN-PLUGIN-011", what: "It threw." } }];
    expect(codes(replicatesFindings(study([], { failed, finished: 7 })))).toEqual(["replicates_failed", "few_replicates"]);
    expect(codes(replicatesFindings(study([], { finished: 1, random: [] })))).toEqual([]);
  });
});

const tuning = (findings: readonly object[], overfitting: object | null = null) =>
  ({
    findings,
    objectives: [{ name: "pot_moved", better: "min" }],
    trials: Array.from({ length: 24 }),
    trust: { overfitting: [overfitting] },
  }) as unknown as TuningReport;
const overfitted = (probability: number) => ({ overfitting_probability: probability, splits: 252, chosen_trials: 5 });
const cannotTell = { kind: "cannot_tell", objectives: ["pot_moved"], by: "walk_forward", isTooFew: true };

describe("findings of a tuning", () => {
  it("name a parameter at the edge, and more trials than the data can tell apart", () => {
    expect(tuningFindings(tuning([]))).toEqual([]);
    const edge = tuningFindings(tuning([{ kind: "at_the_edge", path: "vesting.max_multiplier", value: "3" }]));
    expect(edge).toMatchObject([
      { code: "parameter_at_edge", severity: "warning", title: "A chosen value lies at the edge of what was tried." },
    ]);
    expect(edge[0].evidence).toEqual([
      "vesting.max_multiplier 3 is the last value that was tried on its side: what lies beyond may be better.",
    ]);
    expect(codes(tuningFindings(tuning([], overfitted(0.49))))).toEqual([]);
    expect(tuningFindings(tuning([], overfitted(0.5)))).toMatchObject([{ code: "too_many_trials", severity: "warning" }]);
    expect(tuningFindings(tuning([cannotTell], overfitted(0.6)))).toMatchObject([{ code: "too_many_trials", severity: "serious" }]);
    const alike = (trials: number) => ({
      kind: "not_told_apart",
      trials: Array.from({ length: trials }, (_, at) => at),
      of: 23,
      replicates: 10,
    });
    expect(codes(tuningFindings(tuning([alike(12)])))).toEqual(["too_many_trials"]);
    expect(codes(tuningFindings(tuning([alike(11)])))).toEqual([]);
  });

  it("keep what the analysis says beside: nothing of it is lost", () => {
    const found = tuningFindings(
      tuning([
        { kind: "now_is_better" },
        { kind: "one_draw" },
        { kind: "flat_objective", objective: "pot_moved" },
        { kind: "not_judged", reason: "so" },
      ]),
    );
    expect(codes(found)).toEqual(["now_is_better", "parameter_without_effect", "data_undecided"]);
    expect(found[2].evidence).toHaveLength(2);
  });
});

const difference = (name: string, mean: number, verdict: string, pairs_needed: number | null = null) => ({
  name,
  a: { mean: 1 },
  b: { mean: 1 + mean },
  difference: { mean, min: mean, max: mean, verdict, pairs_needed },
});
const comparison = (changes: object) =>
  ({
    pairs: Array.from({ length: 20 }),
    random: ["streams"],
    failed_a: [],
    failed_b: [],
    changed: [{ path: "vesting.max_multiplier" }],
    pay_moved: { mean: 0.05, max: 0.06, interval: null },
    figures: [difference("pot_moved", 0.1, "told_apart")],
    strategies: [],
    losers: [],
    ...changes,
  }) as unknown as PairsComparisonReport;
const loser = (change_share: number, verdict: string) => ({ netuid: 7, hotkey: "hot", change_share, difference_rao: { verdict } });

describe("findings of a comparison", () => {
  it("are none where figures are told apart and little moves", () => expect(comparisonFindings(comparison({}))).toEqual([]));

  it.each<[string, object, object]>([
    ["pairs_failed", { failed_b: [3] }, {}],
    [
      "no_difference",
      { pay_moved: { mean: 0, max: 0 }, figures: [difference("pot_moved", 0, "same")] },
      { pay_moved: { mean: 0, max: 0 } },
    ],
    [
      "difference_may_be_luck",
      { figures: [difference("pot_moved", 0.1, "not_told_apart", 139)] },
      { random: [], figures: [difference("pot_moved", 0.1, "exact")] },
    ],
    ["difference_may_be_luck", { pairs: [0, 1] }, { pairs: Array.from({ length: 10 }) }],
    [
      "pay_shifts",
      { pay_moved: { mean: 0.1, max: 0.2, interval: { low: 0.05, high: 0.15 } } },
      { pay_moved: { mean: 0.099, max: 0.2, interval: null } },
    ],
    ["miners_lose_most", { losers: [loser(-0.5, "told_apart")] }, { losers: [loser(-0.49, "told_apart"), loser(-0.9, "not_told_apart")] }],
    [
      "sellers_gain",
      {
        strategies: [{ group: "dumpers", profit_tao: { mean: 2, verdict: "told_apart" } }],
        figures: [{ ...difference("strategy/dumpers/sell_pressure", 0, "told_apart"), b: { mean: 0.9 } }],
      },
      {
        strategies: [{ group: "savers", profit_tao: { mean: 2, verdict: "told_apart" } }],
        figures: [{ ...difference("strategy/savers/sell_pressure", 0, "told_apart"), b: { mean: 0.3 } }],
      },
    ],
  ])("%s", (code, just, justNot) => {
    const [found] = comparisonFindings(comparison(just)).filter((one) => one.code === code);
    expect(found.title).not.toMatch(/NaN|undefined/);
    expect(codes(comparisonFindings(comparison(justNot)))).not.toContain(code);
  });
});
