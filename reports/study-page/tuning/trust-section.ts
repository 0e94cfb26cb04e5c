import * as Plot from "@observablehq/plot";
import type { JudgedBy, ObjectiveJudgement } from "../../../studies/index.js";
import { formatFigure } from "../../format/figure.js";
import { plural } from "../../format/numbers.js";
import { colour } from "../../html/colours.js";
import { dataTable } from "../../html/data-table.js";
import { chartFigure, figures } from "../../html/figure.js";
import { type Html, html, NOTHING } from "../../html/html.js";
import type { PageSection } from "../../html/page.js";
import { drawPlot } from "../../html/plot.js";
import { percentOf } from "../../tuning/percent-of.js";
import { shortChangeRange } from "../../tuning/short-figure.js";
import type { TuningReport } from "../../tuning/tuning-report.js";
import type { TuningPageData } from "./tuning-page-data.js";

const JUDGED_BY: Readonly<Record<JudgedBy, string>> = {
  held_out: "Judged by replicates that nothing was chosen by",
  walk_forward: "Chosen in one window of the time, judged in the next",
  combinatorial: "Chosen in some parts of the time, judged in the others",
};
const VERDICTS: Readonly<Record<ObjectiveJudgement["verdict"], string>> = {
  better: "holds up",
  cannot_tell: "cannot tell",
  worse: "does not hold up",
  flat: "all the same",
};

/** What the choice is worth on data that it was not made by; null where it was not judged, and nothing can be said of overfitting. */
export function trustSection({ tuning }: TuningPageData): PageSection | null {
  const { judgements, overfitting } = tuning.trust;
  if (judgements.length === 0 && overfitting.every((one) => one === null)) return null;
  const drawn = judgements.flatMap((_, j) => tuning.objectives.map((__, k) => foldsFigure(tuning, j, k)));
  return {
    id: "trust",
    title: "In sample and out of sample",
    content: html`${judgements.map((judged) => judgedTable(tuning, judged))}${figures(...drawn)}${overfittingTable(tuning)}`,
  };
}

type Judged = TuningReport["trust"]["judgements"][number];

function judgedTable({ objectives }: TuningReport, { by, judgement, compromise }: Judged): Html {
  const rows = [
    ...objectives.map(({ name, better }, k) => ({
      name,
      sign: better === "max" ? -1 : 1,
      judged: judgement.objectives[k],
      isChosenBy: compromise === null,
    })),
    ...(compromise === null ? [] : [{ name: "distance from the best", sign: 1, judged: compromise.objectives[0], isChosenBy: true }]),
  ];
  type Row = (typeof rows)[number];
  const figure = (head: string, of: (judged: ObjectiveJudgement) => number | null) => ({
    head,
    align: "right" as const,
    cell: ({ judged, sign }: Row) => cellOf(of(judged), sign),
  });
  return dataTable<Row>(
    [
      { head: "objective", cell: ({ name }) => name },
      figure("in sample", ({ inSample }) => inSample),
      figure("out of sample", ({ outOfSample }) => outOfSample),
      figure("any trial there", ({ meanOutOfSample }) => meanOutOfSample),
      { head: "better by (99 %)", cell: ({ judged: { interval } }) => (interval === null ? "" : shortChangeRange(interval)) },
      { head: "verdict", cell: ({ judged: { verdict }, isChosenBy }) => (isChosenBy ? VERDICTS[verdict] : "") },
    ],
    rows,
    { caption: `${JUDGED_BY[by]}: ${plural(judgement.folds.length, "time")}` },
  );
}

function cellOf(value: number | null, sign: number): string {
  return value === null ? "" : formatFigure(value * sign);
}

function foldsFigure(tuning: TuningReport, j: number, k: number): Html | null {
  const { judgement, by, compromise } = tuning.trust.judgements[j];
  const need = compromise === null ? "" : " What is chosen is a compromise of all objectives, and need not be better in each.";
  const { name, better } = tuning.objectives[k];
  const sign = better === "max" ? -1 : 1;
  const folds = judgement.folds.flatMap(({ objectives }, at) => {
    const own = objectives?.[k];
    return own?.outOfSample == null || own.meanOutOfSample === null
      ? []
      : [{ fold: at + 1, inSample: own.inSample * sign, chosen: own.outOfSample * sign, any: own.meanOutOfSample * sign }];
  });
  if (folds.length < 2) return null;
  const ahead = folds.filter(({ chosen, any }) => (chosen - any) * sign < 0).length;
  const title = `Out of sample, what is chosen beats the mean trial in ${ahead} of ${folds.length} parts (${name})`;
  return chartFigure({
    id: `folds-${j}-${k}`,
    title,
    unit: `${name} (the ${better === "max" ? "more" : "less"} the better)`,
    caption: `${JUDGED_BY[by]}. Of each part: the chosen trial where it is judged (dot) and where it was chosen (ring), and the mean of all trials where it is judged (bar).${need}`,
    drawing: drawPlot(title, {
      x: { type: "band", domain: folds.map(({ fold }) => fold), label: "part", tickSize: 0 },
      y: { label: name, grid: true, nice: true },
      marks: [
        Plot.tickY(folds, { x: "fold", y: "any", stroke: "var(--soft)", strokeWidth: 2 }),
        Plot.dot(folds, { x: "fold", y: "inSample", stroke: colour(k), r: 5 }),
        Plot.dot(folds, { x: "fold", y: "chosen", fill: colour(k), r: 4 }),
      ],
    }),
    key: [
      { label: "chosen", colour: colour(k) },
      { label: "mean of all trials", colour: "var(--soft)" },
    ],
    command: null,
    rows: dataTable(
      [
        { head: "part", align: "right", cell: ({ fold }) => String(fold) },
        { head: "in sample", align: "right", cell: ({ inSample }) => formatFigure(inSample) },
        { head: "out of sample", align: "right", cell: ({ chosen }) => formatFigure(chosen) },
        { head: "any trial there", align: "right", cell: ({ any }) => formatFigure(any) },
      ],
      folds,
      { caption: `${name} of the chosen trial, part by part` },
    ),
  });
}

function overfittingTable({ trust, objectives }: TuningReport): Html {
  const rows = objectives.flatMap(({ name }, k) => {
    const found = trust.overfitting[k];
    return found === null ? [] : [{ name, ...found }];
  });
  if (rows.length === 0) return NOTHING;
  const over = trust.over === "replicates" ? "replicates" : "blocks of the time";
  return dataTable<(typeof rows)[number]>(
    [
      { head: "objective", cell: ({ name }) => name },
      {
        head: "probability of overfitting",
        align: "right",
        cell: (row) => percentOf(row.overfitting_probability),
      },
      { head: "worse than the mean", align: "right", cell: (row) => percentOf(row.loss_probability) },
      { head: "trials that are best of a half", align: "right", cell: (row) => String(row.chosen_trials) },
      { head: "splits", align: "right", cell: (row) => String(row.splits) },
    ],
    rows,
    { caption: `Overfitting: the best trial of one half of the ${over}, judged on the other half, in all ways there are` },
  );
}
