import { SHARE_RANGE } from "../../../../kernel/ranges.js";
import { amount, choice, number, numberOrOff, timeSpan, type ValuesOf } from "../../../../rules/parameter.js";
import type { ParticipantCosts } from "../../participant-costs.js";
import { LOOK_EVERY, MIN_TRANSACTION_SIZE } from "../shared-parameters.js";

export const ARBITRAGE_PARAMETERS = {
  minSpreadThreshold: number({
    range: { atLeast: 0, atMost: 1_000_000 },
    code: "TEN-AGENT-101",
    default: 0.005,
    meaning: "Premium or discount from which it looks for a profit, in `spread_unit`.",
  }),
  spreadUnit: choice({
    values: { fraction: "of NAV", percent: "of NAV, in percent" },
    default: "fraction",
    meaning: "`percent`: 0.005 means 0.005 %.",
  }),
  atThreshold: choice({
    values: { wait: "it does not count", act: "it counts" },
    default: "wait",
    meaning: "Whether a spread of exactly the threshold counts.",
  }),
  /** With `discountRoute: redeem_inventory` of tokens, on the redeeming side. */
  minTransactionSizeRao: MIN_TRANSACTION_SIZE,
  maxTransactionSizeRao: amount({
    unit: "TAO",
    above: 0,
    code: "TEN-AGENT-103",
    default: 10_000_000_000,
    meaning: "Largest transaction, TAO.",
  }),
  balanceShare: number({
    range: { above: 0, atMost: 1 },
    code: "TEN-AGENT-104",
    default: 0.8,
    meaning: "Share of the balance used that one transaction may take.",
  }),
  sizing: choice({
    values: { balance: "what the balance allows", best: "no larger than what earns most against the pool's reserves" },
    default: "balance",
    meaning: "`best`: no larger either than what earns most in the pool.",
  }),
  profitEstimate: choice({
    values: {
      executed: "with fees, the cost of the basket and the price moved in the pool",
      spread: "size times spread, whatever a token is worth",
    },
    default: "executed",
    meaning: "What it would really earn, or size times spread whatever fees there are.",
  }),
  profitOverCost: number({
    range: { atLeast: 0, atMost: 1_000_000 },
    code: "TEN-AGENT-105",
    default: 2,
    meaning: "The expected profit must be above this multiple of the transaction cost.",
  }),
  discountRoute: choice({
    values: { buy_and_redeem: "buys tokens in the market", redeem_inventory: "redeems tokens that it holds" },
    default: "buy_and_redeem",
    meaning: "At a discount: buy tokens in the market and redeem them, or redeem tokens that are held.",
  }),
  neutralProbability: number({
    range: SHARE_RANGE,
    code: "TEN-AGENT-108",
    default: 0.1,
    meaning: "Chance of a smallest operation, for volume alone, where there is nothing to earn.",
  }),
  maxInventoryRatio: number({
    range: SHARE_RANGE,
    code: "TEN-AGENT-109",
    default: 0.5,
    meaning: "Share of what it owns that may be tokens; more is redeemed.",
  }),
  stopLossDrawdown: numberOrOff({
    range: { above: 0, atMost: 1 },
    code: "TEN-AGENT-110",
    default: null,
    meaning: "Fall from its highest worth at which it redeems all and pauses; left out: never.",
  }),
  stopLossPauseMs: timeSpan({ atLeastMs: 0, code: "TEN-AGENT-111", default: 86_400_000, meaning: "How long it pauses." }),
  lookEveryMs: LOOK_EVERY,
} as const;

/** The parameters of the strategy `arbitrage`, and what acting costs. */
export type ArbitrageConfiguration = ValuesOf<typeof ARBITRAGE_PARAMETERS> & ParticipantCosts;
