import type { RunExplanation } from "../explain/run-explanation.js";
import { rowWords } from "../explain/told/told-rows-of.js";
import type { EpochRange } from "../explain/whole-run/epoch-ranges.js";
import type { PayPart } from "../explain/whole-run/pay-parts.js";
import { WOULD_BE } from "../explain/whole-run/range-series.js";
import { formatTokens, formatTokensShort } from "../format/amount.js";
import { formatCount, formatMultiplier, formatShare, formatTerm, plural } from "../format/numbers.js";
import { formatTime } from "../format/time.js";
import type { ReportStyle } from "../style.js";
import { renderTable } from "../table.js";
import { termText } from "./derivation-text.js";
import { labelled, paragraph } from "./paragraph.js";
import { roleWords } from "./verdict.js";

/**
 * What the pay of one miner over a whole run is made of, and the epochs in which that changed.
 * @param isNoted is what was not recorded said beside it?
 */
export function runExplanationText(explanation: RunExplanation, limit: number, isNoted: boolean, style: ReportStyle): string {
  const { position, epochs, told_epochs: told, weighed_epochs: weighed, ranges, lacks } = explanation;
  const role = position.role === "miner" ? "" : `, paid as ${roleWords(position.role)}`;
  const parts = [
    [
      labelled("hotkey", `${style.legible(position.hotkey)}  (subnet ${position.netuid}${role})`, style),
      labelled("coldkey", style.legible(position.coldkey), style),
      labelled(
        "epochs",
        `${formatCount(epochs)}${told < epochs ? `, of which ${formatCount(told)} with their pay recorded` : ""}, ${weighed === null ? "weights not recorded" : `with a weight in ${formatCount(weighed)}`}`,
        style,
      ),
    ].join("\n"),
    paragraph(headingOf(explanation), style, style.bold),
    ...partsTable(explanation, style),
    ...besideText(explanation, style),
    ...wouldBeText(explanation, style),
  ];
  if (lacks !== null && !isNoted) parts.push(paragraph(lacks, style));
  if (ranges.length > 0) parts.push(rangesTable(ranges, limit, style));
  return `${parts.join("\n\n")}\n`;
}

function headingOf(explanation: RunExplanation): string {
  const { epochs, told_epochs: told, paid_rao: paid, whole_run_paid_rao: whole } = explanation;
  const inAll = `Paid ${formatTokens(whole)} alpha over the whole run, in all roles`;
  if (paid === null) return `${inAll}. What it is made of is not known, since its pay in each epoch was not recorded.`;
  if (isPaidElsewhere(explanation)) {
    const when = told === epochs ? "over the whole run" : `in the ${plural(told, "epoch")} that ${told === 1 ? "was" : "were"} recorded`;
    const as = `Paid ${rolesText(explanation)} ${when}, which no rule for miners changes. As a miner it is paid nothing.`;
    return told === epochs ? as : `${inAll}. ${as}`;
  }
  if (told === epochs) return `Paid ${formatTokens(paid)} alpha as a miner over the whole run, made of:`;
  const some = `Of it ${formatTokens(paid)} as a miner in the ${plural(told, "epoch")} that ${told === 1 ? "was" : "were"} recorded`;
  return `${inAll}. ${some}, made of:`;
}

/** Is it paid for something else than mining alone? */
function isPaidElsewhere({ paid_rao: paid, parts, other_roles: others }: RunExplanation): boolean {
  return paid === 0n && others.length > 0 && parts.every(({ amount_rao }) => amount_rao === 0n);
}

/** `71.5 alpha as a validator and 2.1 alpha as the owner` */
function rolesText({ other_roles: others }: RunExplanation): string {
  return others.map(({ role, paid_rao }) => `${formatTokens(paid_rao)} alpha as ${roleWords(role)}`).join(" and ");
}

/** Of a multiplier that moves no pay. */
function wouldBeText({ multiplier_effect: effect, would_be_multiplier: would }: RunExplanation, style: ReportStyle): readonly string[] {
  if (would === null) return [];
  const why = effect === "replay" ? "pay is as recorded (emission: replay)" : "the rule is only computed (vesting.mode: shadow)";
  return [paragraph(`At the end its multiplier would be ${formatMultiplier(would)}; it moves no pay, since ${why}.`, style)];
}

function besideText(explanation: RunExplanation, style: ReportStyle): readonly string[] {
  if (explanation.other_roles.length === 0 || isPaidElsewhere(explanation)) return [];
  return [paragraph(`Beside that it was paid ${rolesText(explanation)}, which no rule for miners changes.`, style)];
}

/** None where nothing is known of them, or there is nothing to tell. */
function partsTable(explanation: RunExplanation, style: ReportStyle): readonly string[] {
  const { parts, paid_rao: paid } = explanation;
  if (paid === null || isPaidElsewhere(explanation)) return [];
  const share = (rao: bigint) => (paid === 0n ? "-" : formatShare(Number(rao) / Number(paid)));
  const sum = {
    term: "paid",
    path: null,
    amount_rao: parts.reduce((all, { amount_rao }) => all + amount_rao, 0n),
    words: "sum of the parts, to the rao",
  };
  const table = renderTable<PayPart>(
    [
      { head: "part", cell: (part) => style.legible(termText(part)) },
      { head: "alpha", align: "right", cell: ({ amount_rao }) => formatTokens(amount_rao) },
      { head: "of pay", align: "right", cell: ({ amount_rao }) => share(amount_rao) },
      { head: "what", dropOrder: 1, cell: ({ words }) => style.legible(words) },
    ],
    [...parts, sum],
    style,
  );
  return [table];
}

function rangesTable(ranges: readonly EpochRange[], limit: number, style: ReportStyle): string {
  const shown = largest(ranges, limit);
  const table = renderTable<EpochRange>(
    [
      { head: "epochs", cell: ({ from_epoch, to_epoch }) => (from_epoch === to_epoch ? String(from_epoch) : `${from_epoch}-${to_epoch}`) },
      { head: "term", cell: (range) => style.legible(rangeTerm(range)) },
      { head: "before", align: "right", cell: ({ before }) => style.legible(valueText(before)) },
      { head: "after", align: "right", cell: ({ after }) => style.legible(valueText(after)) },
      { head: "paid", align: "right", dropOrder: 2, cell: ({ paid_rao: rao }) => (rao === null ? "-" : formatTokensShort(rao)) },
      { head: "why", dropOrder: 1, cell: (range) => whyText(range, style.legible) },
    ],
    shown,
    style,
  );
  const left = ranges.length - shown.length;
  const more = left > 0 ? `\n${style.dim(`and ${formatCount(left)} with smaller changes; --limit ${ranges.length} shows all`)}` : "";
  return `${style.bold("Where it changed")}\n${table}${more}`;
}

function rangeTerm(range: EpochRange): string {
  return range.term === WOULD_BE ? "would-be multiplier" : termText(range);
}

function valueText(value: EpochRange["before"]): string {
  return value === null ? "-" : typeof value === "string" ? value : formatTerm(value);
}

/** Those in which pay moved most, in order of time; where it is not known, or moved alike, those whose term did. */
function largest(ranges: readonly EpochRange[], limit: number): readonly EpochRange[] {
  const paid = ({ moved_rao: rao }: EpochRange) => Math.abs(Number(rao ?? 0n));
  const size = ({ before, after, change }: EpochRange) => {
    if (typeof before === "number" && typeof after === "number") return Math.abs(after - before);
    return change === "none" || change === "same" ? 0 : 1;
  };
  const order = [...ranges].sort((a, b) => paid(b) - paid(a) || size(b) - size(a) || a.from_epoch - b.from_epoch);
  const kept = new Set(order.slice(0, limit));
  return ranges.filter((range) => kept.has(range));
}

/** Names of streams may hold anything. */
function whyText(range: EpochRange, legible: (text: string) => string): string {
  const why = range.row === undefined ? range.words : `${range.words} (${rowWords(range.row)})`;
  return eventText(legible(why), range);
}

function eventText(words: string, { event, events }: EpochRange): string {
  if (event === null) return words;
  const amount = event.amount_rao > 0 ? ` of ${formatTokensShort(event.amount_rao)}` : "";
  const from = event.tranches > 0 ? ` from ${plural(event.tranches, "tranche")}` : "";
  const more = events > 1 ? `, and ${formatCount(events - 1)} more` : "";
  const colon = words.endsWith(" of") ? "" : words.includes(":") ? "; largest" : ":";
  return `${words}${colon} ${event.event}${amount}${from} at ${formatTime(event.time_ms)}${more}`;
}
