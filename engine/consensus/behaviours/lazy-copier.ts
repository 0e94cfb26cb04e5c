import { attest, type ValidatorBehaviour } from "./validator-behaviour.js";

/**
 * Hands in what another validator handed in the epoch before, its attestation (of a block that has passed) included.
 *
 * @param copied the validator it copies; null: the last consensus, with the NAV that everyone can read
 */
export function lazyCopier(copied: number | null): ValidatorBehaviour {
  return {
    draft(truth, { lastOf, lastConsensus }) {
      if (copied === null) return lastConsensus === null ? null : { weights: lastConsensus.slice(), attestation: attest(truth) };
      const last = lastOf(copied);
      return last === null ? null : { weights: last.weights.slice(), attestation: last.attestation };
    },
  };
}
