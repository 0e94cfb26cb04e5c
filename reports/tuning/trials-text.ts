import { formatFigure } from "../format/figure.js";
import { plural } from "../format/numbers.js";
import type { ReportStyle } from "../style.js";
import { renderTable, type TableColumn } from "../table.js";
import { hanging, paragraph } from "../text/paragraph.js";
import { parameterHeads } from "./parameter-heads.js";
import { shortChangeRange } from "./short-figure.js";
import type { TuningReport, TuningTrialReport } from "./tuning-report.js";

/** Rows of the table of trials; all are in `--json`. */
const ROWS = 20;

/** The scenario as it stands, among trials. */
const NOW = { trial: -1, set: {}, status: "finished", replicates: 0, held_out: null, is_on_front: false, error: null } as const;

/** The table of trials: the scenario as it stands, the front, the best of the rest. */
export function trialsText(report: TuningReport, style: ReportStyle): string {
  const { trials, parameters, objectives, limits, front, chosen, replicates, base, base_breaks: breaks, base_limited: limited } = report;
  const finished = trials.filter((trial) => trial.objectives !== null);
  if (finished.length === 0) return failedText(report, style);
  const [first] = objectives;
  const value = (trial: TuningTrialReport, name: string) => trial.objectives?.[name].mean ?? Number.NaN;
  const byFirst = [...finished].sort(
    (a, b) =>
      Number(b.is_on_front) - Number(a.is_on_front) ||
      a.breaks.length - b.breaks.length ||
      (value(a, first.name) - value(b, first.name)) * (first.better === "min" ? 1 : -1) ||
      a.trial - b.trial,
  );
  const asItStands: TuningTrialReport[] = base === null ? [] : [{ ...NOW, objectives: base, breaks, limited }];
  const heads = parameterHeads(parameters.map(({ path }) => path));
  const columns: TableColumn<TuningTrialReport>[] = [
    { head: "trial", align: "right", cell: ({ trial }) => (trial === NOW.trial ? "now" : `${trial === chosen ? "* " : ""}${trial}`) },
    ...parameters.map(({ path }, at) => ({
      head: heads[at],
      align: "right" as const,
      cell: ({ set }: TuningTrialReport) => String(set[path] ?? ""),
    })),
    ...objectives.flatMap(({ name }): TableColumn<TuningTrialReport>[] => [
      { head: name, align: "right", cell: (trial) => formatFigure(value(trial, name)) },
      ...(replicates.length > 1
        ? [{ head: "from chosen", align: "right" as const, dropOrder: 2, cell: (trial: TuningTrialReport) => differenceWords(trial, name) }]
        : []),
    ]),
    // A limit's figure that is an objective stands there already.
    ...[...new Set(limits.map(({ figure }) => figure))]
      .filter((figure) => objectives.every(({ name }) => name !== figure))
      .map(
        (figure): TableColumn<TuningTrialReport> => ({
          head: figure,
          align: "right",
          dropOrder: 1,
          cell: ({ limited: own }) => (own[figure] == null ? "" : formatFigure(own[figure])),
        }),
      ),
    { head: "front", cell: noteOn },
  ];
  const explained = `(* chosen; front: no other is better in one objective without being worse in another: ${front.length} of ${finished.length})`;
  const shown = shownOf(byFirst, chosen);
  const left = byFirst.length - shown.length;
  const rest = left > 0 ? `\n${style.dim(`and ${left} more (--json)`)}` : "";
  const failed = failedText(report, style);
  const table = renderTable(columns, [...asItStands, ...shown], style);
  return `${hanging("Trials ", explained, style, { lead: style.bold })}\n${table}${rest}${failed === "" ? "" : `\n${failed}`}`;
}

/**
 * What is shown of many: trials of the front evenly from its one end to the other, or all of them and the first of the rest; the chosen
 * one always.
 */
function shownOf(byFirst: readonly TuningTrialReport[], chosen: number | null): readonly TuningTrialReport[] {
  if (byFirst.length <= ROWS) return byFirst;
  const front = byFirst.filter(({ is_on_front }) => is_on_front);
  const last = ROWS - 1;
  const even = Array.from({ length: ROWS }, (_, at) => front[Math.round((at * (front.length - 1)) / last)]);
  const kept = front.length <= ROWS ? byFirst.slice(0, ROWS) : even;
  return byFirst.filter((trial) => kept.includes(trial) || trial.trial === chosen);
}

function noteOn({ is_on_front, status, breaks, error }: TuningTrialReport): string {
  if (is_on_front) return error === null ? "front" : "front, failed held out";
  if (status === "finished" && error !== null) return "failed held out";
  return status === "pruned" ? "given up" : breaks.length > 0 ? "beyond a limit" : "";
}

function differenceWords({ objectives }: TuningTrialReport, name: string): string {
  const from = objectives?.[name].from_chosen;
  if (from?.interval == null) return "";
  const { low, high } = from.interval;
  if (low === 0 && high === 0) return "the same";
  return shortChangeRange({ low, high });
}

function failedText({ trials }: TuningReport, style: ReportStyle): string {
  const failed = trials.filter(({ error }) => error !== null);
  const [first] = failed;
  if (first === undefined) return "";
  const set = Object.entries(first.set).map(([path, value]) => `${path}=${value}`);
  const words = `${plural(failed.length, "trial")} failed, the first with ${set.join(", ")}: ${first.error?.code ?? ""} ${first.error?.what ?? ""}`;
  return paragraph(style.legible(words), style);
}
