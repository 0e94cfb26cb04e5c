/** How badly a validator went astray, in rising order (docs/explanation/consensus.md). */
export const SEVERITIES = ["none", "minor", "moderate", "severe", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];
/** Where a slash goes. */
export const SLASH_DESTINATIONS = ["burn", "treasury"] as const;
export type SlashDestination = (typeof SLASH_DESTINATIONS)[number];

/** What a NAV is attested for. */
export const ATTESTED_OPERATIONS = ["epoch", "mint", "redeem", "rebalance"] as const;
export type AttestedOperation = (typeof ATTESTED_OPERATIONS)[number];

/** Why an epoch has no consensus. */
export const NO_CONSENSUS_CAUSES = ["too_few_submissions", "too_little_agreement", "no_weights"] as const;
export type NoConsensusCause = (typeof NO_CONSENSUS_CAUSES)[number];

/** What made a slash as severe as it is. */
export const SLASH_CAUSES = ["deviation", "repeated_deviations", "repeated_slashes", "falsified_attestation"] as const;
export type SlashCause = (typeof SLASH_CAUSES)[number];

/** `held`: within its appeal time; `taken`: it left the stake; `overturned`: an appeal was upheld. */
export const SLASH_STATES = ["held", "taken", "overturned"] as const;
export type SlashState = (typeof SLASH_STATES)[number];

/** Standing of a validator, from good to bad. A suspended one neither votes nor earns. */
export const STATUSES = ["active", "warning", "probation", "suspended"] as const;
export type Status = (typeof STATUSES)[number];

/** Whether a submission counts, or why not. `none`: nothing was handed in. */
export const STANDINGS = [
  "counted",
  "none",
  "suspended",
  "below_minimum_stake",
  "invalid_weights",
  "invalid_attestation",
  "bad_signature",
  "unknown_block",
] as const;
export type Standing = (typeof STANDINGS)[number];
