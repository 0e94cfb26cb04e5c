import type { TunedValue } from "../../studies/index.js";
import type { ReportStyle } from "../style.js";
import { hanging } from "../text/paragraph.js";
import { shortFigure } from "./short-figure.js";
import type { TuningReport } from "./tuning-report.js";

/** From the worst to the best. */
const SHADES = [" ", "░", "▒", "▓", "█"];
const MOST_COLUMNS = 24;

/** A map of an objective over two parameters, darker where it is better; empty where there are not two that fit. */
export function heatMap(report: TuningReport, objective: string, style: ReportStyle): string {
  const { parameters, trials, objectives } = report;
  if (parameters.length !== 2) return "";
  const [rows, columns] = parameters.map(({ path, values }) => ({ path, values: values ?? [] }));
  if (columns.values.length === 0 || columns.values.length > MOST_COLUMNS) return "";
  const key = (row: TunedValue, column: TunedValue) => JSON.stringify([row, column]);
  const byValues = new Map(
    trials.map(({ set, objectives: own }) => [key(set[rows.path], set[columns.path]), own?.[objective].mean ?? null]),
  );
  const means = rows.values.flatMap((row) => columns.values.map((column) => byValues.get(key(row, column))));
  // A map with holes shows a search, not a space.
  if (means.includes(undefined)) return "";
  const known = means.filter((mean) => mean != null);
  if (known.length === 0) return "";
  const [least, most] = [Math.min(...known), Math.max(...known)];
  if (least === most) return "";
  const isMax = objectives.find(({ name }) => name === objective)?.better === "max";
  const shadeOf = (mean: number) => {
    const share = (mean - least) / (most - least);
    return SHADES[Math.min(SHADES.length - 1, Math.floor((isMax ? share : 1 - share) * SHADES.length))];
  };
  const text = (mean: number | null) => (mean === null ? "failed" : shortFigure(mean));
  const cells = rows.values.map((_, r) => columns.values.map((_, c) => means[r * columns.values.length + c] ?? null));
  const width = Math.max(...cells.flat().map((mean) => text(mean).length), ...columns.values.map((value) => String(value).length)) + 2;
  const lead = Math.max(...rows.values.map((value) => String(value).length));
  if (lead + columns.values.length * (width + 1) > style.width) return "";
  const head = `${" ".repeat(lead)}${columns.values.map((value) => String(value).padStart(width + 1)).join("")}`;
  const lines = rows.values.map((value, r) => {
    const drawn = cells[r].map((mean) => {
      const shade = mean === null ? " " : shadeOf(mean);
      return ` ${shade}${text(mean).padStart(width - 2)}${shade}`;
    });
    return `${String(value).padStart(lead)}${drawn.join("")}`;
  });
  const explained = `(${rows.path} down, ${columns.path} across; darker is better)`;
  return `${hanging(`${objective} `, style.legible(explained), style, { lead: style.bold })}\n${style.dim(head)}\n${lines.join("\n")}`;
}
