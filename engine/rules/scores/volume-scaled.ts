import { declareScoreRule } from "./score-rule.js";
import { SCORE_WEIGHTS } from "./score-weights.js";

export const volumeScaled = declareScoreRule({
  name: "volume_scaled",
  meaning: "weighted volume times (weights and the other two)",
  parameters: SCORE_WEIGHTS,
  bind:
    ({ volumeWeight, frequencyWeight, consistencyWeight }) =>
    (weightedVolume, _, frequency, consistency, trace) => {
      const score = weightedVolume * (volumeWeight + frequencyWeight * frequency + consistencyWeight * consistency);
      trace?.term(
        "score",
        score,
        `weighted volume * (${volumeWeight} + ${frequencyWeight} * frequency + ${consistencyWeight} * consistency)`,
      );
      return score;
    },
});
