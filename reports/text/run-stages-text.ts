import type { StageShift } from "../compare/stage-shifts.js";
import { formatPoints, formatShare } from "../format/numbers.js";
import type { RunStage } from "../run-stages.js";
import type { ReportStyle } from "../style.js";
import { renderTable, type TableColumn } from "../table.js";
import { paragraph } from "./paragraph.js";

const NONE = "-";
const shareText = (share: number | null) => (share === null ? NONE : formatShare(share));
const pointsText = (points: number | null) => (points === null ? NONE : formatPoints(points));
export const UNRECORDED =
  "What a stage takes and gives is known where the table stage_weights was recorded (record.tables: stage_weights).";

/** The stages of a run's rule, with what each did; empty where it is no list. */
export function runStagesText(stages: readonly RunStage[], style: ReportStyle): string {
  if (stages.length === 0) return "";
  const table = renderTable<RunStage>(
    [
      { head: "stage", cell: ({ stage, name, variant }) => style.legible(`${stage} ${name}${variant === null ? "" : ` ${variant}`}`) },
      { head: "in the scenario", cell: ({ path }) => path ?? NONE },
      { head: "takes", align: "right", cell: ({ taken }) => shareText(taken) },
      { head: "gives", align: "right", cell: ({ given }) => shareText(given) },
    ],
    stages,
    style,
  );
  const isUnknown = stages.some(({ name, taken }) => name !== "residual" && taken === null);
  const note = isUnknown
    ? UNRECORDED
    : "Shares of the pot that each takes from miners and gives to others, mean over the epochs that were recorded.";
  return `${style.bold("The stages of its rule")}\n${table}\n${paragraph(note, style, style.dim)}\n`;
}

/** The columns of a table of shifts, on the terminal and on pages. */
export const SHIFT_COLUMNS: readonly TableColumn<StageShift>[] = [
  { head: "stage", cell: ({ stage }) => stage },
  { head: "takes in a", align: "right", dropOrder: 1, cell: ({ taken_a }) => shareText(taken_a) },
  { head: "in b", align: "right", dropOrder: 2, cell: ({ taken_b }) => shareText(taken_b) },
  { head: "change", align: "right", cell: ({ taken_change }) => pointsText(taken_change) },
  { head: "gives in a", align: "right", dropOrder: 3, cell: ({ given_a }) => shareText(given_a) },
  { head: "in b", align: "right", dropOrder: 4, cell: ({ given_b }) => shareText(given_b) },
  { head: "change", align: "right", cell: ({ given_change }) => pointsText(given_change) },
];

/** Which stage took and gave how much more in b; none where neither run has a list. */
export function stageShiftsText(shifts: readonly StageShift[], style: ReportStyle): readonly string[] {
  if (shifts.length === 0) return [];
  const table = renderTable(SHIFT_COLUMNS, shifts, style);
  const isUnknown = shifts.some(({ taken_change: change }) => change === null);
  const head = style.bold("What stages take and give, of the pot");
  return [`${head}\n${table}${isUnknown ? `\n${paragraph(UNRECORDED, style, style.dim)}` : ""}`];
}
