import type { RewardsConfiguration } from "../../../engine/index.js";
import type { PayoutRow, ScoreRow } from "../../index-subnet/index-rows.js";
import { addPotPart, type PartOf } from "../pot-steps.js";
import type { StepList } from "../step-list.js";
import type { Entitlement } from "./entitlement.js";

/** The emission of an epoch, and its pools. */
export function addPools(
  list: StepList,
  { pools }: RewardsConfiguration,
  emissionRao: bigint | null,
  entitlement: Entitlement | null,
): void {
  const lacks = "not recorded (record.tables: payouts, scores)";
  list.add("pot.emission", emissionRao, { unit: "rao", words: emissionRao === null ? lacks : "what the blocks of the epoch emit" });
  list.add("parameter.pools.base", pools.base, { unit: "0..1", words: "share of the emission" });
  list.add("parameter.pools.tier_bonus", pools.tierBonus, { unit: "0..1", words: "share of the emission" });
  list.add("parameter.pools.validators", pools.validators, { unit: "0..1", words: "share of the emission" });
  const add = (name: string, rao: bigint | undefined) =>
    list.add(`pot.${name}`, rao ?? null, {
      unit: "rao",
      from: ["pot.emission", "parameter.pools.base", "parameter.pools.tier_bonus", "parameter.pools.validators"],
      words: rao === undefined ? lacks : "its share of the emission, in whole rao by largest remainders",
    });
  add("base_pool", entitlement?.basePoolRao);
  add("tier_pool", entitlement?.tierPoolRao);
  add("validators", entitlement?.validatorPoolRao);
  if (entitlement === null) return;
  list.add("others.empty_tiers", entitlement.movedToBaseRao, {
    unit: "rao",
    from: ["pot.tier_pool"],
    words: "what tiers that nobody is in leave to the base pool",
  });
  list.add("pot.base", entitlement.basePoolRao + entitlement.movedToBaseRao, {
    unit: "rao",
    from: ["pot.base_pool", "others.empty_tiers"],
    words: "base_pool + what empty tiers leave",
  });
}

/** Of whom, and what the run recorded of it. */
export interface EntitledOf {
  readonly rewards: RewardsConfiguration;
  readonly entitlement: Entitlement | null;
  readonly score: ScoreRow | undefined;
  readonly payout: PayoutRow | undefined;
  /** Place among the participants. */
  readonly k: number;
  readonly byList: boolean;
}

/** Its tier, its parts of the tier's pot and of the base pool, and what they sum to. */
export function addEntitled(list: StepList, of: EntitledOf): void {
  const { payout } = of;
  if (payout === undefined) {
    list.add("pay.entitled", null, { unit: "rao", words: "not recorded (record.tables: payouts)" });
    return;
  }
  addTier(list, of, payout);
  addBase(list, of, payout);
  const entitled = payout.base_rao + payout.tier_bonus_rao;
  if (!of.byList) list.add("pay.entitled", entitled, { unit: "rao", from: ["base.part", "tier.bonus"], words: "base part + tier bonus" });
}

function addTier(list: StepList, { rewards, entitlement, score, k }: EntitledOf, payout: PayoutRow): void {
  list.add("tier.name", payout.tier, { from: ["rank.place"], words: "the tier that holds its rank; empty where it is not ranked" });
  const at = rewards.tiers.findIndex(({ name }) => name === payout.tier);
  const tier = at === -1 ? undefined : entitlement?.tiers[at];
  if (tier === undefined) {
    list.add("tier.bonus", payout.tier_bonus_rao, { unit: "rao", from: ["tier.name"], words: "no tier that has a bonus" });
    return;
  }
  list.add("parameter.tier_share", rewards.tiers[at].share, { unit: "0..1", words: `what ${payout.tier} gets of the tier bonus` });
  list.add("tier.pot", tier.potRao, {
    unit: "rao",
    from: ["pot.tier_pool", "parameter.tier_share"],
    words: `what ${payout.tier} has to share`,
  });
  const others = tier.weights.reduce((sum, weight, one) => (one === k ? sum : sum + weight), 0);
  list.add("others.tier", others, { words: "sum of the scores of the others in the tier" });
  const evenly = score?.score !== tier.weights[k] ? "even, since all in the tier score 0" : "score";
  list.add("tier.weight", tier.weights[k], { from: ["score.final", "tier.name"], words: evenly });
  const names = { prefix: "tier", share: "tier.weight", others: "others.tier", pot: "tier.pot", part: "tier.bonus" };
  if (tier.division === null) addUndivided(list, names, payout.tier_bonus_rao, "nobody in the tier has a score");
  else addPotPart(list, tier.division, k, { ...names, words: "of the tier's pot" });
}

function addBase(list: StepList, { rewards, entitlement, k, byList }: EntitledOf, payout: PayoutRow): void {
  if (entitlement === null || byList) {
    if (!byList) list.add("base.part", payout.base_rao, { unit: "rao", words: "of the base pool" });
    return;
  }
  const by = rewards.baseBy === "score" ? "score.final" : "score.weighted_volume";
  const sum = entitlement.baseWeights.reduce((all, weight) => all + weight, 0);
  list.add("others.base_pool", sum - entitlement.baseWeights[k], {
    unit: "relative",
    words: "sum of the base weights of the others who are ranked",
  });
  list.add("base.weight", entitlement.baseWeights[k], {
    unit: "relative",
    from: [by, "score.standing", "rank.place"],
    words: rewards.baseBy === "score" ? "score of who is ranked" : "weighted_volume * standing of who is ranked",
  });
  const names = { prefix: "base", share: "base.weight", others: "others.base_pool", pot: "pot.base", part: "base.part" };
  if (entitlement.base === null) addUndivided(list, names, payout.base_rao, "nobody has a weight in the base pool");
  else addPotPart(list, entitlement.base, k, { ...names, words: "of the base pool" });
}

/** A part of a pot that nobody has a share of. */
function addUndivided(list: StepList, names: Omit<PartOf, "words">, rao: number | bigint, words: string): void {
  list.add(names.part, rao, { unit: "rao", from: [names.pot, names.share], words });
}
