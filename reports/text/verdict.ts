import { formatTokens, formatTokensShort } from "../format/amount.js";
import { formatDays, formatMultiplier, formatShare, plural } from "../format/numbers.js";
import { formatDay } from "../format/time.js";
import type { MinerReport } from "../miner-report.js";

/** What the tranches of the retention basis are called in a sentence: "it was paid since 2025-01-01". */
export function basisWords({ rules: { retention_basis, retention_scope, start_ms }, pool }: MinerReport): string {
  const who = pool === null ? "it was" : "they were";
  const what = `${who} paid${retention_basis === "emissions" ? "" : " or put in"}`;
  const window = retention_scope === "window" ? " in the retention window" : "";
  return `${what}${window}${start_ms === null ? "" : ` since ${formatDay(start_ms)}`}`;
}

export function minimumWords({ minimum_stake: { minimum_rao, unit } }: MinerReport): string {
  return `${formatTokens(minimum_rao)} ${unit === "alpha" ? "alpha" : "TAO"}`;
}

/** Is the stake too small for a bonus? Where the price is not known, the multiplier tells. */
export function isBelowMinimum({ minimum_stake: { met }, rules, terms, multiplier }: MinerReport): boolean {
  if (met !== null) return !met;
  return rules.multiplier_effect !== "off" && terms !== null && terms[terms.length - 1].value !== multiplier;
}

/** The multiplier with what became of it: "Multiplier 1.2887" where it was applied. */
function multiplierWords(report: MinerReport): string {
  const { multiplier_effect: effect } = report.rules;
  const value = formatMultiplier(report.multiplier ?? 1);
  switch (effect) {
    case "applied":
      return `Multiplier ${isNoMiner(report) ? "would be " : ""}${value}: `;
    case "replay":
      return `Multiplier would be ${value}, not applied, since pay is replayed as recorded (emission: replay): `;
    case "shadow":
      return `Multiplier would be ${value}, not applied (vesting.mode: shadow): `;
    case "off":
      return `Vesting is off (vesting.mode: off), so every multiplier is ${value}: `;
  }
}

function nothingMeasured({ epoch, tables, rules }: MinerReport): string {
  if (epoch === null) return noEpochWords(rules.epochs_by);
  if (!tables.includes("holdings")) return "The run did not record its holdings in this epoch (record.tables: holdings).";
  return "It was not there yet at the end of this epoch.";
}

/** Why a run has no epoch. */
export function noEpochWords(epochsBy: "emission" | "tempo"): string {
  return epochsBy === "emission"
    ? "No epoch: nobody is paid, so no epoch ends. Set epochs: tempo."
    : "No epoch: the streams end before the first tempo does.";
}

/** The multiplier and what it comes from, in one or two sentences. */
export function verdict(report: MinerReport): string {
  if (!isNoMiner(report) || report.rules.rule === STAGED || report.holding === null) return minerVerdict(report);
  return `It is paid as ${roleWords(report.position.role)}, and has no weight among the miners: no multiplier counts for it. ${minerVerdict(report)}`;
}

function minerVerdict(report: MinerReport): string {
  const { holding, pool, minimum_stake: minimum, rules } = report;
  if (holding === null) return nothingMeasured(report);
  if (rules.rule === STAGED) return stagedVerdict(report);
  const multiplier = multiplierWords(report);
  if (rules.multiplier_effect !== "off" && isBelowMinimum(report)) {
    const zero = minimum.below_minimum === "zero";
    const cut = rules.multiplier_effect === "applied" ? "its weight is cut to 0" : "its weight would be cut to 0";
    return `${multiplier}its stake is below minimum_stake (${minimumWords(report)}), so ${zero ? cut : "it gets no bonus"}.`;
  }
  const unpaid = rules.scheduled ? " Instalments that are not paid out yet do not count." : "";
  const since = rules.start_ms === null ? "" : ` since ${formatDay(rules.start_ms)} (vesting.start)`;
  const received = pool?.received_rao ?? holding.received_rao;
  if (Number(received) === 0) return `${multiplier}nothing of what counts was received yet${since}, and then every rule gives 1.${unpaid}`;
  const who = pool === null ? "it still holds" : `the ${plural(pool.positions.length, "position")} of its coldkey together still hold`;
  return (
    `${multiplier}${who} ${formatShare(holding.held_share)} of the ${formatTokensShort(received)} alpha ` +
    `${basisWords(report)}, for ${formatDays(holding.held_days)} on average.${unpaid}`
  );
}

/** Name of a rule that is a list of stages. */
export const STAGED = "stages";

/** A role of who is no miner, in words. */
export function roleWords(role: string): string {
  return role === "owner" ? "the owner" : `a ${role}`;
}

/** Is it paid for something else than mining, and had no weight among the miners? */
export function isNoMiner({ position: { role }, weight, tables }: MinerReport): boolean {
  return role !== "miner" && weight === null && tables.includes("weights");
}

/** Why no stage counts for it: it is no miner, was none in the epoch, or weights were not recorded. */
function noWeightWords({ position: { role }, tables }: MinerReport): string {
  if (role !== "miner") return `It is paid as ${roleWords(role)}, and has no weight among the miners: no stage counts for it.`;
  return tables.includes("weights")
    ? "It had no weight in this epoch."
    : "The run did not record its weight in this epoch (record.tables: weights).";
}

/** What the list of stages makes of the base share. */
function stagedVerdict(report: MinerReport): string {
  const {
    weight,
    weight_shares: shares,
    rules: { multiplier_effect: effect },
  } = report;
  if (effect === "off") return "Vesting is off (vesting.mode: off), so no stage counts.";
  if (weight === null) return noWeightWords(report);
  const base = shares?.base_share ?? null;
  const from = base === null ? "" : `, from a base share of ${formatShare(base)}`;
  const shadow = effect === "shadow" ? " Its stages are computed and not applied (vesting.mode: shadow)." : "";
  const replay = effect === "replay" ? " Pay is replayed as recorded (emission: replay), so this is what would be." : "";
  return `${formatShare(weight.final_weight)} of the pot${from}.${shadow}${replay}`;
}
