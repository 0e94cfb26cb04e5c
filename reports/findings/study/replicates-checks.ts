import { FEWEST_SPREAD, FLAT_GINI } from "../../../engine/index.js";
import { formatFigure } from "../../format/figure.js";
import { formatShare, plural } from "../../format/numbers.js";
import type { FigureSummary, StudySummary } from "../../study-summary.js";
import { type Check, declarationOf } from "../check.js";
import { payTooFlat } from "../run/pay-too-flat.js";
import { LEAST_MOVED, retentionWithoutEffect } from "../run/retention-without-effect.js";
import { strategyBeatsHolding } from "../run/strategy-beats-holding.js";

/** Of fewer replicates intervals rest on the shape of what is drawn. */
const FEW = 10;
const ADVANTAGE = "advantage/";

const strategies: Check<StudySummary> = {
  ...declarationOf(strategyBeatsHolding),
  find: ({ figures }) =>
    strategyBeatsHolding.find(
      figures
        .filter(({ name, low, high }) => name.startsWith(ADVANTAGE) && low !== null && high !== null)
        .map(({ name, mean, low, high, n }) => ({
          name: name.slice(ADVANTAGE.length),
          against: "hold",
          by: "replicates" as const,
          meanTao: mean,
          baseTao: null,
          interval: { low: low ?? mean, high: high ?? mean },
          n,
        })),
    ),
};

const flat: Check<StudySummary> = {
  ...declarationOf(payTooFlat),
  severities: ["warning"],
  threshold: `The 95 % interval of \`gini_after\` (${FEWEST_SPREAD} miners or more; of one replicate the figure itself) is below ${FLAT_GINI}.`,
  find: ({ figures }) => {
    const [after, miners] = ["gini_after", "miners"].map((name) => figureOf(figures, name));
    if (after === undefined || (miners?.mean ?? FEWEST_SPREAD) < FEWEST_SPREAD || !((after.high ?? after.mean) < FLAT_GINI)) return null;
    const before = figureOf(figures, "gini_before");
    return {
      severity: "warning",
      title: `Pay is nearly flat: the Gini coefficient is ${formatFigure(after.mean)} in the mean over ${plural(after.n, "replicate")}.`,
      evidence: before === undefined ? [] : [`Of base weights it is ${formatFigure(before.mean)}.`],
      tries: ["Look at one replicate: its findings name the cause."],
    };
  },
};

const still: Check<StudySummary> = {
  ...declarationOf(retentionWithoutEffect),
  threshold: `\`pot_moved\` is below ${LEAST_MOVED * 100} % in every replicate.`,
  applies: ({ figures }) => figureOf(figures, "pot_moved") !== undefined,
  find: ({ figures }) => {
    const moved = figureOf(figures, "pot_moved");
    if (moved === undefined || moved.max >= LEAST_MOVED) return null;
    return {
      severity: "warning",
      title: "The rule has no effect: in no replicate it moves anything worth mentioning.",
      evidence: [`At most ${formatShare(moved.max)} of the pots move, of ${plural(moved.n, "replicate")}.`],
      tries: ["Look at one replicate: its findings name the cause."],
    };
  },
};

const failed: Check<StudySummary> = {
  code: "replicates_failed",
  severities: ["serious"],
  says: "Some replicates failed, and no figure counts them.",
  threshold: "One is enough: those that fail are seldom drawn at random.",
  tries: "Read the first error; a rule that fails for some draws fails on a chain, too.",
  find: ({ failed: entries, finished }) => {
    const [first] = entries;
    if (first === undefined) return null;
    return {
      severity: "serious",
      title: `${plural(entries.length, "replicate")} of ${finished + entries.length} failed, and no figure counts them.`,
      evidence: [`Replicate ${first.replicate}: ${first.error.code}: ${first.error.what}`],
      tries: ["Mend what fails there: figures over the others are those of the draws that happened to pass."],
    };
  },
};

const few: Check<StudySummary> = {
  code: "few_replicates",
  severities: ["note"],
  says: "There are few replicates for intervals.",
  threshold: `Fewer than ${FEW} finished, of a scenario that draws random numbers.`,
  tries: "`--replicates 20`: those that are there are kept.",
  find: ({ finished, random }) =>
    random.length === 0 || finished >= FEW
      ? null
      : {
          severity: "note",
          title: `${plural(finished, "replicate")}: look twice at an interval of fewer than ${FEW}.`,
          evidence: [
            "Student's interval is exact where figures are normal, and good for means of a few dozen of anything without outliers.",
          ],
          tries: ["The same command with --replicates 20 keeps what is there, and runs the others."],
        },
};

function figureOf(figures: readonly FigureSummary[], name: string): FigureSummary | undefined {
  return figures.find((figure) => figure.name === name);
}

/** What is asked of a folder of replicates. */
export const REPLICATES_CHECKS: readonly Check<StudySummary>[] = [failed, strategies, flat, still, few];
