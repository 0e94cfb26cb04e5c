/** What a flag does: it is only recorded, the subject is not ranked that epoch, or its score is cut. */
export const FLAG_POLICIES = ["record", "exclude", "penalise"] as const;
export type FlagPolicyName = (typeof FLAG_POLICIES)[number];

/** What can be noticed about an account (docs/explanation/anti-gaming.md). */
export const FLAG_KINDS = ["under_minimum_size", "over_rate", "round_trip", "wash_trade", "boundary_stake", "equal_behaviour"] as const;
export type FlagKind = (typeof FLAG_KINDS)[number];
