import { floor, min } from "../../../kernel/math.js";
import { MAX_RAO } from "../../../kernel/money.js";
import { SHARE_RANGE } from "../../../kernel/ranges.js";
import { number } from "../../../rules/parameter.js";
import { declareValidatorStrategy, signedDeviate, VALIDATOR_CODE } from "../validator-strategy.js";

const range = { range: SHARE_RANGE, code: VALIDATOR_CODE } as const;

/**
 * Sees weights and NAV with errors and misses epochs. Each weight is off by up to `weight_error` of it, evenly spread, which
 * makes a deviation of about a quarter of that. Draws the same number of deviates in every epoch.
 */
export const noisy = declareValidatorStrategy({
  name: "noisy",
  meaning: "Sees weights and NAV with errors, and misses epochs.",
  parameters: {
    weightError: number({ ...range, default: 0.02, meaning: "Each weight is off by up to this share of it." }),
    navError: number({ ...range, default: 0.0002, meaning: "NAV is off by up to this share of it." }),
    missedShare: number({ ...range, default: 0.01, meaning: "Share of epochs in which it submits nothing." }),
  },
  bind: ({ weightError, navError, missedShare }, { random }) => ({
    decide({ block, weights, navRao, operation }) {
      const misses = random() < missedShare;
      const navFactor = 1 + navError * signedDeviate(random);
      const seen = Float64Array.from(weights, (weight) => weight * (1 + weightError * signedDeviate(random)));
      if (misses) return null;
      return { weights: seen, attestation: navRao === null ? null : { block, navRao: min(MAX_RAO, floor(navRao * navFactor)), operation } };
    },
  }),
});
