import type { FlagKind, FlagPolicyName } from "../tables/vocabularies/flags.js";

/** Accounts of different owners that do the same at the same time. */
export interface ClusterConfiguration {
  /** Above 0: what happens within one is one moment. */
  readonly binMs: number;
  /** How many epochs are looked back, 1 or more. */
  readonly windowEpochs: number;
  /** Concordance from which two accounts are alike, in (0, 1]. */
  readonly similarity: number;
  /** With fewer operations in the window an account is not compared; 1 or more. */
  readonly minOperations: number;
}

/** Anti-gaming (docs/explanation/anti-gaming.md). */
export interface AntiGamingConfiguration {
  readonly onFlag: FlagPolicyName;
  /** Policies of single kinds, instead of `onFlag`. */
  readonly policies: Readonly<Partial<Record<FlagKind, FlagPolicyName>>>;
  /** What score and base weight are multiplied by under `penalise`, 0 to 1; once, however many flags. */
  readonly penaltyFactor: number;
  /** A transaction below this is flagged, rao. */
  readonly minTransactionRao: number;
  /** More transactions than this in a minute are flagged. */
  readonly maxTransactionsPerMinute: number;
  /** Within it an operation and its opposite, by one account or one owner, are a round trip. */
  readonly washWindowMs: number;
  /** Stake that enters so long before an epoch's end and leaves so long after it is flagged. */
  readonly boundaryWindowMs: number;
  /** Round trips, wash trades and boundary stake of less than this in an epoch are not worth a flag, rao. */
  readonly minFlaggedRao: number;
  /** Null: accounts are not compared. */
  readonly clusters: ClusterConfiguration | null;
}

export const DEFAULT_ANTI_GAMING: AntiGamingConfiguration = {
  onFlag: "record",
  policies: {},
  penaltyFactor: 0.5,
  minTransactionRao: 10_000_000,
  maxTransactionsPerMinute: 10,
  washWindowMs: 600_000,
  boundaryWindowMs: 600_000,
  minFlaggedRao: 10_000_000,
  clusters: { binMs: 120_000, windowEpochs: 24, similarity: 0.98, minOperations: 10 },
};
