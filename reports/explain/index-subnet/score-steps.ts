import { type RewardsConfiguration, ruleLabel, snakeCase } from "../../../engine/index.js";
import type { ScoreRow } from "../../index-subnet/index-rows.js";
import { scoreTerms } from "../../index-subnet/score-terms.js";
import { addRuleTerms } from "../rule-terms.js";
import type { StepList } from "../step-list.js";
import { weightedVolume } from "./entitlement.js";

const PARTS = {
  weighted_volume: "score.weighted_volume",
  volume: "score.volume",
  frequency: "score.frequency",
  consistency: "score.consistency",
};

/** From what a participant did to its score and rank. */
export function addScore(list: StepList, rewards: RewardsConfiguration, row: ScoreRow, all: Iterable<ScoreRow>): void {
  const { score, activity } = rewards;
  list.add("activity.minted", row.minted_rao, { unit: "rao", words: `value minted (volumes: ${activity.volumes}), TAO` });
  list.add("activity.redeemed", row.redeemed_rao, { unit: "rao", words: "value redeemed, TAO" });
  list.add("activity.transactions", row.transactions, { words: "transactions in the last hour" });
  list.add("parameter.mint_multiplier", score.mintMultiplier, { words: "what a rao minted counts" });
  list.add("parameter.redeem_multiplier", score.redeemMultiplier, { words: "what a rao redeemed counts" });
  const mixed = ["activity.minted", "activity.redeemed", "parameter.mint_multiplier", "parameter.redeem_multiplier"];
  const weighted = weightedVolume(rewards, row);
  list.add("score.weighted_volume", weighted, {
    unit: "rao",
    from: mixed,
    words: "mint_multiplier * minted + redeem_multiplier * redeemed",
  });
  const counted = [...all].filter(({ standing }) => standing > 0);
  const over = (of: (one: ScoreRow) => number) => counted.reduce((largest, one) => Math.max(largest, of(one)), 0);
  const raw = score.volumeOver === "raw";
  const largest = over((one) => (raw ? one.minted_rao + one.redeemed_rao : weightedVolume(rewards, one)));
  list.add("others.largest_volume", largest, { unit: "rao", words: `the largest ${raw ? "raw" : "weighted"} volume of all` });
  list.add(
    "others.largest_transactions",
    over(({ transactions }) => transactions),
    { words: "the most transactions of all" },
  );
  list.add("score.volume", row.volume, {
    from: ["score.weighted_volume", "others.largest_volume"],
    words: "weighted_volume / largest; 0 of who is excluded",
  });
  list.add("score.frequency", row.frequency, {
    unit: "0..1",
    from: ["activity.transactions", "others.largest_transactions"],
    words: "transactions / the most; 0 of who is excluded",
  });
  list.add("score.consistency", row.consistency, { unit: "0..1", words: `evenness of the last 24 hours (hours: ${activity.hours})` });
  addFormula(list, rewards, row);
}

function addFormula(list: StepList, { score, minVolumeRao }: RewardsConfiguration, row: ScoreRow): void {
  const rule = ruleLabel(score.formula);
  const stated: string[] = [];
  for (const [name, value] of Object.entries(score)) {
    if (!/Weight$/.test(name) || typeof value !== "number") continue;
    const id = `parameter.${snakeCase(name)}`;
    list.add(id, value, { words: `a parameter of ${rule}` });
    stated.push(id);
  }
  const told = scoreTerms({ score }, row);
  const result =
    told === null ? null : addRuleTerms(list, told.terms, { prefix: "score", parameters: "parameter", rule, inputs: PARTS, stated });
  list.add("score.standing", row.standing, { unit: "0..1", words: "what anti-gaming left of the score: 1 clear, 0 excluded" });
  const parts = result === null ? Object.values(PARTS) : [result];
  const note = told?.note == null ? "" : `. ${told.note}`;
  list.add("score.final", row.score, { rule, from: [...parts, "score.standing"], words: `score * standing${note}` });
  list.add("parameter.min_volume", minVolumeRao, { unit: "rao", words: "who has less raw volume is not ranked" });
  list.add("rank.place", row.rank, {
    from: ["score.final", "activity.minted", "activity.redeemed", "parameter.min_volume"],
    words: row.rank === 0 ? "0: not ranked" : "place by score among all who are ranked",
  });
}
