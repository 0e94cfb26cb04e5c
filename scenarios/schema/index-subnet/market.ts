import * as z from "zod";
import { DEFAULT_POOL, MARKET_RANGES, noiseTrader } from "../../../engine/index.js";
import { amount } from "../amount.js";
import { amountSpread } from "../amount-spread.js";
import { real, whole } from "../numbers.js";
import { parameterShape } from "../parameters.js";
import { choice, section } from "../section.js";

const noiseTraders = section({
  count: whole(1, 10_000).describe("How many."),
  tao: amountSpread().default(100).describe("TAO each begins with."),
  tokens: amountSpread().default(100).describe("Index tokens each begins with, out of the founding supply."),
  ...parameterShape(noiseTrader.parameters),
});

const recordedMarket = section({ kind: choice(["recorded"]).describe("The token trades at its recorded price; no trade moves it.") });

const poolMarket = section({
  kind: choice(["pool"]).describe("A constant-product pool of TAO and the token makes the price."),
  tao_reserve: amount({ above: 0 }).describe("TAO in the pool at the founding; beside it lie tokens of the same worth."),
  fee: real(MARKET_RANGES.fee).default(DEFAULT_POOL.fee).describe("Share of what is paid in that stays in the pool."),
  noise_traders: noiseTraders
    .nullable()
    .default(null)
    .describe("Traders without a view of the token's worth; left out: nobody trades but the participants."),
});

export const marketSchema = z
  .union([choice(["recorded"]), z.discriminatedUnion("kind", [recordedMarket, poolMarket], { error: "one of recorded, pool" })])
  .describe("Where the index token trades; `recorded` alone is short for `{ kind: recorded }`.");

export type MarketInput = z.output<typeof poolMarket> | z.output<typeof recordedMarket>;
export type NoiseTradersInput = z.output<typeof noiseTraders>;
