import { z } from "zod";
import { MarketObservation } from "../../../engine/agents/participants/market-observation.js";
import { PARTICIPANT_PRESETS, type ParticipantConfiguration } from "../../../engine/agents/participants/participant-configuration.js";
import { ParticipantMetrics } from "../../../engine/agents/participants/participant-metrics.js";
import { ArbitragingParticipant } from "../../../engine/agents/participants/strategies/arbitrage/arbitraging-participant.js";
import { findOpportunity } from "../../../engine/agents/participants/strategies/arbitrage/opportunity.js";
import { checker, goldenCase, rao, unixSeconds } from "../case.js";
import { near, same } from "../difference.js";

const TOLERANCE = 1e-12;
const ONE_RAO = 1;
const WEI_PER_RAO = 1e9;

const decimal = z.string().transform(Number).pipe(z.number());

const schema = goldenCase(
  z.object({
    config: z.object({ min_spread_threshold: decimal, min_transaction_size_rao: rao, max_transaction_size_rao: rao }).partial().strict(),
    nav: decimal,
    price: decimal,
    tao_balance_rao: rao,
    tao20_balance_rao: rao,
    t: unixSeconds,
  }),
  z.object({
    opportunity: z
      .object({
        type: z.enum(["mint", "redeem"]),
        spread_percent: decimal,
        expected_profit: decimal,
        required_amount_wei: decimal,
        timestamp: unixSeconds,
      })
      .nullable(),
  }),
);

/** Golden file 9: does a participant see an opportunity, of what size, and what does it expect to earn? */
export const checkArbitrage = checker(schema, ({ input, expected: { opportunity: expected } }) => {
  const preset = PARTICIPANT_PRESETS["tao20-original-arbitrage"];
  const { config } = input;
  const configuration: ParticipantConfiguration = {
    ...preset,
    minSpreadThreshold: config.min_spread_threshold ?? preset.minSpreadThreshold,
    minTransactionSizeRao: config.min_transaction_size_rao ?? preset.minTransactionSizeRao,
    maxTransactionSizeRao: config.max_transaction_size_rao ?? preset.maxTransactionSizeRao,
    // The cases ask for arbitrage alone.
    neutralProbability: 0,
    maxInventoryRatio: 1,
  };
  const seen = new MarketObservation();
  seen.timeMs = input.t * 1000;
  seen.navTaoPerToken = input.nav;
  seen.navStale = false;
  seen.priceTaoPerToken = input.price;
  seen.taoRao = input.tao_balance_rao;
  seen.tokensRao = input.tao20_balance_rao;

  const found = findOpportunity(configuration, seen);
  const order = new ArbitragingParticipant(configuration, () => 0, new ParticipantMetrics()).decide(seen);
  same("opportunity.type", found?.side ?? null, expected?.type ?? null);
  same("order.side", order?.side ?? null, expected?.type ?? null);
  if (found === null || order === null || expected === null) return;
  near("opportunity.spread_percent", found.spreadPercent, expected.spread_percent, TOLERANCE);
  const profit = found.grossProfitTao - configuration.transactionCostRao / 1e9;
  near("opportunity.expected_profit", profit, expected.expected_profit, TOLERANCE);
  const expectedRao = expected.required_amount_wei / WEI_PER_RAO;
  near("opportunity.required_amount_rao", found.sizeRao, expectedRao, ONE_RAO);
  same("opportunity.timestamp", order.timeMs / 1000, expected.timestamp);
  const spentRao = order.side === "mint" ? order.tokensRao * input.nav : order.tokensRao;
  near("order, rao", spentRao, expectedRao, ONE_RAO + (order.side === "mint" ? input.nav : 0));
});
