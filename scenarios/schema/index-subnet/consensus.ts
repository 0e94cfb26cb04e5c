import * as z from "zod";
import { CONSENSUS_METHODS, CONSENSUS_RANGES, DEFAULT_CONSENSUS, SLASH_DESTINATIONS, SLASHING_PARAMETERS } from "../../../engine/index.js";
import { amount, amountTokens } from "../amount.js";
import { duration } from "../duration.js";
import { nameSchema } from "../name.js";
import { real, wholeIn } from "../numbers.js";
import { parameterShape } from "../parameters.js";
import { choice, section } from "../section.js";

const { consensus, severity, slashing, reputation, status, attestations } = DEFAULT_CONSENSUS;
const share = real(CONSENSUS_RANGES.share);
const exactShare = real(CONSENSUS_RANGES.exactShare);
const COUNT = wholeIn(CONSENSUS_RANGES.count);
const countOrOff = COUNT.nullable();

export const CONSENSUS_PRESETS = ["tao20-original-slashing"] as const;

const severitySection = section({
  ...parameterShape(SLASHING_PARAMETERS),
  worst: choice(["severe", "critical"]).default(severity.worst).describe("The worst there is."),
  deviation_window_epochs: COUNT.nullable().default(10).describe("The window in epochs, the current one included."),
  deviation_window: duration({ atLeastMs: 1 })
    .nullable()
    .default(null)
    .describe("The window as a time, instead of `deviation_window_epochs`."),
})
  .superRefine((input, context) => {
    if (input.deviation_window !== null || input.deviation_window_epochs !== null) return;
    context.addIssue({
      code: "custom",
      path: ["deviation_window_epochs"],
      message: "a whole number from 1, unless deviation_window is stated",
    });
  })
  .transform((input) => (input.deviation_window === null ? input : { ...input, deviation_window_epochs: null }));

const ratesSection = section({
  minor: exactShare.default(slashing.rates.minor).describe("Share of available stake."),
  moderate: exactShare.default(slashing.rates.moderate).describe("Share of available stake."),
  severe: exactShare.default(slashing.rates.severe).describe("Share of available stake."),
  critical: exactShare.default(slashing.rates.critical).describe("Share of available stake."),
});

const slashingSection = section({
  rates: ratesSection.prefault({}).describe("What is taken, by severity; whole millionths."),
  destination: choice(SLASH_DESTINATIONS).default(slashing.destination).describe("Where it goes."),
  appeal_days: real(CONSENSUS_RANGES.appealDays)
    .default(slashing.appealDays)
    .describe("Days a slash is held back before it is taken; 0: it is taken at once."),
  appeals: z
    .array(
      section({
        validator: nameSchema.describe("Name of the validator."),
        epoch: COUNT.describe("Epoch of the deviation that was slashed."),
        outcome: choice(["upheld", "dismissed"]).describe("What is decided."),
      }),
      { error: "a list of appeals" },
    )
    .default([])
    .describe("Decisions on slashes that are held back; what nobody appeals against is taken."),
  evaluation: choice(["each_deviation_once", "all_in_window"])
    .default(slashing.evaluation)
    .describe("Each deviation is slashed once, or all in the window at every evaluation."),
});

const reputationSection = section({
  accuracy_weight: share.default(reputation.accuracyWeight).describe("Part of accuracy in the overall reputation."),
  consistency_weight: share.default(reputation.consistencyWeight).describe("Part of consistency."),
  reliability_weight: share.default(reputation.reliabilityWeight).describe("Part of reliability."),
  full_reliability_submissions: COUNT.default(reputation.fullReliabilitySubmissions).describe("So many submissions are full reliability."),
  slash_penalty: share.default(reputation.slashPenalty).describe("What each slash takes from reliability."),
  bookkeeping: choice(["documented", "tao20_original"])
    .default(reputation.bookkeeping)
    .describe("Whether figures follow every judged submission, or as the original kept them."),
});

export const consensusSchema = section({
  preset: choice(CONSENSUS_PRESETS)
    .nullable()
    .default(null)
    .describe("Choices of an earlier system for all keys that are not stated (docs/explanation/presets.md)."),
  method: choice(CONSENSUS_METHODS).default(consensus.method).describe("Median of weights by stake, or of one vote each."),
  median_of_even: choice(["mean", "lower"])
    .default(consensus.medianOfEven)
    .describe("`median` of an even count: the mean of the two in the middle, or the lower."),
  minimum_stake: amount().default(amountTokens(consensus.minimumStakeRao)).describe("Who has less is not counted, alpha."),
  minimum_submissions: COUNT.default(consensus.minimumSubmissions).describe("With fewer valid submissions there is no consensus."),
  agreement: share.default(consensus.agreement).describe("With a smaller share of stake there is no consensus."),
  agreement_of: choice(["submitting_stake", "agreeing_stake"])
    .default(consensus.agreementOf)
    .describe("What `agreement` is a share of: stake that submits of all that may, or stake that agrees of what submitted."),
  persistence: choice(["epoch", "latest"]).default(consensus.persistence).describe("`latest`: an earlier submission stays in force."),
  judged: choice(["counted", "everyone"])
    .default(consensus.judged)
    .describe("`everyone`: who is below the minimum stake is not counted, but judged and slashed."),
  severity: severitySection.prefault({}).describe("How badly a validator went astray."),
  slashing: slashingSection.prefault({}).describe("What it loses."),
  reputation: reputationSection.prefault({}).describe("What it is known for."),
  status: section({
    recovery_epochs: countOrOff.default(status.recoveryEpochs).describe("Clean epochs until the status is one step better; null: never."),
    suspends_short_stake: z
      .boolean({ error: "true or false" })
      .default(status.suspendsShortStake)
      .describe("Whether who falls below the minimum stake is suspended."),
    after_slash: choice(["worse_of_both", "by_last_slash"])
      .default(status.afterSlash)
      .describe("Whether a lighter slash may better the status."),
  })
    .prefault({})
    .describe("Active, warning, probation, suspended."),
  attestations: section({
    tolerance: exactShare.default(attestations.tolerance).describe("How far an attested NAV may be off the true one; whole millionths."),
  })
    .prefault({})
    .describe("What a validator signs of the NAV."),
}).describe("Consensus of the validators, and slashing (docs/explanation/consensus.md).");

export type ConsensusInput = z.output<typeof consensusSchema>;
