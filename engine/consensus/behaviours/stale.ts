import type { Draft, Truth, ValidatorBehaviour } from "./validator-behaviour.js";

/** Works on what was true `lagEpochs` (1 or more) ago; while there is nothing so old, on the oldest it saw. */
export function stale(lagEpochs: number, attests: "block_it_saw" | "current_block"): ValidatorBehaviour {
  const seen: Truth[] = [];
  return {
    draft(truth) {
      seen.push({ ...truth, weights: truth.weights.slice() });
      if (seen.length > lagEpochs + 1) seen.shift();
      const { weights, block, navRao, operation } = seen[0];
      let attestation: Draft["attestation"] = null;
      if (navRao !== null) attestation = { block: attests === "block_it_saw" ? block : truth.block, navRao, operation };
      return { weights: weights.slice(), attestation };
    },
  };
}
