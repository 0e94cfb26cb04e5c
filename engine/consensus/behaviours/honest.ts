import { attest, declareBehaviour } from "./validator-behaviour.js";

export const honest = declareBehaviour({
  name: "honest",
  meaning: "Submits what it sees.",
  parameters: {},
  bind: () => ({ draft: (truth) => ({ weights: Float64Array.from(truth.weights), attestation: attest(truth) }) }),
});
