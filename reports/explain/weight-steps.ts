import type { WeightRow } from "../reading/weights.js";
import { type BeforeRule, multiplierEffect, type RunRules, sharesOwnPots } from "../rules.js";
import type { StageChain } from "../stage-chain.js";
import type { EpochPay } from "./epoch-tables.js";
import { redistributionOf, type SharedPot } from "./shared-pot.js";
import { addStages } from "./stage-steps.js";
import type { StepList } from "./step-list.js";

const BASE: Readonly<Record<BeforeRule, string>> = {
  recorded: "before any rule: what it was recorded to be paid",
  rewards: "before any multiplier: what it is entitled to",
  recorded_rule_undone: "recorded pay / its multiplier under emission.recorded_rule",
  weights: "before any rule: of the weights stream",
  scores: "before any rule: its score, by the stream of scores",
  yuma: "before any rule: incentive by Yuma; of a hotkey with several coldkeys each its part as recorded, 0 of who is recorded to be paid nothing",
  skill: "before any rule: skill * share of the work",
  consensus: "before any rule: what validators agree that the work is worth",
};

/** What a miner's weight is made of. */
export interface WeightOf {
  readonly rules: RunRules;
  readonly row: WeightRow | undefined;
  readonly pay: EpochPay | undefined;
  readonly pot: SharedPot;
  readonly chain: StageChain | null;
  readonly baseSum: number;
}

/** What the recording says it was paid, or base weights alone would have. */
export function addRecordedPay(list: StepList, { beforeRule }: RunRules, pay: EpochPay | undefined): void {
  if (pay === undefined || beforeRule === "rewards") return;
  const words = sharesOwnPots(beforeRule)
    ? "what base weights alone would have paid it in the epoch"
    : "what the recording says it was paid in the epoch";
  list.add("recorded.pay", pay.recorded_rao, { unit: "rao", words });
}

/** From the base weight to the share of the pot. */
export function addWeights(list: StepList, of: WeightOf): void {
  const { rules, row, chain, pot, baseSum } = of;
  if (row === undefined) return;
  addBase(list, of);
  // Who is outside has no row; what it carries shows in the gain.
  const isHidden = rules.emission.outside !== null && !sharesOwnPots(rules.beforeRule) && row.weight_gain > 0 && row.final_weight > 0;
  const share = isHidden ? row.final_weight / row.weight_gain : baseSum > 0 ? row.base_weight / baseSum : 0;
  const sum = isHidden ? row.base_weight / share : baseSum;
  list.add("others.base", sum - row.base_weight, { unit: "relative", words: "sum of the base weights of all others who share" });
  list.add("weight.base_share", share, {
    unit: "0..1",
    from: ["weight.base", "others.base"],
    words: "base / (base + others.base)",
  });
  const stages = chain?.steps ?? [];
  const isList = rules.stages !== null && multiplierEffect(rules) !== "off";
  const shared = rules.beforeRule === "rewards" ? "base pool" : "whole pot";
  const listed =
    stages.length > 0 ? addStages(list, stages, rules.stages?.stages ?? [], "weight.base_share", { shared }) : "weight.base_share";
  if (chain?.note != null) list.add("stage.note", null, { words: chain.note });
  if (isList && multiplierEffect(rules) === "applied") addListed(list, row, listed, pot);
  else addMultiplied(list, of, isList ? listed : "multiplier.answer");
}

function addBase(list: StepList, { rules, row, pay }: WeightOf): void {
  const base = row?.base_weight ?? 0;
  const { beforeRule } = rules;
  if (beforeRule === "recorded_rule_undone" && base > 0 && pay !== undefined) {
    list.add("recorded.multiplier", pay.recorded_rao / base, {
      from: ["recorded.pay"],
      words: "its multiplier under emission.recorded_rule, as recorded pay / base weight",
    });
  }
  const from = {
    recorded: ["recorded.pay"],
    yuma: ["yuma.incentive", "recorded.pay"],
    consensus: ["yuma.incentive"],
    rewards: ["pay.entitled"],
    recorded_rule_undone: ["recorded.pay", "recorded.multiplier"],
  };
  const unseated = !sharesOwnPots(beforeRule) && base === 0 && (pay?.recorded_rao ?? 0) > 0;
  const words = unseated ? "0: it is recorded to be paid without a seat, and the others share that" : BASE[beforeRule];
  const told = beforeRule === "scores" ? list.rowOf("scores", base) : null;
  list.add("weight.base", base, { unit: "relative", from: from[beforeRule as keyof typeof from] ?? [], words, row: told });
}

function addListed(list: StepList, row: WeightRow, listed: string, { shares, placeOf }: SharedPot): void {
  const share = shares?.[placeOf.get(row.position) ?? -1];
  list.add("weight.multiplier", row.multiplier, { words: "product of the factors of all stages" });
  list.add("weight.final", share ?? row.final_weight, { unit: "0..1", from: [listed], words: "share of the pot, after all stages" });
}

function addMultiplied(list: StepList, { rules, row, pot }: WeightOf, answer: string): void {
  if (row === undefined) return;
  const effect = multiplierEffect(rules);
  const would = effect === "applied" ? "" : `; ${EFFECT_WORDS[effect]}`;
  if (row.shadow_multiplier !== row.multiplier) {
    list.add("weight.shadow_multiplier", row.shadow_multiplier, { from: [answer], words: "what would be applied with vesting on" });
  }
  list.add("weight.multiplier", row.multiplier, {
    from: effect === "shadow" || effect === "off" ? [] : [answer, "minimum_stake.met"],
    words: `as applied${would}`,
  });
  const place = pot.placeOf.get(row.position) ?? -1;
  const weight = row.base_weight * row.multiplier;
  list.add("weight.multiplied", weight, { unit: "relative", from: ["weight.base", "weight.multiplier"], words: "base * multiplier" });
  const redistribution = redistributionOf(rules, Float64Array.of(row.multiplier), 1);
  if (redistribution.kind === "threshold") {
    list.add("parameter.threshold_relative", redistribution.relative, { words: "of vesting.redistribution" });
    list.add("parameter.threshold_absolute", redistribution.absolute, { words: "of vesting.redistribution" });
    list.add("weight.kept", row.final_weight > 0 || weight === 0 ? weight : 0, {
      unit: "relative",
      from: ["weight.multiplied", "weight.base", "parameter.threshold_relative", "parameter.threshold_absolute"],
      words: "0 where it is below max(relative * base, absolute * sum of all base weights), else as it is",
    });
  }
  const own = list.has("weight.kept") ? "weight.kept" : "weight.multiplied";
  const share = pot.shares?.[place] ?? row.final_weight;
  if (pot.weights !== null) {
    list.add("others.weights", othersOf(pot.weights, place), { unit: "relative", words: "sum of the same of all others who share" });
    list.add("weight.sum", pot.weightSum, { unit: "relative", from: [own, "others.weights"], words: "sum over all, in the order of uids" });
  }
  const replayed = effect === "replay" ? "would be the " : "";
  list.add("weight.final", share, { unit: "0..1", from: [own, "weight.sum"], words: `${replayed}share of the pot: weight / sum` });
}

const EFFECT_WORDS = { replay: "pay is as recorded (emission: replay)", shadow: "1 in shadow mode", off: "vesting is off" } as const;

function othersOf(weights: Float64Array, place: number): number {
  let sum = 0;
  for (let k = 0; k < weights.length; k++) if (k !== place) sum += weights[k];
  return sum;
}
