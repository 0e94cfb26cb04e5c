import { explainScore, type IndexSubnetConfiguration, isRead, ruleLabel } from "../../../engine/index.js";
import { asked, type RuleAsker } from "./rule-asker.js";

/** The rules that score what participants of an index subnet do, in the order of computing. */
export function scoreAskers({ rewards: { score, minVolumeRao } }: IndexSubnetConfiguration): readonly RuleAsker[] {
  const { formula, mintMultiplier, redeemMultiplier } = score;
  const ranked: RuleAsker = {
    output: "score.ranked",
    prefix: "score",
    rule: "ranking",
    ask: (of) => {
      const [volume, standing] = [of("activity.minted") + of("activity.redeemed"), of("score.standing")];
      if (Number.isNaN(volume) || Number.isNaN(standing)) return null;
      const met = Number(volume >= minVolumeRao);
      return {
        terms: [{ name: "min_volume", formula: "1 where minted + redeemed >= min_volume", value: met }],
        answer: standing > 0 ? met : 0,
      };
    },
  };
  if (!isRead(formula)) return [ranked];
  return [
    {
      output: "score.weighted_volume",
      prefix: "score",
      rule: "what minting and redeeming count",
      ask: (of) => {
        const answer = mintMultiplier * of("activity.minted") + redeemMultiplier * of("activity.redeemed");
        return Number.isNaN(answer) ? null : { terms: [], answer };
      },
    },
    {
      output: "score.final",
      prefix: "score",
      rule: ruleLabel(formula),
      ask: (of) => {
        // What anti-gaming leaves of a score is no part of the formula.
        if (of("score.standing") !== 1) return null;
        const weightedVolume = mintMultiplier * of("activity.minted") + redeemMultiplier * of("activity.redeemed");
        const parts = { volume: of("score.volume"), frequency: of("score.frequency"), consistency: of("score.consistency") };
        return asked(() => explainScore(formula, score, { weightedVolume, ...parts }), []);
      },
    },
    ranked,
  ];
}
