import type { DifferenceReport, FigureDifferenceReport, MeanReport } from "../compare/difference-report.js";
import type { MinerDifferenceReport, PairsComparisonReport } from "../compare/pairs-comparison.js";
import { isOfStrategy, type StrategyDifferenceReport } from "../compare/strategy-differences.js";
import { formatAddress } from "../format/address.js";
import { formatTokensChange, formatTokensShort } from "../format/amount.js";
import { formatFigure } from "../format/figure.js";
import { formatChangeShare, formatFigureChange } from "../format/figure-change.js";
import { formatCount, formatShare, plural } from "../format/numbers.js";
import type { ReportStyle } from "../style.js";
import { renderTable, type TableColumn } from "../table.js";
import { changedWords } from "./changed-values-text.js";
import { hanging, paragraph } from "./paragraph.js";
import { pairedShiftsText } from "./run-stages-text.js";
import { typedPath } from "./typed-path.js";

type Fact = readonly [string, string];

/** What one pair does not have. */
const NONE = "-";

/** How two scenarios differ over pairs of replicates: figures with intervals and what these say, and who gains and loses. */
export function pairsComparisonText(report: PairsComparisonReport, style: ReportStyle): string {
  const { a, b, out } = report;
  const names = out === null ? [typedPath(a.dir), typedPath(b.dir)] : [a.scenario, b.scenario].map(style.legible);
  const head = hanging("Compared ", `${names[0]} (a) with ${names[1]} (b)`, style, { lead: style.bold });
  const line = ([name, value]: Fact) => hanging(`  ${name.padEnd(13)}`, style.legible(value), style);
  const parts = [
    [head, ...facts(report).map(line)].join("\n"),
    figuresText(report, style),
    ...pairedShiftsText(report.stages, style),
    report.stages.length === 0 || out === null ? "" : paragraph("Mean over the pairs.", style, style.dim),
    strategiesText(report, style),
    minersText("Who gains most", report.winners, report, style),
    minersText("Who loses most", report.losers, report, style),
    out === null ? "" : paragraph(`Results are in ${typedPath(out)} (${filesOf(report)})`, style),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

const filesOf = ({ duckdb }: PairsComparisonReport) =>
  [...(duckdb === null ? [] : ["results.duckdb"]), "figures.arrow", "miners.arrow", "the replicates in a/ and b/"].join(", ");

function facts({
  pairs,
  failed_a: failedA,
  failed_b: failedB,
  random,
  seed,
  changed,
  pay_moved: moved,
  miners,
}: PairsComparisonReport): Fact[] {
  const [first = 0] = pairs;
  const span = pairs.length === 1 ? `replicate ${first}` : `replicates ${first} to ${pairs.at(-1)}`;
  const list: Fact[] = [["pairs", `${plural(pairs.length, "pair")} (${span}, seed ${seed}): both sides meet the same random numbers`]];
  if (random.length === 0)
    list.push(["", "nothing in it is drawn at random: the differences are exact, and any other pair would be the same"]);
  else if (pairs.length === 1) list.push(["", "one pair has no interval: --replicates 30 tells what is more than luck"]);
  for (const [side, failed] of [
    ["a", failedA],
    ["b", failedB],
  ] as const) {
    if (failed.length > 0)
      list.push([
        "failed",
        `${plural(failed.length, "replicate")} of ${side}, left out: ${failed.slice(0, FAILED_SHOWN).join(", ")}${failed.length > FAILED_SHOWN ? ", ..." : ""}`,
      ]);
  }
  const rules = changed.length === 0 ? ["no rule"] : changedWords(changed);
  rules.forEach((words, at) => void list.push([at === 0 ? "changed" : "", words]));
  if (miners > 0)
    list.push(["pay moved", `${formatShare(moved.mean)} of what miners are paid goes to others than in a${sharesWords(moved)}`]);
  return list;
}

/** Failed replicates that are named; all are in `--json`. */
const FAILED_SHOWN = 10;

const sharesWords = ({ interval }: MeanReport) =>
  interval === null ? "" : ` (95 % interval ${formatShare(interval.low)} to ${formatShare(interval.high)})`;

function verdictWords({ verdict, pairs, pairs_needed: needed }: DifferenceReport): string {
  switch (verdict) {
    case "told_apart":
      return `told apart: ${plural(needed ?? pairs, "replicate")} ${needed === 1 ? "was" : "were"} enough`;
    case "not_told_apart":
      return needed === null
        ? `cannot be told apart with ${plural(pairs, "replicate")}, nor with many more`
        : `cannot be told apart with ${plural(pairs, "replicate")}; about ${formatCount(needed)} would be needed`;
    case "one_pair":
      return "one pair does not tell";
    case "same":
      return "the same";
    case "exact":
      return "exact";
  }
}

function figuresText({ figures, pairs, random }: PairsComparisonReport, style: ReportStyle): string {
  const shown = figures.filter(({ name }) => !isOfStrategy(name));
  const differing = shown.filter(({ difference }) => difference.verdict !== "same");
  const same = shown.filter(({ difference }) => difference.verdict === "same").map(({ name }) => name);
  const hasIntervals = pairs.length > 1;
  const columns: TableColumn<FigureDifferenceReport>[] = [
    { head: "figure", cell: ({ name, unit }) => (unit === "" ? name : `${name} (${unit})`) },
    { head: hasIntervals ? "mean a" : "a", align: "right", dropOrder: 2, cell: ({ a }) => formatFigure(a.mean) },
    { head: hasIntervals ? "mean b" : "b", align: "right", dropOrder: 1, cell: ({ b }) => formatFigure(b.mean) },
    { head: "b - a", align: "right", cell: ({ difference }) => formatFigureChange(difference.mean) },
    ...(hasIntervals
      ? [
          {
            head: "95 % interval",
            align: "right" as const,
            cell: ({ difference }: FigureDifferenceReport) => intervalWords(difference, formatFigureChange),
          },
        ]
      : []),
  ];
  const table =
    differing.length === 0
      ? []
      : [withVerdicts(renderTable(columns, differing, style), differing, random.length > 0 && hasIntervals, style)];
  const rest = same.length === 0 ? [] : [paragraph(`The same in all pairs: ${style.legible(same.join(", "))}`, style, style.dim)];
  return [...table, ...rest].join("\n");
}

/** Who gains and who loses, strategy by strategy. */
function strategiesText({ strategies, pairs, random }: PairsComparisonReport, style: ReportStyle): string {
  if (strategies.length === 0) return "";
  const hasIntervals = pairs.length > 1;
  const change = (difference: DifferenceReport | null) => (difference === null ? NONE : formatFigureChange(difference.mean));
  const isTold = ({ profit_tao: { verdict, mean } }: StrategyDifferenceReport) => {
    if (verdict === "same") return "the same";
    const way = mean > 0 ? "gains" : "loses";
    return verdict === "told_apart" || verdict === "exact" ? way : verdict === "one_pair" ? NONE : "not told apart";
  };
  const columns: TableColumn<StrategyDifferenceReport>[] = [
    { head: "group", cell: ({ group }) => group },
    { head: "profit TAO", align: "right", cell: ({ profit_tao }) => change(profit_tao) },
    ...(hasIntervals && random.length > 0
      ? [
          {
            head: "95 % interval",
            align: "right" as const,
            cell: ({ profit_tao }: StrategyDifferenceReport) => intervalWords(profit_tao, formatFigureChange),
          },
          { head: "verdict", cell: isTold },
        ]
      : []),
    { head: "paid alpha", align: "right", dropOrder: 1, cell: ({ paid_alpha }) => change(paid_alpha) },
    { head: "multiplier", align: "right", dropOrder: 2, cell: ({ multiplier }) => change(multiplier) },
    { head: "sold/paid", align: "right", dropOrder: 3, cell: ({ sell_pressure }) => change(sell_pressure) },
  ];
  const explained = "(b - a, of a miner in the mean; all figures of groups are in --json and figures.arrow)";
  return `${hanging("What it does to each strategy ", explained, style, { lead: style.bold })}\n${renderTable(columns, strategies, style)}`;
}

/** What the interval of each row says, on a line of its own below it. */
function withVerdicts(table: string, rows: readonly FigureDifferenceReport[], areTold: boolean, style: ReportStyle): string {
  if (!areTold) return table;
  const [head, ...lines] = table.split("\n");
  const told = lines.flatMap((line, at) => (at < rows.length ? [line, style.dim(`    ${verdictWords(rows[at].difference)}`)] : [line]));
  return [head, ...told].join("\n");
}

function intervalWords({ interval }: MeanReport, format: (value: number) => string): string {
  return interval === null ? NONE : `${format(interval.low)} to ${format(interval.high)}`;
}

const wholeRao = (rao: number) => BigInt(Math.round(rao));

function minersText(
  head: string,
  miners: readonly MinerDifferenceReport[],
  { pairs, winners, losers }: PairsComparisonReport,
  style: ReportStyle,
): string {
  if (miners.length === 0) return "";
  const many = new Set([...winners, ...losers].map(({ netuid }) => netuid)).size > 1;
  const columns: TableColumn<MinerDifferenceReport>[] = [
    ...(many ? [{ head: "subnet", align: "right" as const, cell: ({ netuid }: MinerDifferenceReport) => String(netuid) }] : []),
    { head: "hotkey", cell: ({ hotkey }) => formatAddress(hotkey) },
    { head: "alpha in a", align: "right", dropOrder: 1, cell: ({ mean_a_rao: rao }) => formatTokensShort(wholeRao(rao)) },
    { head: "in b", align: "right", dropOrder: 2, cell: ({ mean_b_rao: rao }) => formatTokensShort(wholeRao(rao)) },
    { head: "b - a", align: "right", cell: ({ difference_rao: { mean } }) => formatTokensChange(wholeRao(mean)) },
    { head: "%", align: "right", dropOrder: 3, cell: ({ change_share: share }) => (share === null ? NONE : formatChangeShare(share)) },
    ...(pairs.length > 1
      ? [
          {
            head: "95 % interval",
            align: "right" as const,
            cell: ({ difference_rao: difference }: MinerDifferenceReport) =>
              intervalWords(difference, (rao) => formatTokensChange(wholeRao(rao))),
          },
        ]
      : []),
  ];
  return `${style.bold(head)}\n${renderTable(columns, miners, style)}`;
}
