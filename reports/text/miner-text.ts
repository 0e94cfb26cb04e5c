import { formatTokens } from "../format/amount.js";
import { formatCount, formatTerm, plural } from "../format/numbers.js";
import { formatTime } from "../format/time.js";
import type { MinerReport } from "../miner-report.js";
import type { ReportStyle } from "../style.js";
import { payTerms } from "./pay-terms.js";
import { type Term, termTable } from "./term-table.js";
import { basisWords, isBelowMinimum, minimumWords, verdict } from "./verdict.js";
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

function headText(report: MinerReport, { legible }: ReportStyle): string {
  const { position, epoch, registry_known: known, others_on_hotkey: others, pool } = report;
  const uid = position.uid >= 0 ? `, uid ${position.uid}` : known ? ", not registered at the end" : "";
  const when =
    epoch === null
      ? "none"
      : `${formatCount(epoch.epoch)}, ${formatTime(epoch.start_ms)} to ${formatTime(epoch.end_ms)}${measuredWords(report)}`;
  const lines = [
    `hotkey   ${legible(position.hotkey)}  (subnet ${position.netuid}${uid})`,
    `coldkey  ${legible(position.coldkey)}`,
    `epoch    ${when}`,
  ];
  if (pool !== null) {
    const others = pool.positions.filter((member) => member.position !== position.position).map(({ hotkey }) => legible(hotkey));
    lines.push(`pool     measured together with ${others.join(", ")} (vesting.key_scope: coldkey_even)`);
  }
  if (others.length > 0) {
    const some = `${plural(others.length, "position")} of other coldkeys`;
    lines.push(`note     this is position ${position.position}; the hotkey also has ${some}: --position ${others.slice(0, 8).join(", ")}`);
  }
  return lines.join("\n");
}

/** Why a miner's multiplier is what it is. */
export function minerText(report: MinerReport, style: ReportStyle): string {
  const parts = [headText(report, style), style.bold(verdict(report))];
  const terms = ruleTerms(report);
  if (terms.length > 0) parts.push(`${style.bold(ruleHead(report))}\n${termTable(terms, style)}`, minimumText(report));
  const pay = payTerms(report);
  if (pay.length > 0) parts.push(`${style.bold("From weight to pay")}\n${termTable(pay, style)}`);
  parts.push(withdrawalsText(report, style));
  return `${parts.join("\n\n")}\n`;
}
