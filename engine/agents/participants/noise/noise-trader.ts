import { floor, ln, min } from "../../../kernel/math.js";
import type { RandomStream } from "../../../kernel/random.js";
import { MARKET_RANGES } from "../../../kernel/ranges.js";
import { amount, defaultsOf, number, type ValuesOf } from "../../../rules/parameter.js";
import { type Agent, type AgentStrategy, refuseParameters } from "../../agent-strategy.js";
import type { MarketObservation } from "../market-observation.js";

/** Uniform deviates are multiples of 2^-32; this keeps the logarithm finite. */
const HALF_STEP = 1.1641532182693481e-10;

const NOISE_TRADER_PARAMETERS = {
  tradeProbability: number({
    range: MARKET_RANGES.chance,
    code: "TEN-MARKET-128",
    default: 0.05,
    meaning: "Chance that a trader trades at a sample of prices.",
  }),
  persistence: number({
    range: MARKET_RANGES.chance,
    code: "TEN-MARKET-128",
    default: 0,
    meaning: "Chance that it goes on in the direction of its last trade; 0: no memory.",
  }),
  meanSizeRao: amount({
    unit: "TAO",
    above: 0,
    code: "TEN-MARKET-129",
    default: 1_000_000_000,
    meaning: "Mean size of a trade, TAO; sizes are exponential.",
  }),
  maxSizeRao: amount({ unit: "TAO", above: 0, code: "TEN-MARKET-129", default: 10_000_000_000, meaning: "No trade is larger, TAO." }),
} as const;

/** How noise traders trade. */
export type NoiseTraderConfiguration = ValuesOf<typeof NOISE_TRADER_PARAMETERS>;

/** A purchase or sale of index tokens in the market. */
export interface TokenOrder {
  readonly side: "buy" | "sell";
  /** TAO to spend, or tokens to sell; above 0. */
  readonly paidRao: number;
}

/** What a noise trader looks at: it has no view of NAV. */
export type NoiseTraderView = Pick<MarketObservation, "priceTaoPerToken" | "taoRao" | "tokensRao">;

/** A noise trader: called at every sample of prices. */
export type NoiseTraderAgent = Agent<[seen: NoiseTraderView], TokenOrder | null>;

/** At a sample it may buy or sell a random amount, as far as it has the means and there is a price. */
export const noiseTrader: AgentStrategy<
  "noise_trader",
  typeof NOISE_TRADER_PARAMETERS,
  { readonly random: RandomStream },
  NoiseTraderAgent
> = {
  name: "noise_trader",
  meaning: "buys and sells at random",
  parameters: NOISE_TRADER_PARAMETERS,
  bind({ tradeProbability, persistence, meanSizeRao, maxSizeRao }, { random }) {
    /** 1: bought last, -1: sold last, 0: has not traded yet. */
    let direction = 0;
    return {
      decide({ priceTaoPerToken, taoRao, tokensRao }) {
        if (random() >= tradeProbability) return null;
        const drawn = random() < 0.5 ? 1 : -1;
        if (random() >= persistence || direction === 0) direction = drawn;
        const wantedTaoRao = min(maxSizeRao, floor(-meanSizeRao * ln(random() + HALF_STEP)));
        if (priceTaoPerToken === 0) return null;
        const buys = direction === 1;
        const wantedRao = buys ? wantedTaoRao : floor(wantedTaoRao / priceTaoPerToken);
        const paidRao = min(wantedRao, buys ? taoRao : tokensRao);
        return paidRao > 0 ? { side: buys ? "buy" : "sell", paidRao } : null;
      },
    };
  },
};

export const DEFAULT_NOISE_TRADERS: NoiseTraderConfiguration = defaultsOf(noiseTrader.parameters);

/** @throws TenureError TEN-MARKET-128, -129 */
export function refuseNoiseTraderConfiguration(traders: NoiseTraderConfiguration, path: string, epochMs: number): void {
  refuseParameters(noiseTrader, traders, path, epochMs);
}
