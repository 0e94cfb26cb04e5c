import * as z from "zod";
import { DEFAULT_ANTI_GAMING, FLAG_KINDS, FLAG_POLICIES, type FlagKind, InvariantError, REWARD_RANGES } from "../../../engine/index.js";
import { amount, amountTokens } from "../amount.js";
import { duration, durationText } from "../duration.js";
import { MAX_WHOLE, real, whole, wholeIn } from "../numbers.js";
import { choice, section } from "../section.js";

const { clusters, ...rules } = DEFAULT_ANTI_GAMING;
if (clusters === null) throw new InvariantError("the default rules compare no accounts");
const YEAR_MS = 365 * 86_400_000;
const policy = choice(FLAG_POLICIES);

const MEANINGS: Readonly<Record<FlagKind, string>> = {
  under_minimum_size: "A transaction below `min_transaction`.",
  over_rate: "More than `max_transactions_per_minute`.",
  round_trip: "Minting and redeeming of one account inside `wash_window`.",
  wash_trade: "The same between two accounts of one owner.",
  boundary_stake: "Stake in before and out after the end of an epoch.",
  equal_behaviour: "Accounts of different owners that do the same at the same time.",
};

const policies = Object.fromEntries(
  FLAG_KINDS.map((kind) => [kind, policy.nullable().default(null).describe(`${MEANINGS[kind]} Left out: as \`on_flag\`.`)]),
) as Record<FlagKind, z.ZodDefault<z.ZodNullable<typeof policy>>>;

const clustersSection = section({
  bin: duration({ atLeastMs: 1, atMostMs: 86_400_000 })
    .default(durationText(clusters.binMs))
    .describe("What happens within one is one moment."),
  window_epochs: wholeIn(REWARD_RANGES.windowEpochs).default(clusters.windowEpochs).describe("How many epochs are looked back."),
  similarity: real(REWARD_RANGES.similarity).default(clusters.similarity).describe("Concordance from which two accounts are alike."),
  min_operations: whole(1, MAX_WHOLE).default(clusters.minOperations).describe("With fewer in the window an account is not compared."),
});

export const antiGamingSchema = section({
  on_flag: policy.default(rules.onFlag).describe("What a flag does: it is only recorded, its subject is not ranked, or its score is cut."),
  policies: section(policies).prefault({}).describe("Policies of single kinds, instead of `on_flag`."),
  penalty_factor: real(REWARD_RANGES.penaltyFactor)
    .default(rules.penaltyFactor)
    .describe("What a score is multiplied by under `penalise`."),
  min_transaction: amount().default(amountTokens(rules.minTransactionRao)).describe("A transaction below it is flagged, TAO."),
  max_transactions_per_minute: wholeIn(REWARD_RANGES.transactionsPerMinute)
    .default(rules.maxTransactionsPerMinute)
    .describe("More in a minute are flagged."),
  wash_window: duration({ atMostMs: YEAR_MS })
    .default(durationText(rules.washWindowMs))
    .describe("Within it an operation and its opposite are a round trip."),
  boundary_window: duration({ atMostMs: YEAR_MS })
    .default(durationText(rules.boundaryWindowMs))
    .describe("Stake in so long before an epoch's end and out so long after is flagged."),
  min_flagged: amount().default(amountTokens(rules.minFlaggedRao)).describe("Less in an epoch is not worth a flag."),
  clusters: z
    .union([z.literal(false), clustersSection], {
      error: "false, or a mapping with keys among bin, window_epochs, similarity, min_operations",
    })
    .prefault({})
    .describe("Accounts that behave alike; false: they are not compared."),
}).describe("Anti-gaming (docs/explanation/anti-gaming.md).");

export type AntiGamingInput = z.output<typeof antiGamingSchema>;
