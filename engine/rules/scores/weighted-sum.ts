import { declareScoreRule } from "./score-rule.js";
import { SCORE_WEIGHTS } from "./score-weights.js";

export const weightedSum = declareScoreRule({
  name: "weighted_sum",
  meaning: "the weighted sum of volume, frequency and consistency",
  parameters: SCORE_WEIGHTS,
  bind:
    ({ volumeWeight, frequencyWeight, consistencyWeight }) =>
    (_, volume, frequency, consistency, trace) => {
      const score = volumeWeight * volume + frequencyWeight * frequency + consistencyWeight * consistency;
      trace?.term("score", score, `${volumeWeight} * volume + ${frequencyWeight} * frequency + ${consistencyWeight} * consistency`);
      return score;
    },
});
