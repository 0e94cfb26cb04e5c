import { explainScore, type RewardsConfiguration, ruleLabel } from "../../engine/index.js";
import { type AskedAgain, askAgain } from "../asked-again.js";
import type { ScoreRow } from "./index-rows.js";

/** Of the parts that were recorded; what it is compared with is the score before anti-gaming cut it. */
export function scoreTerms(
  { score: rule }: Pick<RewardsConfiguration, "score">,
  { volume, frequency, consistency, ...row }: ScoreRow,
): AskedAgain | null {
  const { formula, mintMultiplier, redeemMultiplier } = rule;
  const weightedVolume = mintMultiplier * row.minted_rao + redeemMultiplier * row.redeemed_rao;
  const explain = () => explainScore(formula, rule, { weightedVolume, volume, frequency, consistency });
  if (typeof formula === "string") return { terms: explain(), note: null };
  if (formula.rule === null) return null;
  return askAgain(ruleLabel(formula), row.standing === 1 ? row.score : null, explain);
}
