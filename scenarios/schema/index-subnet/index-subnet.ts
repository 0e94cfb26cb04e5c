import * as z from "zod";
import { DAY_MS, DEFAULT_INDEX_SUBNET, SHORTEST_EPOCH_MS } from "../../../engine/index.js";
import { amount, amountTokens } from "../amount.js";
import { duration, durationText } from "../duration.js";
import { whole } from "../numbers.js";
import { gapSchema, shockSchema } from "../price-disturbances.js";
import { choice, listOf, section } from "../section.js";
import { antiGamingSchema } from "./anti-gaming.js";
import { consensusSchema } from "./consensus.js";
import { foundingSchema, fundSchema } from "./fund.js";
import { marketSchema } from "./market.js";
import { participantGroupSchema } from "./participants.js";
import { rewardsSchema } from "./rewards.js";
import { colludingGroupSchema, validatorGroupSchema } from "./validators.js";

const index = DEFAULT_INDEX_SUBNET;
const LONGEST_EPOCH_MS = 365 * DAY_MS;
const SAMPLES = whole(1, 1_000_000_000);

export const indexSubnetSchema = section({
  netuid: whole(1, 65_535)
    .default(index.netuid)
    .describe("The index subnet: its miners are the participants, and they are paid in its alpha."),
  epoch: duration({ atLeastMs: SHORTEST_EPOCH_MS, atMostMs: LONGEST_EPOCH_MS })
    .default(durationText(index.epochMs))
    .describe("Time between the ends of two epochs."),
  fund: fundSchema.prefault({}),
  founding: foundingSchema,
  rebalancing: choice(["computed", "published", "founding_weights", "never"])
    .default(index.rebalancing)
    .describe("What the fund is rebalanced to: computed of `emission_rate`, the last published weights, those of the founding."),
  market: marketSchema,
  shocks: z.array(shockSchema, { error: "a list of shocks" }).default([]).describe("Applied to all prices the streams hold."),
  gaps: z
    .array(gapSchema, { error: "a list of gaps" })
    .default([])
    .describe("Prices that are thrown away, as if they had not been recorded."),
  participants: listOf(participantGroupSchema, "groups of participants").describe("In the order in which they register and act."),
  validators: listOf(validatorGroupSchema, "groups of validators").describe("Those who observe, submit and attest."),
  colluding_groups: z
    .array(colludingGroupSchema, { error: "a list of colluding groups" })
    .default([])
    .describe("What validators of `behaviour: colluder` agreed on."),
  rewards: rewardsSchema.prefault({}),
  anti_gaming: antiGamingSchema.prefault({}),
  consensus: consensusSchema.prefault({}),
  emission: section({
    pot_alpha_per_block: amount({ above: 0 })
      .default(amountTokens(index.emission.potRaoPerBlock))
      .describe("What miners and validators together are paid a block of 12 s, alpha."),
  })
    .prefault({})
    .describe("What is paid."),
  vesting_multipliers: z
    .boolean({ error: "true or false" })
    .default(index.vestingMultipliers)
    .describe("Whether the multipliers of `vesting` apply on top: score, tier shares, multiplier, weights."),
  record: section({
    prices_every_samples: SAMPLES.default(index.record.pricesEverySamples).describe("Prices are written at every so many samples."),
    nav_every_samples: SAMPLES.default(index.record.navEverySamples).describe("The index is written at every so many samples."),
  })
    .prefault({})
    .describe("How often the largest tables are written."),
});

export type IndexSubnetInput = z.output<typeof indexSubnetSchema>;
