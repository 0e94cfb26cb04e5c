import { describe, expect, it } from "vitest";
import { analyseTuning } from "../../../../studies/index.js";
import { timeSpans } from "../../../../studies/tuning/time/time-spans.js";
import { least, type MadeTuning, madeTuning, most } from "../made-tuning.js";

const found = (made: MadeTuning) => analyseTuning(madeTuning(made)).findings;
const kinds = (made: MadeTuning) => found(made).map(({ kind }) => kind);
const ofOne = (...gains: readonly number[]) => gains.map((gain) => [[gain]]);
const NOT_JUDGED = { kind: "not_judged", reason: "the test has no time" };
const range = (from: number, to: number) => ({ kind: "range" as const, from, to, scale: "linear" as const, isWhole: false });
const DAY = 86_400_000;

describe("what the data decide, and what not", () => {
  it("an objective that is the same in all trials decides nothing; one that moves a little is not called flat", () => {
    const values = [
      [[3], [1]],
      [[3], [2]],
    ];
    expect(found({ parameters: [[1, 2]], objectives: [least, most], values })).toEqual([
      { kind: "flat_objective", objective: "cost" },
      { kind: "one_draw" },
      NOT_JUDGED,
    ]);
    values[1][0][0] = 3 + 1e-12;
    expect(kinds({ parameters: [[1, 2]], objectives: [least, most], values })).not.toContain("flat_objective");
    // A single trial is no comparison, and one that failed none either.
    expect(kinds({ parameters: [[1]], objectives: [least], values: ofOne(3) })).toEqual(["one_draw", "not_judged"]);
    expect(kinds({ parameters: [["a", "b"]], objectives: [least], values: [[[3]], null] })).not.toContain("flat_objective");
  });

  it("a parameter of which no value makes a difference is named, and not said to be at an edge", () => {
    const parameters = [
      [1, 2, 3],
      [7, 8, 9],
    ];
    const values = ofOne(1, 1, 1, 2, 2, 2, 3, 3, 3);
    expect(found({ parameters, objectives: [most], values, random: [] })).toEqual([
      { kind: "parameter_without_effect", path: "p1" },
      { kind: "these_data_alone" },
      NOT_JUDGED,
      { kind: "at_the_edge", path: "p0", value: "3" },
    ]);
    // It makes one difference somewhere.
    expect(kinds({ parameters, objectives: [most], values: ofOne(1, 1, 1, 2, 2, 2, 3, 3, 4) })).not.toContain("parameter_without_effect");
    expect(kinds({ parameters, objectives: [most], values: ofOne(1, 1, 1, 2, 2, 2, 3, 3, 3 + 1e-9) })).not.toContain(
      "parameter_without_effect",
    );
    // Of a part of the grid nobody knows.
    expect(kinds({ parameters, objectives: [most], values: values.slice(0, 6), ended: "budget" })).not.toContain(
      "parameter_without_effect",
    );
    // Where nothing can be compared nothing is said.
    const alone = { parameters: [[1, 2]], objectives: [most], values: [[[1]], null] };
    expect(kinds(alone)).not.toContain("parameter_without_effect");
    // A parameter with a single value was not varied.
    expect(kinds({ parameters: [[1, 2], [7]], objectives: [most], values: ofOne(1, 2) })).not.toContain("parameter_without_effect");
  });

  it("what every run says that its data cannot decide is told", () => {
    const values = ofOne(1, 2);
    expect(found({ parameters: [["a", "b"]], objectives: [most], values, undecided: ["retention_target"] })).toContainEqual({
      kind: "undecided",
      what: "retention_target",
    });
  });

  it("one draw, several draws and no draw at all are told apart", () => {
    const parameters = [["a", "b"]];
    expect(kinds({ parameters, objectives: [most], values: ofOne(1, 2) })).toContain("one_draw");
    const many = kinds({ parameters, objectives: [most], values: [[[1, 2]], [[2, 4]]] });
    expect(many).not.toContain("one_draw");
    expect(many).not.toContain("these_data_alone");
    const none = kinds({ parameters, objectives: [most], values: ofOne(1, 2), random: [] });
    expect(none).toContain("these_data_alone");
    expect(none).not.toContain("one_draw");
  });

  it("trials whose difference may be luck in all objectives are named", () => {
    const noisy = [[[1, 2, 3]], [[2, 1, 3.5]], [[9, 9.5, 9]]];
    expect(found({ parameters: [["a", "b", "c"]], objectives: [least], values: noisy })).toEqual([
      NOT_JUDGED,
      { kind: "not_told_apart", trials: [1], of: 2, replicates: 3 },
    ]);
    // In another objective it is another.
    const both = noisy.map(([own], at) => [own, own.map((_, i) => 100 * at + i)]);
    expect(kinds({ parameters: [["a", "b", "c"]], objectives: [least, most], values: both })).not.toContain("not_told_apart");
    // Those that cannot be chosen are not named.
    const limited = { parameters: [["a", "b", "c"]], objectives: [least], values: noisy };
    const breaks = [{ figure: "cost", atMost: 1, atLeast: null }];
    expect(kinds({ ...limited, more: (at) => ({ breaks: at === 1 ? breaks : [] }) })).not.toContain("not_told_apart");
  });

  it("a chosen value at the edge of what was tried is told, where there is a beyond", () => {
    const made = { parameters: [[1, 2, 3]], objectives: [most], values: ofOne(1, 2, 3) };
    expect(found(made)).toContainEqual({ kind: "at_the_edge", path: "p0", value: "3" });
    expect(kinds({ ...made, parameters: [[1, 2, 3, 4]], values: ofOne(2, 4, 4, 3) })).not.toContain("at_the_edge");
    // Beyond it the scenario allows nothing.
    expect(kinds({ ...made, bounds: [{ path: "p0", value: 3 }] })).not.toContain("at_the_edge");
    expect(kinds({ ...made, bounds: [{ path: "p0", value: 1 }] })).toContain("at_the_edge");
    // Words have no beyond, and of two values both are ends.
    expect(kinds({ ...made, parameters: [["a", "b", "c"]] })).not.toContain("at_the_edge");
    expect(kinds({ parameters: [[1, 2]], objectives: [most], values: ofOne(1, 2) })).not.toContain("at_the_edge");
    const ranged = { parameters: [range(0, 1)], assignments: [[0], [0.5], [1]], objectives: [most], ended: "budget" as const };
    expect(found({ ...ranged, values: ofOne(5, 1, 0), study: { sampler: "random" } })).toContainEqual({
      kind: "at_the_edge",
      path: "p0",
      value: "0",
    });
    // A search of a range meets no end exactly.
    const near = (...assignments: number[]) => ({
      ...ranged,
      assignments: assignments.map((one) => [one]),
      values: ofOne(0, 1, 5),
      study: { sampler: "random" as const },
    });
    expect(found(near(0.2, 0.5, 0.951))).toContainEqual({ kind: "at_the_edge", path: "p0", value: "0.951", end: "1" });
    expect(found(near(0.2, 0.5, 0.049))).toContainEqual({ kind: "at_the_edge", path: "p0", value: "0.049", end: "0" });
    expect(kinds(near(0.2, 0.5, 0.949))).not.toContain("at_the_edge");
    expect(kinds({ ...near(0.2, 0.5, 0.951), bounds: [{ path: "p0", value: 1 }] })).not.toContain("at_the_edge");
  });

  it("a search that ended early says what part it saw", () => {
    const parameters = [[1, 2, 3, 4]];
    const made = { parameters, objectives: [most], values: ofOne(1, 3), study: { trials: 2 } };
    expect(found({ ...made, ended: "budget" })).toContainEqual({ kind: "cut_short", trials: 2, of: 2, sampler: "grid" });
    expect(found({ ...made, ended: "time", study: {} })).toContainEqual({ kind: "cut_short", trials: 2, of: 4, sampler: "grid" });
    expect(found({ ...made, ended: "time", study: { sampler: "random", trials: 3 } })).toContainEqual({
      kind: "cut_short",
      trials: 2,
      of: 3,
      sampler: "random",
    });
    // A budget that was used up is no early end, of a sampler that chooses from all of the space.
    expect(kinds({ ...made, ended: "budget", study: { sampler: "random", trials: 2 } })).not.toContain("cut_short");
    expect(kinds({ ...made, ended: "exhausted", values: ofOne(1, 2, 3, 4), study: {} })).not.toContain("cut_short");
  });

  it("trials that break a limit, and those that were given up, are counted", () => {
    const made = { parameters: [["a", "b", "c"]], objectives: [most], values: [[[1, 2]], [[2, 4]], [[3]]] };
    const breaks = [{ figure: "cost", atMost: 1, atLeast: null }];
    const findings = found({ ...made, more: (at) => (at === 0 ? { breaks } : at === 2 ? { status: "pruned" } : {}) });
    expect(findings).toContainEqual({ kind: "limits_broken", trials: 1, of: 3 });
    expect(findings).toContainEqual({ kind: "pruned", trials: 1, of: 3 });
    expect(kinds({ ...made, values: [[[1, 2]], [[2, 4]], [[3, 3]]] })).not.toEqual(expect.arrayContaining(["limits_broken", "pruned"]));
  });

  it("a choice that nothing judged says why", () => {
    expect(found({ parameters: [[1, 2]], objectives: [most], values: ofOne(1, 2) })).toContainEqual(NOT_JUDGED);
    expect(found({ parameters: [[1]], objectives: [most], values: ofOne(1) })).toContainEqual({
      kind: "not_judged",
      reason: "fewer than two trials could be chosen",
    });
  });

  it("the scenario as it stands is said to be better where it is, and keeps the limits", () => {
    const base = { values: [[5]], heldOut: null, spans: [], limited: [], spansLimited: [], breaks: [] };
    const made = { parameters: [["a", "b"]], objectives: [most], values: ofOne(1, 2) };
    expect(kinds({ ...made, base })).toContain("now_is_better");
    expect(kinds({ ...made, base: { ...base, values: [[2]] } })).not.toContain("now_is_better");
    expect(kinds({ ...made, base: { ...base, values: [[2 + 1e-9]] } })).toContain("now_is_better");
    const breaks = [{ figure: "cost", atMost: 1, atLeast: null }];
    expect(kinds({ ...made, base: { ...base, breaks } })).not.toContain("now_is_better");
    // Better in one objective, and a little worse in the other.
    const two = {
      parameters: [["a", "b"]],
      objectives: [most, least],
      values: [
        [[1], [4]],
        [[2], [3]],
      ],
    };
    expect(kinds({ ...two, base: { ...base, values: [[5], [3]] } })).toContain("now_is_better");
    expect(kinds({ ...two, base: { ...base, values: [[5], [3 + 1e-9]] } })).not.toContain("now_is_better");
  });

  it("a gap that is shorter than what the rule looks back is told", () => {
    const window = { fromMs: 0, toMs: 70 * DAY };
    const short = timeSpans({ kind: "walk_forward", windows: 3, anchored: false, gapMs: 2 * DAY, embargoMs: 0 }, window, 5 * DAY);
    const made = { parameters: [["a", "b"]], objectives: [most], values: ofOne(1, 2) };
    expect(found({ ...made, time: short, more: () => ({ spans: short.spans.map(() => null) }) })).toContainEqual({
      kind: "short_gap",
      gap_days: 2,
      window_days: 5,
    });
  });

  it("a choice that later windows do not bear out cannot be told from none; one that they do is not doubted", () => {
    const time = timeSpans({ kind: "walk_forward", windows: 7, anchored: false, gapMs: 0, embargoMs: 0 }, { fromMs: 0, toMs: 70 * DAY }, 0);
    const names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];
    const made = (spanOf: (trial: number, span: number) => number) => ({
      parameters: [names],
      objectives: [most],
      values: names.map((_, trial) => [[spanOf(trial, 0)]]),
      random: [],
      time,
      more: (trial: number) => ({ spans: time.spans.map((_, span) => [spanOf(trial, span)]) }),
    });
    // The same trial is the best in all windows.
    expect(kinds(made((trial) => trial))).toEqual(["these_data_alone"]);
    // Another one is, in each.
    const turning = found(made((trial, span) => (trial * 5 + span * 7) % 12));
    expect(turning).toContainEqual({ kind: "cannot_tell", objectives: ["gain"], by: "walk_forward", isTooFew: false });
    // Nothing moves: that there is nothing to tell is another finding.
    expect(kinds(made(() => 1))).toEqual(["flat_objective", "parameter_without_effect", "these_data_alone"]);
  });

  it("too few windows are said to be too few", () => {
    const time = timeSpans({ kind: "walk_forward", windows: 2, anchored: false, gapMs: 0, embargoMs: 0 }, { fromMs: 0, toMs: 20 * DAY }, 0);
    const findings = found({
      parameters: [["a", "b"]],
      objectives: [most],
      values: ofOne(1, 2),
      time,
      more: (trial) => ({ spans: time.spans.map(() => [trial]) }),
    });
    expect(findings).toContainEqual({ kind: "cannot_tell", objectives: ["gain"], by: "walk_forward", isTooFew: true });
  });

  it("several objectives are judged as the compromise that chose", () => {
    const heldOut = Array.from({ length: 12 }, (_, i) => i + 4);
    const names = ["a", "b", "c", "d", "e", "f"];
    const made = (heldOf: (trial: number, replicate: number) => readonly [number, number]) => ({
      parameters: [names],
      objectives: [least, most],
      values: names.map((_, trial) => [[trial], [10 - trial]].map((own) => [...own, ...own])),
      heldOut,
      more: (trial: number) => ({
        heldOut: [0, 1].map((k) => heldOut.map((replicate) => heldOf(trial, replicate)[k])),
      }),
    });
    const apart = found(made((trial, replicate) => [(trial * 5 + replicate * 7) % 6, (trial + replicate * 5) % 6]));
    expect(apart).toContainEqual({ kind: "cannot_tell", objectives: ["cost", "gain"], by: "held_out", isTooFew: false });
    expect(kinds(made((trial, replicate) => [trial + replicate / 100, 10 - trial]))).not.toContain("cannot_tell");
  });
});
