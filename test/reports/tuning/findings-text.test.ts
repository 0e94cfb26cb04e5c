import { expect, it } from "vitest";
import { PLAIN_STYLE } from "../../../reports/style.js";
import { findingsText } from "../../../reports/tuning/findings-text.js";
import type { TuningReport } from "../../../reports/tuning/tuning-report.js";
import type { TuningFinding } from "../../../studies/index.js";

const reported = (...findings: readonly TuningFinding[]) => findingsText({ findings } as unknown as TuningReport, PLAIN_STYLE);

it.each<[TuningFinding, string]>([
  [{ kind: "undecided", what: "one_sharer" }, "These data cannot decide any rule: each pot has a single taker"],
  [
    { kind: "cannot_tell", objectives: ["a", "b", "c"], by: "held_out", isTooFew: true },
    "as a compromise of a, b and c than a trial taken at random: there are too few replicates, even to be the best trial in each could be luck.",
  ],
  [
    { kind: "cannot_tell", objectives: ["a"], by: "walk_forward", isTooFew: false },
    "Cannot tell: by later windows what is chosen is not surely better in a than a trial taken at random.",
  ],
  [{ kind: "cut_short", trials: 3, of: 9, sampler: "grid" }, "Only 3 of 9 combinations were tried, the first ones"],
])("%j is told in words", (finding, words) => {
  expect(reported(finding)).toContain(words);
});

it("nothing is told where there is nothing", () => {
  expect(reported()).toBe("");
});
