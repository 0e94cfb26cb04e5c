import { formatTokens, formatTokensShort } from "../format/amount.js";
import { formatCount, formatShare, formatTerm } from "../format/numbers.js";
import { formatTime } from "../format/time.js";
import type { SlashRow, SubmissionRow } from "../index-subnet/index-rows.js";
import type { ValidatorReport } from "../index-subnet/participant-report.js";
import type { ReportStyle } from "../style.js";
import { renderTable } from "../table.js";
import { times } from "./index-summary-text.js";
import { labelled, paragraph } from "./paragraph.js";
import { type Term, termTable } from "./term-table.js";

/** What a NAV was attested for, in words. */
const OCCASIONS: Readonly<Record<SubmissionRow["operation"], string>> = {
  none: "nothing it names",
  epoch: "the end of the epoch",
  mint: "a mint",
  redeem: "a redemption",
  rebalance: "a rebalance",
};

/** What a validator handed in, how it stands, and what it lost for what. */
export function validatorText(report: ValidatorReport, limit: number, style: ReportStyle): string {
  const { validator, behaviour, epoch } = report;
  const when = epoch === null ? "none" : `${formatCount(epoch.epoch)}, ${formatTime(epoch.start_ms)} to ${formatTime(epoch.end_ms)}`;
  const parts = [
    [
      labelled(
        "hotkey",
        `${style.legible(validator.hotkey)}  (a validator of the group ${style.legible(validator.group_name)}, ${behaviour})`,
        style,
      ),
      labelled("epoch", when, style),
    ].join("\n"),
    paragraph(verdict(report), style, style.bold),
    submissionText(report, style),
    standingText(report, style),
    slashesText(report.slashes, limit, style),
    deviationsText(report.deviations, limit, style),
  ];
  return `${parts.filter((text) => text !== "").join("\n\n")}\n`;
}

function verdict({ standing, slashes, suspended_epoch: suspended, validator }: ValidatorReport): string {
  const status = standing === null ? "Its status was not recorded" : `Status ${standing.status}`;
  const since = suspended === null ? "" : `, first suspended in epoch ${formatCount(suspended)}`;
  const taken = (slashes ?? []).reduce((sum, { taken_rao }) => sum + BigInt(taken_rao), 0n);
  const lost =
    slashes === null || slashes.length === 0 ? "" : ` It was slashed ${times(slashes.length)}, ${formatTokensShort(taken)} alpha in all.`;
  return `${status}${since}.${lost} Paid ${formatTokensShort(validator.paid_rao)} alpha in the whole run.`;
}

function submissionText({ submission }: ValidatorReport, style: ReportStyle): string {
  if (submission === null) return "";
  const { standing, stake_rao, judged, deviation, severity, attested_block, attested_nav_rao, operation, nav_error, falsified } =
    submission;
  const rows: Term[] = [
    { name: "standing", value: standing, from: "whether the submission counts, or why not" },
    { name: "stake", value: formatTokens(stake_rao), from: "alpha it counts with" },
    { name: "deviation", value: judged ? formatShare(deviation) : "-", from: "sum|w - c| / (sum w + sum c); c is the consensus" },
    { name: "severity", value: severity, from: "of this one alone" },
  ];
  if (attested_block >= 0) {
    rows.push(
      {
        name: "attested NAV",
        value: formatTokens(attested_nav_rao),
        from: `TAO a token, at block ${attested_block}, for ${OCCASIONS[operation]}`,
      },
      {
        name: "NAV error",
        value: `${(nav_error * 100).toFixed(4)} %`,
        from: falsified ? "off the true NAV of that block: falsified" : "off the true NAV of that block",
      },
    );
  }
  return `${style.bold("Its submission")}\n${termTable(rows, style)}`;
}

function standingText({ standing }: ValidatorReport, style: ReportStyle): string {
  if (standing === null) return "";
  const rows: Term[] = [
    { name: "stake", value: formatTokens(standing.stake_rao), from: standing.meets_requirement ? "alpha" : "alpha, below the minimum" },
    { name: "held back", value: formatTokens(standing.held_rao), from: "for slashes that can be appealed against" },
    { name: "slashed", value: formatTokens(standing.slashed_rao), from: "alpha so far" },
    { name: "accuracy", value: formatTerm(standing.accuracy), from: `${standing.agreeing} of ${standing.submissions} submissions agreed` },
    { name: "consistency", value: formatTerm(standing.consistency), from: `1 - ${standing.deviations} deviations / submissions` },
    { name: "reliability", value: formatTerm(standing.reliability), from: `by submissions, less ${standing.slashes} slashes` },
    { name: "reputation", value: formatTerm(standing.overall), from: "weighted mean of the three" },
    { name: "clean epochs", value: formatCount(standing.clean_epochs), from: "since the last deviation" },
  ];
  return `${style.bold("Its standing after the epoch")}\n${termTable(rows, style)}`;
}

function slashesText(slashes: readonly SlashRow[] | null, limit: number, style: ReportStyle): string {
  if (slashes === null) return "";
  if (slashes.length === 0) return "It was never slashed.";
  const table = renderTable<SlashRow>(
    [
      { head: "epoch", align: "right", cell: ({ epoch }) => formatCount(epoch) },
      { head: "severity", cell: ({ severity }) => severity },
      { head: "cause", cell: ({ cause }) => cause },
      { head: "deviation", align: "right", cell: ({ deviation }) => formatShare(deviation) },
      { head: "rate", align: "right", cell: ({ rate }) => formatShare(rate) },
      { head: "of alpha", align: "right", dropOrder: 2, cell: ({ available_rao }) => formatTokensShort(available_rao) },
      { head: "taken", align: "right", cell: ({ taken_rao }) => formatTokensShort(taken_rao) },
      { head: "state", cell: ({ state }) => state },
      { head: "to", dropOrder: 1, cell: ({ destination }) => destination },
    ],
    slashes.slice(0, limit),
    style,
  );
  const left = slashes.length - limit;
  const more = left > 0 ? `\n${style.dim(`and ${formatCount(left)} more; --limit ${slashes.length} shows all`)}` : "";
  return `${style.bold("Slashes")}\n${table}${more}`;
}

function deviationsText(deviations: readonly SubmissionRow[] | null, limit: number, style: ReportStyle): string {
  if (deviations === null || deviations.length === 0) return "";
  const table = renderTable<SubmissionRow>(
    [
      { head: "epoch", align: "right", cell: ({ epoch }) => formatCount(epoch) },
      { head: "ended", dropOrder: 1, cell: ({ time_ms }) => formatTime(time_ms) },
      { head: "deviation", align: "right", cell: ({ deviation }) => formatShare(deviation) },
      { head: "NAV error", align: "right", cell: ({ nav_error }) => `${(nav_error * 100).toFixed(4)} %` },
      { head: "severity", cell: ({ severity }) => severity },
    ],
    deviations.slice(-limit),
    style,
  );
  const head = deviations.length > limit ? `The last ${limit} of its ${formatCount(deviations.length)} deviations` : "Its deviations";
  return `${style.bold(head)}\n${table}`;
}
