import { attest, type ValidatorBehaviour } from "./validator-behaviour.js";

/** Submits what it sees. */
export const honest: ValidatorBehaviour = {
  draft: (truth) => ({ weights: Float64Array.from(truth.weights), attestation: attest(truth) }),
};
