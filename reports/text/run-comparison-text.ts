import type { FigureReport, MinerReportPair, RunComparisonReport, TablePartingReport } from "../compare/run-comparison.js";
import { formatAddress } from "../format/address.js";
import { formatTokensChange, formatTokensShort } from "../format/amount.js";
import { formatFigure } from "../format/figure.js";
import { formatChangeShare, formatFigureChange } from "../format/figure-change.js";
import { formatCount, formatShare, plural } from "../format/numbers.js";
import { formatTime } from "../format/time.js";
import type { ReportStyle } from "../style.js";
import { renderTable, type TableColumn } from "../table.js";
import { changedWords } from "./changed-values-text.js";
import { hanging, paragraph } from "./paragraph.js";
import { stageShiftsText } from "./run-stages-text.js";
import { typedPath } from "./typed-path.js";

type Fact = readonly [string, string];

/** What is not there. */
const NONE = "-";

/** How two finished runs differ: where they part, what it comes to, and who gains and loses. */
export function runComparisonText(report: RunComparisonReport, style: ReportStyle): string {
  const { a, b } = report;
  const head = hanging("Compared ", `${typedPath(a.dir)} (a) with ${typedPath(b.dir)} (b)`, style, { lead: style.bold });
  const line = ([name, value]: Fact) => hanging(`  ${name.padEnd(13)}`, style.legible(value), style);
  if (report.equal)
    return `${[head, line(["equal", `every byte of every table; digest ${a.digest}`]), ...scenarioFacts(report).map(line)].join("\n")}\n`;
  const parts = [
    [head, ...[...scenarioFacts(report), ...partingFacts(report), ...payFacts(report)].map(line)].join("\n"),
    ...stageShiftsText(report.stages, style),
    figuresText(report.figures, style),
    ...minersText(report, style),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function listed(name: string, words: readonly string[]): Fact[] {
  return words.map((one, at) => [at === 0 ? name : "", one]);
}

function scenarioFacts({ a, b, changed, not_alike: notAlike }: RunComparisonReport): Fact[] {
  const scenarios: Fact[] = a.scenario === b.scenario ? [] : [["scenarios", `${a.scenario} and ${b.scenario}`]];
  const rules = changed.length === 0 ? listed("changed", ["no rule"]) : listed("changed", changedWords(changed));
  const warning = "other streams, seeds or times too, so not the rules alone make the difference:";
  return [...scenarios, ...rules, ...(notAlike.length === 0 ? [] : listed("not alike", [warning, ...changedWords(notAlike)]))];
}

function partingFacts({
  first_event: event,
  tables,
  same_tables: same,
  tables_only_in_a: onlyA,
  tables_only_in_b: onlyB,
}: RunComparisonReport): Fact[] {
  const facts: Fact[] = [];
  const [first, ...others] = tables;
  if (event !== null) facts.push(["first event", `${formatTime(event.time_ms)}: ${partingWords(event)}`]);
  else facts.push(["first event", first === undefined ? "none differs" : "none differs in the tables of events that both recorded"]);
  if (first !== undefined) facts.push(["first row", partingWords(first)]);
  if (others.length > 0)
    facts.push([
      "also differ",
      others.map(({ table, row }) => (row === null ? table : `${table} from row ${formatCount(row)}`)).join(", "),
    ]);
  const filled = same.filter(({ rows }) => rows > 0);
  if (filled.length > 0) facts.push(["the same", filled.map(({ table }) => table).join(", ")]);
  if (onlyA.length > 0) facts.push(["only in a", onlyA.join(", ")]);
  if (onlyB.length > 0) facts.push(["only in b", onlyB.join(", ")]);
  return facts;
}

/** Columns that say which row it is, and are not what the tables measure. */
const KEYS = ["netuid", "epoch", "time_ms", "position", "stage", "participant", "validator", "schedule", "instalment", "tranche"];

/** Instead of a netuid in the table `prices`. */
const INDEX_TOKEN = -1;

const valueWords = (value: number | string | boolean | undefined) => (Object.is(value, -0) ? "-0" : String(value));

function keyWords({ row, netuid, who }: NonNullable<TablePartingReport["a"]>): string {
  const keys = KEYS.filter((key) => key in row && row[key] !== -1 && !(key === "netuid" && netuid === row[key]));
  const words = keys.map((key) => `${key.replace(/_ms$/, "")} ${key === "time_ms" ? formatTime(Number(row[key])) : valueWords(row[key])}`);
  return [
    ...(netuid === null ? [] : [netuid === INDEX_TOKEN ? "index token" : `subnet ${netuid}`]),
    ...words,
    ...(who === null ? [] : [formatAddress(who)]),
  ].join(", ");
}

/** "holdings, row 7 (subnet 30, epoch 1, position 6, peers/miner-006): multiplier 1.1 in a, 1.2 in b". */
function partingWords({ table, row, column, a, b }: Omit<TablePartingReport, "rows_a" | "rows_b">): string {
  if (row === null) return `${table}: the same rows, in other bytes`;
  const [keysA, keysB] = [a === null ? null : keyWords(a), b === null ? null : keyWords(b)];
  const at = `${table}, row ${formatCount(row)}`;
  if (a === null || b === null || column === null) return `${at} (${keysA ?? keysB}): only in ${a === null ? "b" : "a"}`;
  if (keysA !== keysB) return `${at}: ${keysA} in a, ${keysB} in b`;
  return `${at} (${keysA}): ${column} ${valueWords(a.row[column])} in a, ${valueWords(b.row[column])} in b`;
}

function payFacts({ pay_moved: moved, subnets, miners, only_in_a: onlyA, only_in_b: onlyB }: RunComparisonReport): Fact[] {
  const facts: Fact[] = [];
  const paid = subnets.filter(({ a_rao, b_rao }) => a_rao > 0n || b_rao > 0n);
  if (paid.length > 0) facts.push(["pay moved", `${formatShare(moved)} of what miners are paid goes to others than in a`]);
  if (paid.length > 1) {
    const each = paid.slice(0, SUBNETS_SHOWN).map(({ netuid, moved: own }) => `subnet ${netuid}: ${formatShare(own)}`);
    const more = paid.length > SUBNETS_SHOWN ? [`and ${formatCount(paid.length - SUBNETS_SHOWN)} more subnets (--json)`] : [];
    facts.push(["", [...each, ...more].join(", ")]);
  }
  const only = [
    onlyA.length > 0 ? `${formatCount(onlyA.length)} only in a` : "",
    onlyB.length > 0 ? `${formatCount(onlyB.length)} only in b` : "",
  ];
  facts.push(["miners", [`${plural(miners, "miner")} in both`, ...only.filter((words) => words !== "")].join(", ")]);
  return facts;
}

/** Subnets whose figures are shown. */
const SUBNETS_SHOWN = 4;

function figuresText(figures: readonly FigureReport[], style: ReportStyle): string {
  const differing = figures.filter(({ a, b }) => a !== b);
  const same = figures.filter(({ a, b }) => a === b).map(({ name }) => name);
  const columns: TableColumn<FigureReport>[] = [
    { head: "figure", cell: ({ name, unit }) => (unit === "" ? name : `${name} (${unit})`) },
    { head: "a", align: "right", cell: ({ a }) => (a === null ? NONE : formatFigure(a)) },
    { head: "b", align: "right", cell: ({ b }) => (b === null ? NONE : formatFigure(b)) },
    { head: "change", align: "right", cell: ({ change }) => (change === null ? NONE : formatFigureChange(change)) },
    {
      head: "%",
      align: "right",
      dropOrder: 1,
      cell: ({ a, change }) => (a === null || a === 0 || change === null ? NONE : formatChangeShare(change / Math.abs(a))),
    },
  ];
  const table = differing.length === 0 ? [] : [renderTable(columns, differing, style)];
  const rest = same.length === 0 ? [] : [paragraph(`The same in both: ${style.legible(same.join(", "))}`, style, style.dim)];
  return [...table, ...rest].join("\n");
}

function minersText({ winners, losers, only_in_a: onlyA, only_in_b: onlyB, subnets }: RunComparisonReport, style: ReportStyle): string[] {
  const many = subnets.length > 1;
  const columns: TableColumn<MinerReportPair>[] = [
    ...(many ? [{ head: "subnet", align: "right" as const, cell: ({ netuid }: MinerReportPair) => String(netuid) }] : []),
    { head: "hotkey", cell: ({ hotkey }) => formatAddress(hotkey) },
    { head: "alpha in a", align: "right", dropOrder: 2, cell: ({ a_rao: rao }) => (rao === null ? NONE : formatTokensShort(rao)) },
    { head: "in b", align: "right", dropOrder: 1, cell: ({ b_rao: rao }) => (rao === null ? NONE : formatTokensShort(rao)) },
    { head: "change", align: "right", cell: ({ change_rao: rao }) => formatTokensChange(rao) },
    { head: "%", align: "right", cell: ({ change_share: share }) => (share === null ? NONE : formatChangeShare(share)) },
  ];
  const part = (head: string, miners: readonly MinerReportPair[]) =>
    miners.length === 0 ? [] : [`${style.bold(head)}\n${renderTable(columns, miners, style)}`];
  const missing = (head: string, miners: readonly MinerReportPair[]) =>
    miners.length === 0 ? [] : [hanging(`${head} `, style.legible(missingWords(miners)), style, { lead: style.bold })];
  return [
    ...part("Who gains most", winners),
    ...part("Who loses most", losers),
    ...missing("Only in a:", onlyA),
    ...missing("Only in b:", onlyB),
  ];
}

/** Miners of one run alone that are named; all are in `--json`. */
const MISSING_SHOWN = 10;

function missingWords(miners: readonly MinerReportPair[]): string {
  const named = miners.slice(0, MISSING_SHOWN).map(({ hotkey }) => formatAddress(hotkey));
  return [...named, ...(miners.length > MISSING_SHOWN ? [`and ${formatCount(miners.length - MISSING_SHOWN)} more (--json)`] : [])].join(
    ", ",
  );
}
