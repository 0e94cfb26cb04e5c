import { formatFigure } from "../format/figure.js";
import { formatCount, plural } from "../format/numbers.js";
import { formatElapsed } from "../format/time.js";
import type { FailedReplicate, FigureSummary, StudySummary } from "../study-summary.js";
import type { ReportStyle } from "../style.js";
import { renderTable, type TableColumn } from "../table.js";
import { advantageTable, intervalWords, isAdvantage } from "./advantage-text.js";
import { hanging, paragraph } from "./paragraph.js";
import { typedPath } from "./typed-path.js";

/** Failures that are shown; all are in `--json`. */
const SHOWN = 3;

/** Figures that are shown beside a ranking of strategies. */
const SHOWN_BESIDE_RANKING = 4;

const isConstant = ({ min, max }: FigureSummary) => min === max;

function intervalOf(figure: FigureSummary): string {
  return figure.low !== null && isConstant(figure) ? "no variation" : intervalWords(figure.low, figure.high);
}

/** @param runs how many replicates there are; a figure that some lack says so */
function columns(runs: number): readonly TableColumn<FigureSummary>[] {
  return [
    { head: "figure", cell: ({ name, n }) => (n === runs ? name : `${name} (n = ${formatCount(n)})`) },
    { head: "mean", align: "right", cell: ({ mean }) => formatFigure(mean) },
    { head: "95 % interval", align: "right", dropOrder: 0, cell: intervalOf },
    { head: "min", align: "right", dropOrder: 2, cell: ({ min }) => formatFigure(min) },
    { head: "max", align: "right", dropOrder: 3, cell: ({ max }) => formatFigure(max) },
    { head: "unit", dropOrder: 1, cell: ({ unit }) => unit },
  ];
}

/** Beside a ranking the figures of each of its subnets would be hundreds of lines. */
function shown(ranking: string | null): number {
  return ranking === null ? Number.POSITIVE_INFINITY : SHOWN_BESIDE_RANKING;
}

/** `0 to 99`, `part 2 of 4 of 0 to 99`. */
function whichWords({ replicates: { from, to }, shard }: StudySummary): string {
  const range = from === to ? String(from) : `${formatCount(from)} to ${formatCount(to)}`;
  return shard === null ? range : `part ${shard.index} of ${shard.count} of ${range}`;
}

/** What the intervals are, or why there are none. */
function intervalNote({ finished, random, shard }: StudySummary): string {
  if (random.length === 0) {
    return finished === 0
      ? "Nothing in this scenario draws random numbers: every replicate would be the same, and another part has the one that is run."
      : "Nothing in this scenario draws random numbers: every replicate would be the same, so it was run once, and there is no interval.";
  }
  if (finished === 0) return "No replicate is in this part.";
  if (finished === 1) return "One replicate: nothing says how far others would lie from it, so there is no interval. Run more.";
  const part = shard === null ? "" : " They are of this part alone; `tenure merge` joins the parts.";
  return `Intervals hold the mean over all replicates there could be with 95 % confidence: Student's t, ${formatCount(finished - 1)} degrees of freedom.${part}`;
}

function failureLines(failed: readonly FailedReplicate[], finished: number, style: ReportStyle): string[] {
  if (failed.length === 0) return [];
  const all = failed.length + finished;
  const lines = failed.slice(0, SHOWN).map(({ replicate, error }) => {
    const place = error.place === null ? "" : ` (${placeWords(error.place)})`;
    return hanging(`  replicate ${replicate}: `, style.legible(`${error.code} ${error.what}${place}`), style);
  });
  const more = failed.length - SHOWN;
  return [
    style.bold(
      `${formatCount(failed.length)} of ${plural(all, "replicate")} failed; the figures are over the other ${formatCount(finished)}.`,
    ),
    ...lines,
    ...(more > 0 ? [`  and ${formatCount(more)} more (--json)`] : []),
    "",
  ];
}

/** `file ./rule.ts, path vesting`. */
function placeWords(place: Readonly<Record<string, unknown>>): string {
  return Object.entries(place)
    .map(([key, value]) => `${key} ${String(value)}`)
    .join(", ");
}

function nextCommands({ out, finished, shard, duckdb }: StudySummary, first: number | null): [string, string][] {
  const dir = typedPath(out);
  const commands: [string, string][] = [];
  if (shard !== null) commands.push([`npx tenure merge ${dir} <the other parts> --out <folder>`, "the whole from its parts"]);
  if (first !== null) commands.push([`npx tenure show ${dir} --replicate ${first}`, "one replicate as a run"]);
  if (finished > 0) commands.push([`npx tenure verify ${dir}`, "run all again and compare every byte"]);
  if (duckdb !== null && finished > 0) {
    commands.push([`npx tenure sql ${dir} --query figures`, "their figures by SQL"]);
  }
  return commands;
}

/** What many replicates amount to: each figure with its interval, and what failed. */
export function studySummaryText(summary: StudySummary, style: ReportStyle): string {
  const { scenario, elapsed_ms: elapsed, out, duckdb, finished, failed, figures, warnings, digest, seed } = summary;
  const took = elapsed === null ? "" : ` in ${formatElapsed(elapsed)}`;
  const head = hanging(
    "",
    `${plural(finished, "replicate")} of ${style.legible(scenario)} (${whichWords(summary)}; seed ${seed})${took}`,
    style,
    {
      text: style.bold,
    },
  );
  const others = figures.filter((figure) => !isAdvantage(figure));
  const ranking = advantageTable(figures, style);
  const table = [
    ...(ranking === null ? [] : ["", ranking]),
    ...(others.length === 0 ? [] : ["", renderTable(columns(finished), others.slice(0, shown(ranking)), style)]),
    ...(others.length > shown(ranking) ? [style.dim(`and ${formatCount(others.length - shown(ranking))} more figures (--json)`)] : []),
  ];
  const notes = warnings.map((warning) => hanging("  warning      ", style.legible(warning), style));
  const files =
    duckdb === null ? "(replicates/, figures.arrow, manifest.json)" : "(results.duckdb, replicates/, figures.arrow, manifest.json)";
  const first = summary.finished === 0 ? null : firstFinished(summary);
  const commands = nextCommands(summary, first);
  const width = Math.max(0, ...commands.map(([command]) => command.length));
  const fits = commands.every(([, what]) => width + what.length + 4 <= style.width);
  const next = commands.map(([command, what]) => (fits ? `  ${command.padEnd(width)}  ${style.dim(what)}` : `  ${command}`));
  return `${[
    head,
    ...table,
    "",
    ...failureLines(failed, finished, style),
    paragraph(intervalNote(summary), style),
    ...notes,
    hanging("digest ", digest, style),
    "",
    paragraph(`Results are in ${typedPath(out)} ${files}`, style),
    ...(next.length === 0 ? [] : ["", "Try next:", ...next]),
  ].join("\n")}\n`;
}

/** The lowest number that did not fail. */
function firstFinished({ replicates: { from }, shard, failed }: StudySummary): number {
  const broken = new Set(failed.map(({ replicate }) => replicate));
  let at = from + (shard === null ? 0 : shard.index - 1);
  while (broken.has(at)) at += shard?.count ?? 1;
  return at;
}
