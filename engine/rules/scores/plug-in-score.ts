import { type PlugIn, ruleOf } from "../plug-in.js";
import { asked, boundNothing, gaveImpossible, threw, unsigned } from "../rule-fault.js";
import type { BoundScoreRule, ScoreRule } from "./score-rule.js";

/** Scores are compared, shared by and summed over the epochs of a run: more than this no sum of them has to hold. */
const LARGEST_SCORE = 1e100;

/**
 * The formula of a plug-in: what no score may be it does not answer.
 * @throws RuleFault, also from the formula
 */
export function bindPlugInScore(own: PlugIn<ScoreRule>): BoundScoreRule {
  const rule = ruleOf(own);
  const formula: unknown = asked(own, "its formula", () => rule.bind(own.values as never));
  if (typeof formula !== "function") {
    throw boundNothing(own, formula, "a function of (weightedVolume, volume, frequency, consistency, trace)");
  }
  return (weightedVolume, volume, frequency, consistency, trace) => {
    let score: unknown;
    try {
      score = formula(weightedVolume, volume, frequency, consistency, trace ?? null);
    } catch (error) {
      throw threw(own, "a score", error);
    }
    if (typeof score === "number" && score >= 0 && score <= LARGEST_SCORE) return unsigned(score);
    throw gaveImpossible(own, "a score", score, LARGEST_SCORE, "Keep it at 0 or more, and mind divisions by 0.");
  };
}
