import type { JudgedBy, ObjectiveJudgement, OverfittingFigures } from "../../studies/index.js";
import { formatFigure } from "../format/figure.js";
import { plural } from "../format/numbers.js";
import type { ReportStyle } from "../style.js";
import { renderTable, type TableColumn } from "../table.js";
import { hanging } from "../text/paragraph.js";
import { percentOf } from "./percent-of.js";
import { shortChangeRange, shortFigure } from "./short-figure.js";
import type { TuningReport } from "./tuning-report.js";

const JUDGED_BY: Readonly<Record<JudgedBy, string>> = {
  held_out: "replicates that nothing was chosen by",
  walk_forward: "chosen in one window of the time, judged in the next",
  combinatorial: "chosen in some parts of the time, judged in the others",
};

const VERDICTS: Readonly<Record<ObjectiveJudgement["verdict"], string>> = {
  better: "holds up",
  cannot_tell: "cannot tell",
  worse: "does not hold up",
  flat: "all the same",
};

interface Row {
  readonly objective: string;
  readonly judged: ObjectiveJudgement;
  /** Losses are told as the figures that they are of. */
  readonly sign: number;
  /** Is it what was chosen by? A compromise need not be better than any trial in each objective. */
  readonly isChosenBy: boolean;
}

/** In sample beside out of sample, and how likely a choice like this is overfitted. */
export function trustText({ trust, objectives, trials }: TuningReport, style: ReportStyle): string {
  const figure = (value: number | null, sign: number) => (value === null ? "" : formatFigure(value * sign));
  const columns: TableColumn<Row>[] = [
    { head: "objective", cell: ({ objective }) => objective },
    { head: "in sample", align: "right", cell: ({ judged, sign }) => figure(judged.inSample, sign) },
    { head: "out of sample", align: "right", cell: ({ judged, sign }) => figure(judged.outOfSample, sign) },
    { head: "any trial there", align: "right", cell: ({ judged, sign }) => figure(judged.meanOutOfSample, sign) },
    { head: "better by (99 %)", align: "right", dropOrder: 1, cell: ({ judged }) => intervalWords(judged) },
    { head: "verdict", cell: verdictWords },
  ];
  const tables = trust.judgements.map(({ by, judgement, compromise }) => {
    const count =
      judgement.per === "fold" ? plural(judgement.folds.length, "time") : plural(judgement.objectives[0].improvements.length, "replicate");
    const rows: Row[] = objectives.map(({ name, better }, k) => ({
      objective: name,
      judged: judgement.objectives[k],
      sign: better === "max" ? -1 : 1,
      isChosenBy: compromise === null,
    }));
    if (compromise !== null)
      rows.push({ objective: "distance from the best", judged: compromise.objectives[0], sign: 1, isChosenBy: true });
    const explained = `(${JUDGED_BY[by]}: ${count}; ${plural(trials.length, "trial")} were tried)`;
    return `${hanging("Out of sample ", explained, style, { lead: style.bold })}\n${renderTable(columns, rows, style)}`;
  });
  const lines = objectives.flatMap(({ name }, k) => overfittingWords(name, trust.overfitting[k]));
  if (lines.length === 0) return tables.join("\n\n");
  const over = trust.over === "replicates" ? "replicates" : "blocks of the time";
  const explained = `(the best trial of one half of the ${over}, judged on the other half, in all ways there are)`;
  const overfitted = [
    hanging("Overfitting ", explained, style, { lead: style.bold }),
    ...lines.map((words) => hanging("  - ", style.legible(words), style)),
  ].join("\n");
  return [...tables, overfitted].join("\n\n");
}

function verdictWords({ isChosenBy, judged: { verdict, isTooFew, canBeTold } }: Row): string {
  if (!isChosenBy) return "";
  return `${VERDICTS[verdict]}${verdict === "cannot_tell" && (isTooFew || !canBeTold) ? " (too few)" : ""}`;
}

function intervalWords({ interval }: ObjectiveJudgement): string {
  return interval === null ? "" : shortChangeRange(interval);
}

function overfittingWords(name: string, found: OverfittingFigures | null): string[] {
  if (found === null) return [];
  const {
    overfitting_probability: overfitted,
    loss_probability: loss,
    degradation_slope: slope,
    chosen_trials: chosen,
    dominates,
    splits,
  } = found;
  const moves =
    chosen === 1
      ? "the same trial is best in all"
      : slope === null
        ? "in sample it is the same in all"
        : `its lead out of sample moves by ${shortFigure(slope)} for 1 in sample`;
  const dominance = dominates.first_order
    ? "at every level ahead of any trial"
    : dominates.second_order
      ? "on balance ahead of any trial"
      : "not ahead of any trial at every level";
  return [
    `${name}: in ${percentOf(overfitted)} of ${splits} splits no better than the median trial (the probability of overfitting), in ${percentOf(loss)} worse than the mean; ${moves}; ${dominance}.`,
  ];
}
