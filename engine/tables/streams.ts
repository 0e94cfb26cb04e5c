import { COLLATERAL_STREAM } from "./streams/collateral.js";
import { EMISSION_RATE_STREAM, INDEX_WEIGHTS_STREAM } from "./streams/index-data.js";
import { OBLIGATIONS_STREAM } from "./streams/obligations.js";
import { EMISSION_STREAM, EPOCH_MARKS_STREAM } from "./streams/pay.js";
import { PRICE_STREAM, TAO_PRICE_STREAM } from "./streams/prices.js";
import { REGISTRY_STREAM } from "./streams/registry.js";
import { SCORES_STREAM } from "./streams/scores.js";
import { BALANCES_STREAM, METAGRAPH_STREAM } from "./streams/snapshots.js";
import { STAKE_STREAM } from "./streams/stake.js";
import type { StreamDeclaration } from "./streams/stream-declaration.js";
import type { StreamKind } from "./streams/stream-kinds.js";
import { VALIDATOR_WEIGHTS_STREAM, WEIGHTS_STREAM } from "./streams/weights.js";
import type { Columns } from "./typed-rows.js";

export * from "./streams/collateral.js";
export * from "./streams/index-data.js";
export * from "./streams/obligations.js";
export * from "./streams/pay.js";
export * from "./streams/prices.js";
export * from "./streams/registry.js";
export * from "./streams/scores.js";
export * from "./streams/snapshots.js";
export * from "./streams/stake.js";
export * from "./streams/stake-actions.js";
export type { StreamDeclaration } from "./streams/stream-declaration.js";
export * from "./streams/stream-kinds.js";
export * from "./streams/weights.js";

const DECLARED = {
  stake: STAKE_STREAM,
  emission: EMISSION_STREAM,
  balances: BALANCES_STREAM,
  metagraph: METAGRAPH_STREAM,
  price: PRICE_STREAM,
  registry: REGISTRY_STREAM,
  weights: WEIGHTS_STREAM,
  validator_weights: VALIDATOR_WEIGHTS_STREAM,
  emission_rate: EMISSION_RATE_STREAM,
  index_weights: INDEX_WEIGHTS_STREAM,
  epoch_marks: EPOCH_MARKS_STREAM,
  collateral: COLLATERAL_STREAM,
  obligations: OBLIGATIONS_STREAM,
  scores: SCORES_STREAM,
  tao_price: TAO_PRICE_STREAM,
} as const satisfies Readonly<Record<StreamKind, StreamDeclaration>>;

export const STREAMS: Readonly<Record<StreamKind, StreamDeclaration>> = DECLARED;
/** The columns of a stream by name. */
export type StreamColumns<K extends StreamKind> = Columns<(typeof DECLARED)[K]>;
