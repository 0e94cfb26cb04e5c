import type { TuningFinding } from "../../../studies/index.js";
import { formatShare, plural } from "../../format/numbers.js";
import { findingWords } from "../../tuning/findings-text.js";
import type { TuningReport } from "../../tuning/tuning-report.js";
import type { Check, CheckDeclaration, Found } from "../check.js";

/** As often as not the best of one half is no better than the median on the other: chance does as well. */
const OVERFITTED = 0.5;
/** Where half of the other trials may be as good, the search has not decided. */
const ALIKE = 0.5;

/** A check that tells in order what the analysis of a tuning found of some kinds. */
function told(
  declaration: CheckDeclaration,
  kinds: readonly TuningFinding["kind"][],
  title: (found: readonly TuningFinding[]) => string,
): Check<TuningReport> {
  const [severity] = declaration.severities;
  return {
    ...declaration,
    find: ({ findings }) => {
      const found = findings.filter(({ kind }) => kinds.includes(kind));
      return found.length === 0 ? null : { severity, title: title(found), evidence: found.map(findingWords), tries: [declaration.tries] };
    },
  };
}

const atEdge = told(
  {
    code: "parameter_at_edge",
    severities: ["warning"],
    says: "The chosen value of a parameter is the first or the last that was tried: better ones may lie beyond.",
    threshold:
      "The value lies within 5 % of the range of an end of it, or is an end of a list of more than two numbers; that end is not a bound that the parameter itself has, and the parameter matters.",
    tries: "Widen the range on that side, and go on; the plateau of the choice is known then.",
  },
  ["at_the_edge"],
  (found) =>
    `${plural(found.length, "chosen value").replace(/^1 chosen value$/, "A chosen value")} ${found.length === 1 ? "lies" : "lie"} at the edge of what was tried.`,
);

const nowIsBetter = told(
  {
    code: "now_is_better",
    severities: ["serious"],
    says: "The scenario as it stands is better than what the search chose.",
    threshold: "In every objective as good or better, in one better, and within the limits.",
    tries: "Leave the values, or search where they lie.",
  },
  ["now_is_better"],
  () => "The scenario as it stands is better than the chosen trial.",
);

const withoutEffect = told(
  {
    code: "parameter_without_effect",
    severities: ["warning"],
    says: "A parameter makes no difference, or an objective none between trials: the data cannot decide by it.",
    threshold:
      "On a complete grid all trials that differ in the parameter alone have equal objectives; of an objective all trials are equal.",
    tries: "Vary something else, or take data in which miners differ.",
  },
  ["parameter_without_effect", "flat_objective"],
  () => "What was varied, or wanted, makes no difference in these data.",
);

const undecided = told(
  {
    code: "data_undecided",
    severities: ["note"],
    says: "What these data and this search leave open.",
    threshold: "Whatever the analysis of the tuning says beside the checks above (docs/explanation/tuning-statistics.md).",
    tries: "More replicates, a longer time, or a complete search; whichever the sentences name.",
  },
  ["undecided", "one_draw", "these_data_alone", "not_judged", "short_gap", "cut_short", "limits_broken", "pruned"],
  () => "Some things are left open by these data and this search.",
);

const tooMany: Check<TuningReport> = {
  code: "too_many_trials",
  severities: ["serious", "warning"],
  says: "More was tried than the data can tell apart: the best of many trials is best by luck.",
  threshold: `The choice cannot be told to be better than a trial taken at random out of sample; or the probability of overfitting is ${OVERFITTED * 100} % or more; or ${ALIKE * 100} % of the other trials cannot be told apart from the chosen one. Serious where the first two are so.`,
  tries: "Fewer values, more replicates, a longer time; or take the plainest of the trials that are alike.",
  find: (report) => {
    const cannot = report.findings.filter(({ kind }) => kind === "cannot_tell");
    const overfitted = report.objectives.flatMap(({ name }, k) => {
      const found = report.trust.overfitting[k];
      return found !== null && found.overfitting_probability >= OVERFITTED && found.chosen_trials > 1
        ? [
            `${name}: in ${formatShare(found.overfitting_probability)} of ${found.splits} splits the best of one half is no better than the median trial on the other.`,
          ]
        : [];
    });
    const alike = report.findings.filter((one) => one.kind === "not_told_apart" && one.trials.length >= ALIKE * one.of);
    if (cannot.length + overfitted.length + alike.length === 0) return null;
    return {
      severity: cannot.length > 0 && overfitted.length > 0 ? "serious" : "warning",
      title: `${plural(report.trials.length, "trial")} are more than these data can tell apart.`,
      evidence: [...[...cannot, ...alike].map(findingWords), ...overfitted],
      tries: [
        "Try fewer values, or give the search more to tell them apart by: --replicates 20, a longer time.",
        "Take the trial nearest to the scenario as it stands, of those that are alike.",
      ],
    } satisfies Found;
  },
};

/** What is asked of a tuning. */
export const TUNING_CHECKS: readonly Check<TuningReport>[] = [nowIsBetter, tooMany, atEdge, withoutEffect, undecided];
