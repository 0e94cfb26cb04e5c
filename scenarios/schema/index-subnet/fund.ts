import * as z from "zod";
import { DEFAULT_INDEX_FUND, MARKET_RANGES } from "../../../engine/index.js";
import { amount } from "../amount.js";
import { duration, durationText } from "../duration.js";
import { real, wholeIn } from "../numbers.js";
import { choice, section } from "../section.js";

const fund = DEFAULT_INDEX_FUND;
const SUBNETS = wholeIn(MARKET_RANGES.fundCount);

export const fundSchema = section({
  constituents: SUBNETS.default(fund.constituents).describe("Subnets in the index."),
  averaging_days: SUBNETS.default(fund.averagingDays).describe("Daily snapshots of emission rates the weights are the mean of."),
  rebalance_every_days: SUBNETS.default(fund.rebalanceEveryDays).describe("Days between two rebalancings, from the start on."),
  mint_fee: real(MARKET_RANGES.fee).default(fund.mintFee).describe("Share of the tokens minted that the fund's treasury gets."),
  redeem_fee: real(MARKET_RANGES.fee).default(fund.redeemFee).describe("Share of the tokens handed in that the treasury gets."),
  management_fee_per_year: real(MARKET_RANGES.fee)
    .default(fund.managementFeePerYear)
    .describe("Share of the supply that is minted to the treasury in a year, day by day."),
  stale_after: duration({ atLeastMs: 1 })
    .default(durationText(fund.staleAfterMs))
    .describe("Nothing is minted or redeemed while a constituent's newest price is older."),
  initial_nav: real(MARKET_RANGES.initialNav).default(fund.initialNavTaoPerToken).describe("What a token is worth at the founding, TAO."),
}).describe("The index fund (docs/explanation/index-fund.md).");

export const foundingSchema = section({
  supply: amount({ above: 0 }).describe(
    "Index tokens there are at the founding; the pool, participants and noise traders get theirs of it.",
  ),
  source: choice(["published", "computed", "given"])
    .default("published")
    .describe("Weights at the founding: the recording's `index_weights`, computed of its `emission_rate`, or `weights`."),
  weights: z
    .array(
      section({
        netuid: SUBNETS.describe("Subnet."),
        weight: real({ above: 0, atMost: 1 }).describe("Share of the index; all sum to 1."),
      }),
      { error: "a list of weights" },
    )
    .default([])
    .describe("The index at the founding, of `source: given`."),
}).describe("How the fund begins.");

export type FundInput = z.output<typeof fundSchema>;
export type FoundingInput = z.output<typeof foundingSchema>;
