import { formatAddress } from "../../format/address.js";
import { formatTokens, formatTokensChange } from "../../format/amount.js";
import { formatChangeShare } from "../../format/figure-change.js";
import { formatCount, plural } from "../../format/numbers.js";
import { formatTime } from "../../format/time.js";
import type { ReportStyle } from "../../style.js";
import { renderTable, type TableColumn } from "../../table.js";
import { changedWords } from "../../text/changed-values-text.js";
import { hanging } from "../../text/paragraph.js";
import { typedPath } from "../../text/typed-path.js";
import type { Approval } from "../baseline/baseline.js";
import { unwrittenWords } from "../baseline/unwritten.js";
import { type CauseGroup, causesOf } from "../cause/cause-groups.js";
import type { LineDifference } from "../compare/line-difference.js";
import type { GuardReport } from "../guard-report.js";
import { causeMeaning, causeName, firstWords, gainWords, sizeWords } from "./cause-words.js";
import { foundWords } from "./found-words.js";
import { twoValues } from "./two-values.js";

/** Lines that are shown; all are in JSON. */
const SHOWN = 10;
/** From so much more on, as a share, percent say nothing. */
const MANY_TIMES = 10;
/** Approvals that are shown, the last ones. */
const APPROVALS_SHOWN = 5;

/** What a guard found, for people. */
export function guardText(report: GuardReport, style: ReportStyle): string {
  const parts = [
    headText(report, style),
    expectationsText(report, style),
    causesText(report, style),
    moversText(report, style),
    nextText(report, style),
    approvalsText(report.approvals, style),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function headText(report: GuardReport, style: ReportStyle): string {
  const { ok, scenario, baseline, outcome, lines, positions, days, share, tolerance, changed, trace, warnings, unwritten } = report;
  const name = style.legible(scenario);
  const fact = (lead: string, words: string) => hanging(`  ${lead.padEnd(13)}`, style.legible(words), style);
  const size = `${plural(positions, "position")} on ${plural(days, "day")}`;
  const title = {
    not_compared: ok ? `Passed: ${name}` : `Failed: ${name}`,
    equal: ok ? `Passed: ${name} pays what the baseline says` : `Failed: ${name}`,
    differs: `Failed: ${name} does not pay what the baseline says`,
    written: `Baseline of ${name} written`,
  }[outcome];
  const facts = [
    ...(baseline === null ? [] : [fact("baseline", typedPath(baseline))]),
    fact(
      "compared",
      outcome === "not_compared" ? "figures alone" : `${size}${tolerance === "0" ? ", exact to the rao" : `, within ${tolerance}`}`,
    ),
    ...(lines.length === 0 ? [] : [fact("differ", sizeWords(lines, share))]),
    ...changedWords(changed).map((words, at) => fact(at === 0 ? "changed" : "", words)),
    ...(changed.length > 0 && outcome === "equal" ? [fact("", "and nobody's pay moves by it")] : []),
    ...report.inputs
      .slice(0, SHOWN)
      .map(({ file, source }, at) =>
        fact(at === 0 ? "files" : "", `${file} (${source === "plug_in" ? "a rule" : "recorded"}) is not that of the baseline`),
      ),
    ...(trace?.event == null ? [] : [fact("first event", `${formatTime(trace.event.timeMs)}: ${eventWords(trace.event)}`)]),
    ...(trace?.notes ?? []).map((note) => fact("note", note)),
    ...(unwritten === null ? [] : [fact("warning", unwrittenWords(unwritten, outcome))]),
    ...warnings.slice(0, SHOWN).map((warning) => fact("warning", warning)),
  ];
  return [style.bold(title), ...facts].join("\n");
}

function eventWords({ table, row, column, a, b }: NonNullable<NonNullable<GuardReport["trace"]>["event"]>): string {
  const who = (a ?? b)?.who;
  const at = `table ${table}${row === null ? "" : `, row ${formatCount(row)}`}${who == null ? "" : `, ${formatAddress(who)}`}`;
  if (a === null || b === null || column === null) return `${at}, only in ${a === null ? "this run" : "the baseline's"}`;
  const [was, is] = twoValues(a.values[column], b.values[column]);
  return `${at}: ${column} ${was} in the baseline's, ${is} in this run`;
}

function expectationsText({ expectations }: GuardReport, style: ReportStyle): string {
  if (expectations.length === 0) return "";
  const lines = expectations.map((one) => {
    const { text, met, meaning } = one;
    return hanging(`  ${(met ? "met" : "not met").padEnd(9)}`, `${style.legible(text)}: it is ${foundWords(one)}. ${meaning}`, style);
  });
  return [style.bold("Expected figures"), ...lines].join("\n");
}

function causesText({ groups }: GuardReport, style: ReportStyle): string {
  if (groups.length === 0) return "";
  return [style.bold("By cause"), ...groups.flatMap((group) => causeLines(group, style))].join("\n");
}

/** A group of lines that part by one cause. */
export function causeLines(group: CauseGroup, style: ReportStyle): readonly string[] {
  const { cause, lines, share, changed } = group;
  const words = (text: string) => hanging("    ", style.legible(text), style);
  return [
    hanging(`  ${style.legible(causeName(cause))}  `, sizeWords(lines, share), style, { lead: style.bold }),
    words(causeMeaning(group)),
    words(gainWords(group)),
    ...(changed.length === 0 ? [] : [words(changedWords(changed).join(", "))]),
    ...(firstWords(group) === "" ? [] : [words(firstWords(group))]),
  ];
}

function moversText({ lines, groups }: GuardReport, style: ReportStyle): string {
  if (lines.length === 0) return "";
  const causes = causesOf(groups);
  const sorted = [...lines].sort((a, b) => (a.movedRao === b.movedRao ? 0 : a.movedRao < b.movedRao ? 1 : -1));
  const columns: TableColumn<LineDifference>[] = [
    { head: "hotkey", cell: ({ kind, hotkey }) => (kind === "rest" ? `(${hotkey})` : formatAddress(hotkey)) },
    { head: "subnet", align: "right", dropOrder: 3, cell: ({ netuid }) => String(netuid) },
    { head: "expected", align: "right", dropOrder: 4, cell: ({ expectedRao }) => formatTokens(expectedRao) },
    { head: "got", align: "right", cell: ({ gotRao }) => formatTokens(gotRao) },
    { head: "difference, rao", align: "right", cell: ({ changeRao }) => `${changeRao > 0n ? "+" : ""}${changeRao}` },
    {
      head: "%",
      align: "right",
      cell: ({ expectedRao, changeRao }) => (expectedRao === 0n ? "new" : changeText(Number(changeRao) / Number(expectedRao))),
    },
    // The order of lines: what moves between days is no difference of the sums.
    { head: "moved over days", align: "right", cell: ({ movedRao }) => formatTokens(movedRao) },
    { head: "first day", dropOrder: 2, cell: ({ firstDay, parts }) => firstDay ?? `no pay: ${parts.join(", ")}` },
    { head: "cause", dropOrder: 1, cell: (line) => causes(line).join(", ") },
  ];
  const table = renderTable(columns, sorted.slice(0, SHOWN), style);
  const more = lines.length > SHOWN ? [`and ${formatCount(lines.length - SHOWN)} more (--json)`] : [];
  return [style.bold("Who moves most, in alpha"), table, ...more].join("\n");
}

/** Percent; of what was next to nothing before, how many times it is as much. */
function changeText(share: number): string {
  return share < MANY_TIMES ? formatChangeShare(share) : `${formatCount(Math.round(share + 1))} times`;
}

function nextText({ left, explain, review, outcome, baseline }: GuardReport, style: ReportStyle): string {
  if (outcome === "written") return `Commit ${typedPath(baseline ?? "")} beside the scenario.`;
  const commands = [...explain, ...(review === null ? [] : [review])];
  const lies = left === null ? [] : [`What was measured is in ${typedPath(left)}.`];
  const next = commands.length === 0 ? [] : [[style.bold("Try next:"), ...commands.map((command) => `  ${command}`)].join("\n")];
  return [...lies, ...next].join("\n\n");
}

/** Who accepted which change before, the last first. */
export function approvalsText(approvals: readonly Approval[], style: ReportStyle): string {
  if (approvals.length === 0) return "";
  const shown = [...approvals].reverse().slice(0, APPROVALS_SHOWN);
  const lines = shown.map(({ at, by, cause, positions, moved_rao, changed }) => {
    const values = changedWords(changed.map(({ path, from, to }) => ({ path, a: from, b: to }))).join(", ");
    const words = `${by} accepted ${causeName(cause)}: ${plural(positions, "position")}, ${formatTokensChange(moved_rao).replace("+", "")} alpha moved${values === "" ? "" : ` (${values})`}`;
    return hanging(`  ${style.legible(at.slice(0, 10))}  `, style.legible(words), style);
  });
  const more = approvals.length > shown.length ? [`  and ${formatCount(approvals.length - shown.length)} before`] : [];
  return [style.bold("Accepted before"), ...lines, ...more].join("\n");
}
