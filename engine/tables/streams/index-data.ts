import { PHASE_PRICES } from "../../kernel/order.js";
import { block, netuid, time } from "./columns.js";
import { declareStream } from "./stream-declaration.js";

/** Daily emission rates a subnet (recorded with the index data; read by the index fund). */
export const EMISSION_RATE_STREAM = declareStream({
  name: "emission_rate",
  meaning: "Emission rate of a subnet in a daily snapshot.",
  phase: PHASE_PRICES,
  rows: "event",
  columns: [time, block, netuid, { name: "emission_rate", type: "real", unit: "share of TAO emission", meaning: "Rate in the snapshot." }],
});

/** Published index compositions. */
export const INDEX_WEIGHTS_STREAM = declareStream({
  name: "index_weights",
  meaning: "Composition of an index as published.",
  phase: PHASE_PRICES,
  rows: "event",
  columns: [
    time,
    netuid,
    { name: "rank", type: "int", unit: "", meaning: "1 for the largest." },
    { name: "avg_emission_rate", type: "real", unit: "share of TAO emission", meaning: "Mean emission rate behind the weight." },
    { name: "weight", type: "real", unit: "0..1", meaning: "Share of the index." },
  ],
});
