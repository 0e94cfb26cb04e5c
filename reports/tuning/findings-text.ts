import type { TuningFinding } from "../../studies/index.js";
import { plural } from "../format/numbers.js";
import type { ReportStyle } from "../style.js";
import { UNDECIDED } from "../text/metrics-text.js";
import { hanging } from "../text/paragraph.js";
import type { TuningReport } from "./tuning-report.js";

/** What the data decide, and what not. */
export function findingsText({ findings }: TuningReport, style: ReportStyle): string {
  if (findings.length === 0) return "";
  const lines = findings.map((finding) => hanging("  - ", style.legible(findingWords(finding)), style));
  return [style.bold("What the data decide, and what not"), ...lines].join("\n");
}

const SHOWN_TRIALS = 8;

/** One of them in a sentence. */
export function findingWords(finding: TuningFinding): string {
  switch (finding.kind) {
    case "flat_objective":
      return `${finding.objective} is the same in all trials: these data cannot decide by it.`;
    case "parameter_without_effect":
      return `No value of ${finding.path} makes a difference here: these data cannot decide it.`;
    case "undecided":
      return `These data cannot decide ${undecidedWords(finding.what)} (docs/explanation/redistribution.md).`;
    case "one_draw":
      return "This is one draw of the random numbers. Another may say otherwise: --replicates 10 tells how sure the order is.";
    case "these_data_alone":
      return "Nothing is drawn at random: the figures are exact for these data, and say nothing of how the next quarter goes.";
    case "not_told_apart": {
      const { trials, of, replicates } = finding;
      const list = `${trials.slice(0, SHOWN_TRIALS).join(", ")}${trials.length > SHOWN_TRIALS ? ", ..." : ""}`;
      return `${trials.length} of ${of} other trials cannot be told apart from the chosen one with ${replicates} replicates: ${list}.`;
    }
    case "at_the_edge":
      return finding.end === undefined
        ? `${finding.path} ${finding.value} is the last value that was tried on its side: what lies beyond may be better.`
        : `${finding.path} ${finding.value} lies next to ${finding.end}, the end of its range: what lies beyond may be better.`;
    case "cut_short":
      return finding.sampler === "grid"
        ? `Only ${finding.trials} of ${finding.of ?? "all"} combinations were tried, the first ones: of the rest nothing is known. Without --time, or with more trials, the same command goes on.`
        : `The search was ended after ${plural(finding.trials, "trial")}${finding.of === null ? "" : ` of ${finding.of}`}: the same command goes on.`;
    case "limits_broken":
      return `${finding.trials} of ${finding.of} trials do not keep the limits and cannot be chosen.`;
    case "pruned":
      return `${finding.trials} of ${finding.of} trials were given up early, since others did better: their figures are of fewer replicates.`;
    case "now_is_better":
      return "The scenario as it stands (now) is better than the chosen trial: leave it, or look elsewhere.";
    case "short_gap":
      return `Only ${finding.gap_days} days are left out between what is learned from and what is judged, and the rule looks back ${finding.window_days}: what was held there is paid for here, so what holds up is worth less.`;
    case "not_judged":
      return `The choice was not judged on other data: ${finding.reason}.`;
    case "cannot_tell": {
      const { objectives, by, isTooFew } = finding;
      const judged = { held_out: "held-out replicates", walk_forward: "later windows", combinatorial: "other parts of the time" }[by];
      const few = isTooFew
        ? `: there are too few ${by === "held_out" ? "replicates" : "windows"}, even to be the best trial in each could be luck`
        : "";
      const what = objectives.length > 1 ? `as a compromise of ${listed(objectives)}` : `in ${objectives.join()}`;
      return `Cannot tell: by ${judged} what is chosen is not surely better ${what} than a trial taken at random${few}.`;
    }
  }
}

/** "a, b and c". */
function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function undecidedWords(what: string): string {
  return Object.hasOwn(UNDECIDED, what) ? UNDECIDED[what as keyof typeof UNDECIDED] : what;
}
