import type { TuningFinding } from "../../studies/index.js";
import { formatFigure } from "../format/figure.js";
import { formatFigureChange } from "../format/figure-change.js";
import { plural } from "../format/numbers.js";
import type { ReportStyle } from "../style.js";
import { renderTable, type TableColumn } from "../table.js";
import { hanging, paragraph } from "../text/paragraph.js";
import { typedPath } from "../text/typed-path.js";
import { heatMap } from "./heat-map.js";
import type { TuningReport, TuningTrialReport } from "./tuning-report.js";

/** Rows of the table of trials; all are in `--json`. */
const ROWS = 20;

/** What trials came to: the chosen one and why, the table, maps, and what the data decide. */
export function tuningText(report: TuningReport, style: ReportStyle): string {
  const parts = [
    headText(report, style),
    trialsText(report, style),
    ...report.objectives.map(({ name }) => heatMap(report, name, style)),
    findingsText(report, style),
    nextText(report, style),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function headText(report: TuningReport, style: ReportStyle): string {
  const { scenario, trials, replicates, seed, parameters, objectives } = report;
  const runs = replicates.length === 1 ? "one run each" : `${replicates.length} replicates each, the same draws for all`;
  const line = (name: string, text: string) => hanging(`  ${name.padEnd(12)}`, style.legible(text), style);
  const wanted = objectives.map(({ name, better }) => `${name} (${better === "max" ? "the more the better" : "the less the better"})`);
  return [
    hanging("Tuned ", `${style.legible(scenario)}: ${plural(trials.length, "trial")}, ${runs} (seed ${seed})`, style, { lead: style.bold }),
    ...parameters.map(({ path, values }, at) => line(at === 0 ? "varied" : "", `${path}: ${shortList(values)}`)),
    ...wanted.map((words, at) => line(at === 0 ? "wanted" : "", words)),
    ...chosenLines(report).map((words, at) => line(at === 0 ? "chosen" : "", words)),
  ].join("\n");
}

function shortList(values: readonly (number | string | boolean)[]): string {
  return values.length <= 8
    ? values.join(", ")
    : `${values.slice(0, 3).join(", ")}, ... ${values.slice(-2).join(", ")} (${values.length} values)`;
}

/** The chosen trial and why it is it, in words. */
function chosenLines({ chosen, trials, front, objectives }: TuningReport): string[] {
  if (chosen === null) return ["none: all trials failed"];
  const { set } = trials[chosen];
  const values = Object.entries(set).map(([path, value]) => `${path} ${value}`);
  const [only, ...more] = objectives;
  if (more.length === 0) {
    return [
      `${values.join(", ")} (trial ${chosen})`,
      `of its ${only.name} and that of the trials one step away the worst is better than anywhere else`,
    ];
  }
  const reached = objectives.map(({ name, better }) => {
    const means = front.map((one) => trials[one].objectives?.[name].mean ?? Number.NaN);
    const [least, most] = [Math.min(...means), Math.max(...means)];
    const best = better === "max" ? most : least;
    const worst = better === "max" ? least : most;
    return `${name} ${formatFigure(trials[chosen].objectives?.[name].mean ?? Number.NaN)} (best ${formatFigure(best)}, worst ${formatFigure(worst)})`;
  });
  return [
    `${values.join(", ")} (trial ${chosen})`,
    `of ${plural(front.length, "trial")} on the front the one nearest to the best of each at once: ${reached.join("; ")}`,
  ];
}

function trialsText(report: TuningReport, style: ReportStyle): string {
  const { trials, parameters, objectives, front, chosen, replicates } = report;
  const finished = trials.filter((trial) => trial.objectives !== null);
  if (finished.length === 0) return failedText(report, style);
  const [first] = objectives;
  const value = (trial: TuningTrialReport, name: string) => trial.objectives?.[name].mean ?? Number.NaN;
  const byFirst = [...finished].sort(
    (a, b) =>
      Number(b.is_on_front) - Number(a.is_on_front) ||
      (value(a, first.name) - value(b, first.name)) * (first.better === "min" ? 1 : -1) ||
      a.trial - b.trial,
  );
  const shown = byFirst.slice(0, ROWS);
  const columns: TableColumn<TuningTrialReport>[] = [
    { head: "trial", align: "right", cell: ({ trial }) => `${trial === chosen ? "* " : ""}${trial}` },
    ...parameters.map(({ path }) => ({
      head: path.split(".").at(-1) ?? path,
      align: "right" as const,
      cell: ({ set }: TuningTrialReport) => String(set[path]),
    })),
    ...objectives.flatMap(({ name }): TableColumn<TuningTrialReport>[] => [
      { head: name, align: "right", cell: (trial) => formatFigure(value(trial, name)) },
      ...(replicates.length > 1
        ? [
            {
              head: "from chosen",
              align: "right" as const,
              dropOrder: 1,
              cell: (trial: TuningTrialReport) => differenceWords(trial, name),
            },
          ]
        : []),
    ]),
    { head: "front", dropOrder: 2, cell: ({ is_on_front }) => (is_on_front ? "front" : "") },
  ];
  const explained = `(* chosen; front: no other is better in one objective without being worse in another: ${front.length} of ${finished.length})`;
  const rest = byFirst.length > shown.length ? `\n${style.dim(`and ${byFirst.length - shown.length} more (--json)`)}` : "";
  const failed = failedText(report, style);
  return `${hanging("Trials ", explained, style, { lead: style.bold })}\n${renderTable(columns, shown, style)}${rest}${failed === "" ? "" : `\n${failed}`}`;
}

function differenceWords({ objectives }: TuningTrialReport, name: string): string {
  const from = objectives?.[name].from_chosen;
  if (from?.interval == null) return "";
  const { low, high } = from.interval;
  if (low === 0 && high === 0) return "the same";
  return `${formatFigureChange(low)} to ${formatFigureChange(high)}`;
}

function failedText({ trials }: TuningReport, style: ReportStyle): string {
  const failed = trials.filter(({ objectives }) => objectives === null);
  const [first] = failed;
  if (first === undefined) return "";
  const set = Object.entries(first.set).map(([path, value]) => `${path}=${value}`);
  const words = `${plural(failed.length, "trial")} failed, the first with ${set.join(", ")}: ${first.error?.code ?? ""} ${first.error?.what ?? ""}`;
  return paragraph(style.legible(words), style);
}

function findingsText({ findings, trials }: TuningReport, style: ReportStyle): string {
  if (findings.length === 0) return "";
  const lines = findings.map((finding) => hanging("  - ", style.legible(findingWords(finding, trials)), style));
  return [style.bold("What the data decide, and what not"), ...lines].join("\n");
}

const SHOWN_TRIALS = 8;

function findingWords(finding: TuningFinding, trials: readonly TuningTrialReport[]): string {
  switch (finding.kind) {
    case "flat_objective":
      return `${finding.objective} is the same in all trials: these data cannot decide by it.`;
    case "parameter_without_effect":
      return `No value of ${finding.path} makes a difference here: these data cannot decide it.`;
    case "undecided":
      return `Every run says that its data cannot decide ${finding.what} (docs/explanation/redistribution.md).`;
    case "one_draw":
      return "This is one draw of the random numbers. Another may say otherwise: --replicates 10 tells how sure the order is.";
    case "these_data_alone":
      return "Nothing is drawn at random: the figures are exact for these data, and say nothing of how the next quarter goes. Tune on a part of the time (--set time...) and look at the rest.";
    case "not_told_apart": {
      const { trials: alike, of, replicates } = finding;
      const named = alike.slice(0, SHOWN_TRIALS).map((one) => trials[one].trial);
      const list = `${named.join(", ")}${alike.length > SHOWN_TRIALS ? ", ..." : ""}`;
      return `${alike.length} of ${of} other trials cannot be told apart from the chosen one with ${replicates} replicates: ${list}.`;
    }
    case "at_the_edge":
      return `${finding.path} ${finding.value} is the last value that was tried on its side: what lies beyond may be better.`;
  }
}

function nextText({ chosen, trials, scenario, dir }: TuningReport, style: ReportStyle): string {
  const where = paragraph(`All trials are in ${typedPath(dir)} (trials.jsonl, manifest.json). The same command goes on there.`, style);
  if (chosen === null) return where;
  const sets = Object.entries(trials[chosen].set).map(([path, value]) => `--set ${path}=${value}`);
  return `${where}\n\n${style.bold("Try next:")}\n${hanging("  ", `npx tenure run ${style.legible(scenario)} ${sets.join(" ")}`, style)}`;
}
