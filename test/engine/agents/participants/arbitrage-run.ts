import { inventoryRatio, MarketObservation } from "../../../../engine/agents/participants/market-observation.js";
import { DEFAULT_NOISE_TRADERS, type NoiseTraderConfiguration } from "../../../../engine/agents/participants/noise/noise-trader.js";
import { NoiseTraders } from "../../../../engine/agents/participants/noise/noise-traders.js";
import type { OrderOutcome } from "../../../../engine/agents/participants/order.js";
import { executeOrder, observe, type Venue } from "../../../../engine/agents/participants/order-execution.js";
import { DEFAULT_PARTICIPANT, type ParticipantConfiguration } from "../../../../engine/agents/participants/participant-configuration.js";
import { ParticipantMetrics } from "../../../../engine/agents/participants/participant-metrics.js";
import { ArbitragingParticipant } from "../../../../engine/agents/participants/strategies/arbitrage/arbitraging-participant.js";
import { Accounts } from "../../../../engine/books/accounts.js";
import { randomStreams } from "../../../../engine/kernel/random.js";
import { ConstantProductPool } from "../../../../engine/market/constant-product-pool.js";
import { IndexFund } from "../../../../engine/market/index-fund.js";
import { DEFAULT_INDEX_FUND } from "../../../../engine/market/market-configuration.js";
import { PriceBook } from "../../../../engine/market/price-book.js";
import { priceModel } from "../../../../engine/market/price-models/index.js";
import { INDEX_TOKEN, OUTSIDE_MARKET, POOL, TAO, TOKEN } from "../../market/small-market.js";

export const SAMPLE_MS = 120_000;

export interface RunOptions {
  readonly samples: number;
  readonly participants: number;
  readonly noiseTraders: number;
  readonly noise?: Partial<NoiseTraderConfiguration>;
  readonly subnets?: number;
  readonly volatilityPerYear?: number;
  readonly taoRao?: number;
  readonly seed?: number;
  readonly configuration?: Partial<ParticipantConfiguration>;
}

/** A market of made-up prices, in which participants look at every sample. */
export function arbitrageRun(options: RunOptions) {
  const { samples, participants, noiseTraders, subnets = 20, volatilityPerYear = 0, taoRao = 200 * TOKEN, seed = 1 } = options;
  const random = randomStreams(seed, 0);
  const accounts = new Accounts();
  const prices = new PriceBook();
  const founder = accounts.open("founder");
  const start = Array.from({ length: subnets }, (_, i) => 0.01 * (i + 1));
  for (const [i, price] of start.entries()) prices.take(i + 1, price, 0);
  const fund = new IndexFund(DEFAULT_INDEX_FUND, accounts, prices);
  const weights = Array.from({ length: 20 }, (_, i) => ({ netuid: i + 1, weight: 1 / 20 }));
  const founding = fund.found({ holder: founder, supplyRao: 100_000 * TOKEN, weights, timeMs: 0, day: 0 });
  if (!founding.done) throw new Error(founding.cause);
  const market = new ConstantProductPool(accounts, POOL, INDEX_TOKEN, { fee: 0.001 });
  accounts.transfer(TAO, OUTSIDE_MARKET, founder, 5_000 * TOKEN);
  market.addLiquidity(founder, 5_000 * TOKEN, 5_000 * TOKEN);
  const venue: Venue = { accounts, prices, fund, market };

  const model = priceModel(
    { kind: "geometric_brownian_motion", driftPerYear: 0, volatilityPerYear, correlation: 0.3 },
    start,
    SAMPLE_MS,
    random("prices"),
    null,
  );
  const sample = new Float64Array(subnets);
  const traders = Array.from({ length: noiseTraders }, (_, i) => accounts.open(`noise ${i}`));
  for (const account of traders) {
    accounts.transfer(TAO, OUTSIDE_MARKET, account, 500 * TOKEN);
    accounts.transfer(INDEX_TOKEN, founder, account, 500 * TOKEN);
  }
  const draws = traders.map((_, i) => random(`noise/${i}`));
  const noise = new NoiseTraders({ ...DEFAULT_NOISE_TRADERS, ...options.noise }, accounts, traders, draws);

  const configuration: ParticipantConfiguration = { ...DEFAULT_PARTICIPANT, ...options.configuration };
  const agents = Array.from({ length: participants }, (_, i) => {
    const account = accounts.open(`participant ${i}`);
    accounts.transfer(TAO, OUTSIDE_MARKET, account, taoRao);
    const metrics = new ParticipantMetrics();
    return { account, metrics, agent: new ArbitragingParticipant(configuration, random(`participant/${i}`), metrics) };
  });
  const seen = new MarketObservation();
  const outcomes: OrderOutcome[] = [];
  const premiums = new Float64Array(samples);
  for (let i = 0; i < samples; i++) {
    const timeMs = (i + 1) * SAMPLE_MS;
    model.step(sample);
    for (let netuid = 1; netuid <= subnets; netuid++) prices.take(netuid, sample[netuid - 1], timeMs);
    noise.act(market);
    for (const { account, agent, metrics } of agents) {
      observe(venue, account, timeMs, seen);
      metrics.seeInventory(inventoryRatio(seen));
      const order = agent.decide(seen);
      if (order === null) continue;
      const outcome = executeOrder(venue, account, order, configuration, timeMs);
      metrics.settle(outcome);
      agent.settle(outcome);
      outcomes.push(outcome);
    }
    premiums[i] = market.priceTao / fund.navTaoPerToken() - 1;
  }
  return { venue, agents, outcomes, premiums };
}
