import { floor, min } from "../../kernel/math.js";
import { MAX_RAO } from "../../kernel/money.js";
import type { RandomStream } from "../../kernel/random.js";
import { signedDeviate, type ValidatorBehaviour } from "./validator-behaviour.js";

/**
 * Sees weights and NAV with errors and misses epochs. Each weight is off by up to `weightError` of it, evenly spread, which
 * makes a deviation of about a quarter of that. Draws the same number of deviates in every epoch.
 */
export function noisy(weightError: number, navError: number, missedShare: number, random: RandomStream): ValidatorBehaviour {
  return {
    draft({ block, weights, navRao, operation }) {
      const misses = random() < missedShare;
      const navFactor = 1 + navError * signedDeviate(random);
      const seen = Float64Array.from(weights, (weight) => weight * (1 + weightError * signedDeviate(random)));
      if (misses) return null;
      return { weights: seen, attestation: navRao === null ? null : { block, navRao: min(MAX_RAO, floor(navRao * navFactor)), operation } };
    },
  };
}
