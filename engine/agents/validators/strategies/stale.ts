import { CONSENSUS_RANGES } from "../../../kernel/ranges.js";
import { choice, number } from "../../../rules/parameter.js";
import { type Draft, declareValidatorStrategy, type Truth, VALIDATOR_CODE } from "../validator-strategy.js";

/** While there is nothing so old, it works on the oldest it saw. */
export const stale = declareValidatorStrategy({
  name: "stale",
  meaning: "Works on what was true some epochs ago.",
  parameters: {
    lagEpochs: number({ range: CONSENSUS_RANGES.lagEpochs, code: VALIDATOR_CODE, default: 1, meaning: "How many epochs." }),
    attests: choice({
      values: { block_it_saw: "the block it saw", current_block: "the block of now" },
      default: "block_it_saw",
      meaning: "The block it claims the old NAV for.",
    }),
  },
  bind({ lagEpochs, attests }) {
    const seen: Truth[] = [];
    return {
      decide(truth) {
        seen.push({ ...truth, weights: truth.weights.slice() });
        if (seen.length > lagEpochs + 1) seen.shift();
        const { weights, block, navRao, operation } = seen[0];
        let attestation: Draft["attestation"] = null;
        if (navRao !== null) attestation = { block: attests === "block_it_saw" ? block : truth.block, navRao, operation };
        return { weights: weights.slice(), attestation };
      },
    };
  },
});
