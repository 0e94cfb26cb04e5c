/** The kinds of streams, in the order of recordings. */
export const STREAM_KINDS = [
  "stake",
  "emission",
  "balances",
  "metagraph",
  "price",
  "registry",
  "weights",
  "validator_weights",
  "emission_rate",
  "index_weights",
  "epoch_marks",
  "collateral",
  "obligations",
  "scores",
  "tao_price",
] as const;
export type StreamKind = (typeof STREAM_KINDS)[number];
