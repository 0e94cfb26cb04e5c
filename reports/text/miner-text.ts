import { formatTokens, formatTokensShort } from "../format/amount.js";
import { formatCount, formatTerm, plural } from "../format/numbers.js";
import { formatTime } from "../format/time.js";
import type { MinerReport } from "../miner-report.js";
import { type BeforeRule, isOfAgents } from "../rules.js";
import type { ReportStyle } from "../style.js";
import { labelled, paragraph } from "./paragraph.js";
import { lastPaidTerms, payTerms } from "./pay-terms.js";
import { stagesText } from "./stages-text.js";
import { type Term, termTable } from "./term-table.js";
import { basisWords, isBelowMinimum, isNoMiner, minimumWords, roleWords, STAGED, verdict } from "./verdict.js";
import { withdrawalsText } from "./withdrawals-text.js";

function ruleTerms(report: MinerReport): Term[] {
  const { holding, terms, pool } = report;
  if (holding === null) return [];
  const from = `alpha ${basisWords(report)}${pool === null ? "" : ", all positions of the coldkey"}`;
  return [
    { name: "received", value: formatTokens(pool?.received_rao ?? holding.received_rao), from },
    { name: "remaining", value: formatTokens(pool?.remaining_rao ?? holding.remaining_rao), from: "what is left of that" },
    ...(terms ?? []).map(({ name, formula, value }) => ({
      name,
      value: formatTerm(value),
      from: formula !== "" ? formula : name === "held_share" ? "remaining / received" : name === "held_days" ? "mean age of remaining" : "",
    })),
  ];
}

function ruleHead(report: MinerReport): string {
  const { rule, multiplier_effect: effect } = report.rules;
  if (effect === "off") return `Rule ${rule}, were vesting on`;
  if (isNoMiner(report)) return `Rule ${rule}, were it a miner`;
  return isBelowMinimum(report) && report.terms !== null ? `Rule ${rule}, were the minimum stake met` : `Rule ${rule}`;
}

function minimumText(report: MinerReport): string {
  const { holding, pool, minimum_stake: minimum } = report;
  const needed = `minimum_stake ${minimumWords(report)}${minimum.unit === "alpha" ? "" : " at the latest price"}`;
  const even = pool === null ? "" : " (its even part of the coldkey's)";
  const has = holding === null ? "" : `, stake ${formatTokens(holding.stake_rao)} alpha${even}`;
  const below = minimum.below_minimum === "zero" ? "its weight is cut to 0" : "its multiplier is 1";
  return `${needed}${has}${minimum.met === null ? "" : minimum.met ? ": met" : `: not met, ${below}`}`;
}

/** When it was measured, against the pay of the epoch: an epoch by the clock is paid as recorded while it lasts. */
function measuredWords({ rules: { epochs_by: by, multiplier_effect: effect } }: MinerReport): string {
  if (by === "emission") return "; measured before this epoch's pay";
  return effect === "replay" ? "" : "; measured before the miners' pay of this epoch";
}

function headText(report: MinerReport, style: ReportStyle): string {
  const { legible } = style;
  const { position, epoch, registry_known: known, others_on_hotkey: others, pool, handed_over: handed } = report;
  const isRoled = position.role !== "miner";
  const uid = position.uid >= 0 ? `, uid ${position.uid}` : known && !isRoled ? ", not registered at the end" : "";
  const role = isRoled ? `, paid as ${roleWords(position.role)}` : "";
  const when =
    epoch === null
      ? "none"
      : `${formatCount(epoch.epoch)}, ${formatTime(epoch.start_ms)} to ${formatTime(epoch.end_ms)}${measuredWords(report)}`;
  const lines = [
    labelled("hotkey", `${legible(position.hotkey)}  (subnet ${position.netuid}${uid}${role})`, style),
    labelled("coldkey", legible(position.coldkey), style),
    labelled("epoch", when, style),
  ];
  if (handed !== null) {
    const { name, strategy, from_ms } = handed;
    const as = name === position.hotkey ? "" : ` as ${legible(name)}`;
    const words = `handed over${as} to ${legible(strategy)} from ${formatTime(from_ms)}; until then it follows the recording`;
    lines.push(labelled("note", words, style));
  }
  if (pool !== null) {
    const others = pool.positions.filter((member) => member.position !== position.position).map(({ hotkey }) => legible(hotkey));
    lines.push(labelled("pool", `measured together with ${others.join(", ")} (vesting.key_scope: coldkey_even)`, style));
  }
  if (others.length > 0) {
    const some = `${plural(others.length, "position")} of other coldkeys`;
    const which = `--position ${others.slice(0, 8).join(", ")}`;
    lines.push(labelled("note", `this is position ${position.position}; the hotkey also has ${some}: ${which}`, style));
  }
  return lines.join("\n");
}

/** What it would be paid without the rule: of who decides for itself there is no recording. */
function comparedWords(before: BeforeRule, wouldBePaid: boolean): string {
  if (isOfAgents(before)) return wouldBePaid ? "though base weights alone would pay it" : "nor would base weights alone pay it";
  return wouldBePaid ? "though the recording pays it" : "as in the recording";
}

/** Since when a miner is not paid, and what it was paid before; null where it is paid, or that is not known. */
function unpaidWords({
  epoch,
  pay,
  last_paid: last,
  position,
  tables,
  record_every: every,
  registry_known: known,
  rules: { before_rule: before },
}: MinerReport): string | null {
  if (epoch === null || pay.epoch_paid_rao !== 0n || !tables.includes("rewards")) return null;
  const whole = position.at_end.paid_rao;
  const run = `The whole run paid it ${formatTokensShort(whole)} alpha.`;
  const seat = known && position.uid < 0 && position.role === "miner" ? " It was not registered at the end." : "";
  const unpaid = `Not paid in epoch ${formatCount(epoch.epoch)}, ${comparedWords(before, (pay.epoch_recorded_rao ?? 0n) > 0n)}`;
  const of = every === 1 ? "" : ` of those that were recorded (one in ${every})`;
  if (last !== null) {
    const { epoch: before, pay: then } = last;
    const paid = formatTokensShort(then.epoch_paid_rao ?? 0n);
    return `${unpaid}. It is unpaid since epoch ${formatCount(before.epoch)}, ended ${formatTime(before.end_ms)}, the last${of} that paid it: ${paid} alpha. ${run}${seat}`;
  }
  if (whole === 0n) return `${unpaid}, nor in any other of the run.${seat}`;
  const knowsBefore = every === 1 || epoch.epoch > every;
  if (!knowsBefore) return `${unpaid}. What epochs before paid it was not recorded. ${run}${seat}`;
  return `${unpaid}, nor in any epoch before${of}. ${run}${seat}`;
}

/** Why a miner's multiplier is what it is. */
export function minerText(report: MinerReport, style: ReportStyle): string {
  const unpaid = unpaidWords(report);
  const parts = [headText(report, style), paragraph(verdict(report), style, style.bold)];
  if (unpaid !== null) parts.push(paragraph(unpaid, style));
  const terms = ruleTerms(report);
  if (terms.length > 0 && report.rules.rule !== STAGED)
    parts.push(`${style.bold(ruleHead(report))}\n${termTable(terms, style)}`, paragraph(minimumText(report), style));
  if (report.terms_note !== null) parts.push(paragraph(style.legible(report.terms_note), style));
  parts.push(...stagesText(report.stages, report.stages_note, report.rules.multiplier_effect, style));
  for (const why of report.rules.unread) parts.push(paragraph(style.legible(why), style));
  const pay = payTerms(report);
  if (pay.length > 0) parts.push(`${style.bold("From weight to pay")}\n${termTable(pay, style)}`);
  const last = lastPaidTerms(report);
  if (last.length > 0 && report.last_paid !== null) {
    const { epoch } = report.last_paid;
    const head = `In epoch ${formatCount(epoch.epoch)}, ended ${formatTime(epoch.end_ms)}, the last that paid it`;
    parts.push(`${paragraph(head, style, style.bold)}\n${termTable(last, style)}`);
  }
  parts.push(withdrawalsText(report, style));
  return `${parts.join("\n\n")}\n`;
}
