import type { PairedStageShift } from "../compare/paired-stage-shifts.js";
import type { StageShift } from "../compare/stage-shifts.js";
import { formatCount, formatPoints, formatShare } from "../format/numbers.js";
import type { RunStage } from "../run-stages.js";
import { stageTitle } from "../stage-step.js";
import type { ReportStyle } from "../style.js";
import { renderTable, type TableColumn } from "../table.js";
import { paragraph } from "./paragraph.js";

const NONE = "-";
const shareText = (share: number | null) => (share === null ? NONE : formatShare(share));
const pointsText = (points: number | null) => (points === null ? NONE : formatPoints(points));
export const UNRECORDED =
  "What a stage takes and gives is known where the table stage_weights was recorded (record.tables: stage_weights).";

/**
 * The stages of a run's rule, with what each did; empty where it is no list.
 * @param shared what the list shares: of an index subnet its base pool
 */
export function runStagesText(stages: readonly RunStage[], style: ReportStyle, shared: "pot" | "base pool" = "pot"): string {
  if (stages.length === 0) return "";
  const table = renderTable<RunStage>(
    [
      { head: "stage", cell: (one) => style.legible(`${one.stage} ${stageTitle(one)}`) },
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
    : `Shares of the ${shared} that each takes from miners and gives to others, mean over the epochs that were recorded.`;
  return `${style.bold("The stages of its rule")}\n${table}\n${paragraph(note, style, style.dim)}\n`;
}

const TAKES: readonly TableColumn<StageShift>[] = [
  { head: "takes in a", align: "right", dropOrder: 1, cell: ({ taken_a }) => shareText(taken_a) },
  { head: "in b", align: "right", dropOrder: 2, cell: ({ taken_b }) => shareText(taken_b) },
  { head: "change", align: "right", cell: ({ taken_change }) => pointsText(taken_change) },
];
const GIVES: readonly TableColumn<StageShift>[] = [
  { head: "gives in a", align: "right", dropOrder: 3, cell: ({ given_a }) => shareText(given_a) },
  { head: "in b", align: "right", dropOrder: 4, cell: ({ given_b }) => shareText(given_b) },
  { head: "change", align: "right", cell: ({ given_change }) => pointsText(given_change) },
];
const STAGE: TableColumn<StageShift> = { head: "stage", cell: ({ title }) => title };

function intervalColumn(dropOrder: number, of: "taken_interval" | "given_interval"): TableColumn<PairedStageShift> {
  return {
    head: "95 % interval",
    align: "right",
    dropOrder,
    cell: ({ [of]: interval }) => (interval === null ? NONE : `${signedPercent(interval.low)} to ${signedPercent(interval.high)}`),
  };
}

/** Percentage points without their name, which stands beside them. */
function signedPercent(points: number): string {
  return formatPoints(points).replace(" percentage points", "");
}

/** The columns of a table of shifts over pairs, on the terminal and on pages; of one pair there is no interval. */
export function pairedShiftColumns(shifts: readonly PairedStageShift[]): readonly TableColumn<PairedStageShift>[] {
  const isKnown = shifts.some(({ taken_interval: taken, given_interval: given }) => taken !== null || given !== null);
  const interval = (...column: Parameters<typeof intervalColumn>) => (isKnown ? [intervalColumn(...column)] : []);
  return [STAGE, ...TAKES, ...interval(6, "taken_interval"), ...GIVES, ...interval(5, "given_interval")];
}

/** Over which epochs the shares of stages are means. */
export function shiftEpochsWords(shifts: readonly StageShift[]): string {
  const counts = shifts.flatMap(({ epochs }) => epochs ?? []);
  if (counts.length === 0) return "";
  const least = Math.min(...counts);
  return least === 1 ? "in the last epoch" : `mean over ${formatCount(least)} epochs`;
}

/** Which stage took and gave how much more in b; none where neither run has a list. */
export function stageShiftsText(shifts: readonly StageShift[], style: ReportStyle): readonly string[] {
  return shiftsText(shifts, [STAGE, ...TAKES, ...GIVES], style);
}

/** The same in the mean over pairs. */
export function pairedShiftsText(shifts: readonly PairedStageShift[], style: ReportStyle): readonly string[] {
  return shiftsText(shifts, pairedShiftColumns(shifts), style);
}

function shiftsText<Shift extends StageShift>(
  shifts: readonly Shift[],
  columns: readonly TableColumn<Shift>[],
  style: ReportStyle,
): readonly string[] {
  if (shifts.length === 0) return [];
  const table = renderTable(columns, shifts, style);
  const isUnknown = shifts.some(({ taken_change: change }) => change === null);
  const over = shiftEpochsWords(shifts);
  const head = style.bold(`What stages take and give, of the pot${over === "" ? "" : `, ${over}`}`);
  return [`${head}\n${table}${isUnknown ? `\n${paragraph(UNRECORDED, style, style.dim)}` : ""}`];
}
