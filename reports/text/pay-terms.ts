import { formatTokens, formatTokensChange, formatTokensShort } from "../format/amount.js";
import { formatGain, formatMultiplier, formatTerm, plural } from "../format/numbers.js";
import type { MinerReport } from "../miner-report.js";
import { type BeforeRule, isOfAgents } from "../rules.js";
import type { WeightShares } from "../weight-shares.js";
import type { Term } from "./term-table.js";
import { STAGED } from "./verdict.js";

function appliedWords({ rules, weight }: Weighed): string {
  switch (rules.multiplier_effect) {
    case "applied":
      return "as applied";
    case "replay":
      return "would be; pay is as recorded (emission: replay)";
    case "shadow":
      return `shadow mode: would be ${formatMultiplier(weight?.shadow_multiplier ?? 1)}`;
    case "off":
      return "vesting is off";
  }
}

const BASE_WEIGHT: Readonly<Record<BeforeRule, string>> = {
  recorded: "before the multiplier, relative",
  rewards: "before the multiplier, relative",
  recorded_rule_undone: "recorded pay / its multiplier under emission.recorded_rule, relative",
  weights: "of the weights stream, before the multiplier, relative",
  scores: "its score, before the multiplier, relative",
  yuma: "incentive by Yuma of what validators set, before the multiplier, relative",
  skill: "skill * share of the work, before the multiplier",
  consensus: "what validators agree that the work is worth, before the multiplier",
};

type Weighed = Pick<MinerReport, "weight" | "weight_shares" | "rules">;

function weightTerms(report: Weighed): Term[] {
  const { weight, weight_shares: shares, rules } = report;
  if (weight === null) return [];
  const would = rules.multiplier_effect === "replay" ? "would be the " : "";
  const base = shares?.base_share ?? null;
  return [
    { name: "base_weight", value: formatTerm(weight.base_weight), from: BASE_WEIGHT[rules.before_rule] },
    ...(base === null ? [] : [{ name: "base_share", value: formatTerm(base), from: "base_weight / sum of all base weights" }]),
    {
      name: "multiplier",
      value: formatMultiplier(weight.multiplier),
      from: `${rules.rule === STAGED ? "product of the factors of its stages, " : ""}${appliedWords(report)}`,
    },
    {
      name: "final_weight",
      value: formatTerm(weight.final_weight),
      from: `${would}share of the pot, after ${rules.rule === STAGED ? "all stages" : "multiplier and redistribution"}`,
    },
    {
      name: "change of share",
      value: formatGain(weight.weight_gain),
      from: `final_weight ${base === null ? "against" : "/"} base_share; 0 where all get the same bonus (weight_gain ${formatTerm(weight.weight_gain)} in the tables)`,
    },
    ...(shares === null ? [] : [potTerm(shares)]),
  ];
}

function potTerm({ pot_rao: pot, pot_lacks: lacks }: WeightShares): Term {
  return pot === null
    ? { name: "pot", value: "-", from: `not all of it was recorded (record.tables: ${lacks.join(", ")})` }
    : { name: "pot", value: formatTokens(pot), from: "alpha for the miners in this epoch" };
}

function against(paid: bigint, recorded: bigint, { before_rule: before }: MinerReport["rules"]): string {
  const change = `${formatTokensChange(paid - recorded)} against ${formatTokensShort(recorded)}`;
  if (isOfAgents(before)) return `${change} by base weights alone`;
  return `${change} recorded${before === "recorded_rule_undone" ? " under the recorded rule" : ""}`;
}

function epochPay({ pay, rules }: Pick<MinerReport, "pay" | "rules">): Term[] {
  if (pay.epoch_paid_rao === null || pay.epoch_recorded_rao === null) return [];
  const from = `alpha in this epoch, ${against(pay.epoch_paid_rao, pay.epoch_recorded_rao, rules)}`;
  return [{ name: rules.scheduled ? "awarded" : "paid", value: formatTokens(pay.epoch_paid_rao), from }];
}

/** From weight to pay, term by term. */
export function payTerms(report: MinerReport): Term[] {
  const { pay, epoch, at_end: atEnd, position, unpaid_instalments: unpaid, rules } = report;
  const terms = weightTerms(report);
  const paid = rules.scheduled ? "awarded" : "paid";
  if (epoch !== null) terms.push(...epochPay(report));
  if (!atEnd && pay.paid_rao !== null && pay.recorded_rao !== null) {
    terms.push({
      name: `${paid} so far`,
      value: formatTokens(pay.paid_rao),
      from: `alpha, ${against(pay.paid_rao, pay.recorded_rao, rules)}`,
    });
  }
  const { paid_rao: whole, recorded_rao: recorded } = position.at_end;
  terms.push({ name: `${paid} in the whole run`, value: formatTokens(whole), from: `alpha, ${against(whole, recorded, rules)}` });
  if (unpaid !== null) {
    const from = `alpha of ${plural(unpaid.schedules, "vesting schedule")}, at the end of the run`;
    terms.push({ name: "not paid out yet", value: formatTokens(unpaid.unpaid_rao), from });
  }
  return terms;
}

/** The same of the last epoch that paid a miner which is not paid any more. */
export function lastPaidTerms({ last_paid: last, rules }: MinerReport): Term[] {
  return last === null ? [] : [...weightTerms({ ...last, rules }), ...epochPay({ ...last, rules })];
}
