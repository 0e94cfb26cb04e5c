import type { SensitivityResult } from "../../studies/index.js";
import type { ReportStyle } from "../style.js";
import { renderTable, type TableColumn } from "../table.js";
import { hanging } from "../text/paragraph.js";
import { percentOf } from "./percent-of.js";
import { shortFigure } from "./short-figure.js";
import type { TuningReport } from "./tuning-report.js";

/** Of the largest effect. */
const ROUNDING = 1e-12;

interface Row {
  readonly path: string;
  /** One an objective. */
  readonly cells: readonly string[];
}

/** How much each parameter matters: over a whole grid, and by the design of a sensitivity analysis. */
export function importanceText(report: TuningReport, style: ReportStyle): string {
  const { importance, sensitivity, parameters } = report;
  const parts: string[] = [];
  if (parameters.length > 1 && importance.some((one) => one?.parameters != null)) {
    const cells = (p: number) =>
      importance.map((one) => {
        const shares = one?.parameters?.[p];
        return shares === undefined ? "" : `${percentOf(shares.first)}, ${percentOf(shares.total)}`;
      });
    parts.push(tableOf(report, "Importance", "(share of the variance over the grid: by itself, and with others)", cells, style));
  }
  if (sensitivity !== null) parts.push(sensitivityText(report, sensitivity, style));
  return parts.join("\n\n");
}

function sensitivityText(report: TuningReport, results: readonly SensitivityResult[], style: ReportStyle): string {
  const explained =
    results[0]?.kind === "morris"
      ? "(Morris: mean size of the change over the whole range, with its 95 % interval)"
      : "(Sobol: share of the variance by itself; and with others; with 95 % intervals)";
  return tableOf(report, "Sensitivity", explained, (p) => results.map((result) => sensitivityWords(result, p)), style);
}

function sensitivityWords(result: SensitivityResult, p: number): string {
  if (result.kind === "morris") {
    const effect = result.parameters[p];
    const largest = Math.max(...result.parameters.map((one) => one?.muStar ?? 0));
    if (effect === null) return "";
    // Sums of rounding are no effect.
    return effect.muStar <= ROUNDING * largest
      ? "indistinguishable from 0"
      : `${shortFigure(effect.muStar)}${rangeOf(effect.muStarInterval)}`;
  }
  const indices = result.parameters?.[p];
  if (indices === undefined) return "it does not move";
  const words = ({ value, interval, isIndistinguishable }: typeof indices.first) =>
    isIndistinguishable ? "indistinguishable from 0" : `${percentOf(value)} (${percentOf(interval.low)} to ${percentOf(interval.high)})`;
  return `${words(indices.first)}; ${words(indices.total)}`;
}

function tableOf(
  { parameters, objectives }: TuningReport,
  title: string,
  explained: string,
  cells: (p: number) => readonly string[],
  style: ReportStyle,
): string {
  const columns: TableColumn<Row>[] = [
    { head: "parameter", cell: ({ path }) => path },
    ...objectives.map(({ name }, k) => ({ head: name, wraps: true, cell: ({ cells: own }: Row) => own[k] })),
  ];
  const rows = parameters.map(({ path }, p) => ({ path, cells: cells(p) }));
  return `${hanging(`${title} `, explained, style, { lead: style.bold })}\n${renderTable(columns, rows, style)}`;
}

function rangeOf(interval: { readonly low: number; readonly high: number } | null): string {
  return interval === null ? "" : ` (${shortFigure(interval.low)} to ${shortFigure(interval.high)})`;
}
