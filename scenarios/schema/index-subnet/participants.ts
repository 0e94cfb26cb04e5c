import { z } from "zod";
import {
  DEFAULT_PARTICIPANT,
  PARTICIPANT_PRESETS,
  type ParticipantPreset,
  PARTICIPANT_RANGES as RANGES,
  SHARE_RANGE,
} from "../../../engine/index.js";
import { amount, amountTokens } from "../amount.js";
import { duration, durationText } from "../duration.js";
import { nameSchema } from "../name.js";
import { real, whole } from "../numbers.js";
import { choice, section } from "../section.js";
import { amountSpread } from "./amount-spread.js";

const act = DEFAULT_PARTICIPANT;
const PRESETS = Object.keys(PARTICIPANT_PRESETS) as [ParticipantPreset, ...ParticipantPreset[]];
const share = real(SHARE_RANGE);

/** How a participant acts, by the names of its keys. */
const behaviour = {
  min_spread_threshold: real(RANGES.minSpreadThreshold)
    .default(act.minSpreadThreshold)
    .describe("Premium or discount from which it looks for a profit, in `spread_unit`."),
  spread_unit: choice(["fraction", "percent"]).default(act.spreadUnit).describe("`percent`: 0.005 means 0.005 %."),
  at_threshold: choice(["wait", "act"]).default(act.atThreshold).describe("Whether a spread of exactly the threshold counts."),
  min_transaction_size: amount().default(amountTokens(act.minTransactionSizeRao)).describe("Smallest transaction, TAO."),
  max_transaction_size: amount({ above: 0 }).default(amountTokens(act.maxTransactionSizeRao)).describe("Largest transaction, TAO."),
  balance_share: real(RANGES.balanceShare).default(act.balanceShare).describe("Share of the balance used that one transaction may take."),
  sizing: choice(["balance", "best"]).default(act.sizing).describe("`best`: no larger either than what earns most in the pool."),
  profit_estimate: choice(["executed", "spread"])
    .default(act.profitEstimate)
    .describe("What it would really earn, or size times spread whatever fees there are."),
  profit_over_cost: real(RANGES.profitOverCost)
    .default(act.profitOverCost)
    .describe("The expected profit must be above this multiple of the transaction cost."),
  transaction_cost: amountSpread().default(amountTokens(act.transactionCostRao)).describe("Paid for each transaction, TAO."),
  basket_cost: real(RANGES.basketCost)
    .default(act.basketCost)
    .describe("What buying or selling a basket costs beside the recorded prices, as a share."),
  discount_route: choice(["buy_and_redeem", "redeem_inventory"])
    .default(act.discountRoute)
    .describe("At a discount: buy tokens in the market and redeem them, or redeem tokens that are held."),
  neutral_probability: share
    .default(act.neutralProbability)
    .describe("Chance of a smallest operation, for volume alone, where there is nothing to earn."),
  max_inventory_ratio: share.default(act.maxInventoryRatio).describe("Share of what it owns that may be tokens; more is redeemed."),
  stop_loss_drawdown: real(RANGES.stopLossDrawdown)
    .nullable()
    .default(act.stopLossDrawdown)
    .describe("Fall from its highest worth at which it redeems all and pauses; left out: never."),
  stop_loss_pause: duration().default(durationText(act.stopLossPauseMs)).describe("How long it pauses."),
  look_every: duration()
    .default(durationText(act.lookEveryMs))
    .describe("It looks at the market at most this often; `0 s`: at every sample."),
};

export const participantGroupSchema = section({
  name: nameSchema.describe("Name of the group; its members are called `<name>-1` and so on, an only member `<name>`."),
  count: whole(1, 10_000).default(1).describe("How many there are."),
  preset: choice(PRESETS)
    .nullable()
    .default(null)
    .describe("Choices of an earlier system for all keys that are not stated (docs/explanation/presets.md)."),
  tao: amountSpread().describe("TAO each begins with."),
  tokens: amountSpread().default(0).describe("Index tokens each begins with, out of the founding supply."),
  owner: z
    .string({ error: "a name" })
    .min(1, { error: "a name" })
    .nullable()
    .default(null)
    .describe("One owner of all of them, as a coldkey; left out: each is its own."),
  withdrawn_share: share.default(0).describe("Share of each payout that is withdrawn at once; the rest stays staked."),
  ...behaviour,
}).describe("Authorised participants who differ only in their means, costs and luck.");

export type ParticipantGroupInput = z.output<typeof participantGroupSchema>;
