import { PHASE_PRICES } from "../../kernel/order.js";
import { block, netuid, time } from "./columns.js";
import { declareStream } from "./stream-declaration.js";

export const PRICE_STREAM = declareStream({
  name: "price",
  meaning: "Price of a subnet's alpha in TAO; of two of one subnet and instant the later row counts, by stream, then row.",
  phase: PHASE_PRICES,
  rows: "event",
  columns: [
    time,
    block,
    netuid,
    { name: "price_tao_per_alpha", type: "real", unit: "TAO per alpha", meaning: "Price after the block; finite and above 0.", above: 0 },
  ],
});

export const TAO_PRICE_STREAM = declareStream({
  name: "tao_price",
  meaning: "Price of a TAO in USD; of two of one instant the later row counts, by stream, then row.",
  phase: PHASE_PRICES,
  rows: "event",
  columns: [
    time,
    block,
    { name: "usd_per_tao", type: "real", unit: "USD per TAO", meaning: "Price after the block; finite and above 0.", above: 0 },
  ],
});
