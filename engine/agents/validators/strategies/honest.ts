import { attest, declareValidatorStrategy } from "../validator-strategy.js";

export const honest = declareValidatorStrategy({
  name: "honest",
  meaning: "Submits what it sees.",
  parameters: {},
  bind: () => ({ decide: (truth) => ({ weights: Float64Array.from(truth.weights), attestation: attest(truth) }) }),
});
