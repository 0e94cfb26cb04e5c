import { formatTokens, formatTokensChange, formatTokensShort } from "../format/amount.js";
import { formatCount, formatDays, formatGain, formatMultiplier, formatShare, formatTerm } from "../format/numbers.js";
import { formatTime } from "../format/time.js";
import type { MinerReport } from "../miner-report.js";
import type { ReportStyle } from "../style.js";
import { type Term, termTable } from "./term-table.js";
import { withdrawalsText } from "./withdrawals-text.js";

/** What the tranches of the retention basis are called in a sentence. */
function basisWords({ retention_basis, retention_scope }: MinerReport): string {
  const what = retention_basis === "emissions" ? "it was paid" : "it was paid or put in";
  return retention_scope === "window" ? `${what} in the retention window` : what;
}

/** The multiplier and what it comes from, in one or two sentences. */
function verdict(report: MinerReport): string {
  const { holding, terms, minimum_stake: minimum } = report;
  if (holding === null) return "The run did not record its holdings in this epoch (record.tables: holdings).";
  const multiplier = `Multiplier ${formatMultiplier(holding.multiplier)}: `;
  const stake = `${formatTokens(minimum.minimum_rao)} ${minimum.unit === "alpha" ? "alpha" : "TAO"}`;
  if (terms === null) return `${multiplier}nothing of what counts was received yet, and then every rule gives 1.`;
  const ruled = terms[terms.length - 1].value;
  const cut = minimum.met === false || (minimum.met === null && ruled !== holding.multiplier);
  if (cut) return `${multiplier}its stake is below minimum_stake (${stake}), so what it holds earns nothing.`;
  return (
    `${multiplier}it still holds ${formatShare(holding.held_share)} of the ${formatTokensShort(holding.received_rao)} alpha ` +
    `${basisWords(report)}, for ${formatDays(holding.held_days)} on average.`
  );
}

function termRows(report: MinerReport): Term[] {
  const { holding, terms } = report;
  if (holding === null) return [];
  const basis = basisWords(report).replace(/^it was/, "alpha it was");
  return [
    { name: "received", value: formatTokens(holding.received_rao), from: basis },
    { name: "remaining", value: formatTokens(holding.remaining_rao), from: "what is left of that" },
    ...(terms ?? []).map(({ name, formula, value }) => ({
      name,
      value: formatTerm(value),
      from: formula !== "" ? formula : name === "held_share" ? "remaining / received" : name === "held_days" ? "mean age of remaining" : "",
    })),
  ];
}

function minimumText({ holding, minimum_stake: { minimum_rao, unit, met, below_minimum } }: MinerReport): string {
  const needed = `minimum_stake ${formatTokens(minimum_rao)} ${unit === "alpha" ? "alpha" : "TAO at the latest price"}`;
  const has = holding === null ? "" : `, stake ${formatTokens(holding.stake_rao)} alpha`;
  const below = below_minimum === "zero" ? "its weight is cut to 0" : "its multiplier is 1";
  return `${needed}${has}${met === null ? "" : met ? ": met" : `: not met, ${below}`}`;
}

function payRows({ weight, pay, vesting_mode }: MinerReport): Term[] {
  const rows: Term[] = [];
  if (weight !== null) {
    const applied = vesting_mode === "shadow" ? `shadow mode: would be ${formatMultiplier(weight.shadow_multiplier)}` : "as applied";
    rows.push(
      { name: "base_weight", value: formatTerm(weight.base_weight), from: "before the multiplier, relative" },
      { name: "multiplier", value: formatMultiplier(weight.multiplier), from: vesting_mode === "off" ? "vesting is off" : applied },
      { name: "final_weight", value: formatShare(weight.final_weight), from: "share of the pot after multiplier and redistribution" },
      {
        name: "weight_gain",
        value: formatGain(weight.weight_gain),
        from: "against the share of base_weight; 0 where all get the same bonus",
      },
    );
  }
  if (pay !== null) {
    const change = (paid: bigint, recorded: bigint) =>
      `${formatTokensChange(paid - recorded)} against ${formatTokensShort(recorded)} recorded`;
    rows.push(
      {
        name: "paid",
        value: formatTokens(pay.epoch_paid_rao),
        from: `alpha in this epoch, ${change(pay.epoch_paid_rao, pay.epoch_recorded_rao)}`,
      },
      {
        name: "paid so far",
        value: formatTokens(pay.paid_rao),
        from: `alpha in the recorded epochs, ${change(pay.paid_rao, pay.recorded_rao)}`,
      },
    );
  }
  return rows;
}

/** Why a miner's multiplier is what it is. */
export function minerText(report: MinerReport, style: ReportStyle): string {
  const { position, epoch, rule } = report;
  const uid = position.uid < 0 ? "not registered at the end" : `uid ${position.uid}`;
  const when = epoch === null ? "none" : `${formatCount(epoch.epoch)}, ${formatTime(epoch.start_ms)} to ${formatTime(epoch.end_ms)}`;
  const parts = [
    `hotkey   ${position.hotkey}  (subnet ${position.netuid}, ${uid})\ncoldkey  ${position.coldkey}\nepoch    ${when}`,
    style.bold(verdict(report)),
  ];
  const terms = termRows(report);
  if (terms.length > 0) parts.push(`${style.bold(`Rule ${rule}`)}\n${termTable(terms, style)}`, minimumText(report));
  const pay = payRows(report);
  if (pay.length > 0) parts.push(`${style.bold("From weight to pay")}\n${termTable(pay, style)}`);
  parts.push(withdrawalsText(report.withdrawals, style));
  return `${parts.join("\n\n")}\n`;
}
