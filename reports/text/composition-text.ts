import { formatShare, formatTerm } from "../format/numbers.js";
import type { CompositionReport, CompositionRow } from "../index-composition.js";
import type { ReportStyle } from "../style.js";
import { renderTable, type TableColumn } from "../table.js";

/** Differences up to it are those of adding in another order. */
const SAME = 1e-12;

/** An index as a table, what of its window is missing, and how it differs from the published one. */
export function compositionText(report: CompositionReport, style: ReportStyle): string {
  const { date, averagingDays, rows, missingDays, published } = report;
  const columns: TableColumn<CompositionRow>[] = [
    { head: "rank", align: "right", cell: ({ rank }) => String(rank) },
    { head: "netuid", align: "right", cell: ({ netuid }) => String(netuid) },
    { head: "weight", align: "right", cell: ({ weight }) => formatShare(weight) },
    { head: "mean emission rate", align: "right", dropOrder: 1, cell: ({ mean_emission_rate: rate }) => formatTerm(rate) },
  ];
  if (published !== null) {
    columns.push({
      head: "published",
      align: "right",
      dropOrder: 2,
      cell: ({ published_weight: weight }) => (weight === null ? "-" : formatShare(weight)),
    });
  }
  const head = `${style.bold(`Index of ${date}`)}: the ${rows.length} subnets with the largest mean emission rate over ${averagingDays} daily snapshots`;
  return `${[head, "", renderTable(columns, rows, style), "", missingText(missingDays, averagingDays), publishedText(report)].join("\n")}\n`;
}

function missingText(missing: readonly string[], averagingDays: number): string {
  if (missing.length === 0) return `All ${averagingDays} days of the window are recorded.`;
  const present = averagingDays - missing.length;
  return `Missing days: ${ranges(missing).join(", ")}. The weights rest on ${present} of ${averagingDays} days.`;
}

/** Days that follow one another as `first to last`. */
function ranges(days: readonly string[]): string[] {
  const next = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
  const runs: string[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run !== undefined && next(run[run.length - 1]) === day) run.push(day);
    else runs.push([day]);
  }
  return runs.map((run) => (run.length === 1 ? run[0] : `${run[0]} to ${run[run.length - 1]}`));
}

function publishedText({ published, date }: CompositionReport): string {
  if (published === null) return `The recording holds no index published on ${date}.`;
  const { largestDifference, netuid, missing } = published;
  if (largestDifference <= SAME) return `Equals the index published that day: no weight differs by more than ${SAME}.`;
  const also = missing.length === 0 ? "" : ` Published and not in this one: ${missing.join(", ")}.`;
  return `Against the index published that day weights differ by up to ${largestDifference.toPrecision(3)} (subnet ${netuid}).${also}`;
}
