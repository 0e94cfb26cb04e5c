import { amount, timeSpan } from "../../../rules/parameter.js";

/** Parameters that several strategies have; a scenario states each once. */
export const MIN_TRANSACTION_SIZE = amount({
  unit: "TAO",
  code: "TEN-AGENT-102",
  default: 100_000_000,
  meaning: "Smallest transaction, TAO.",
});
export const LOOK_EVERY = timeSpan({
  atLeastMs: 0,
  code: "TEN-AGENT-112",
  default: 0,
  meaning: "It looks at the market at most this often; `0 s`: at every sample.",
});
