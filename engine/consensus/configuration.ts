import { RAO_PER_TOKEN } from "../kernel/money.js";
import { DEFAULT_SLASHING_PARAMETERS, type SlashingParameters } from "../rules/slashing/index.js";
import type { Severity, SlashDestination } from "../tables/vocabularies/consensus.js";

export const CONSENSUS_METHODS = ["stake_median", "median"] as const;
export type ConsensusMethod = (typeof CONSENSUS_METHODS)[number];

export interface ConsensusRules {
  /** `stake_median`: per miner the smallest weight whose cumulative stake passes half; `median`: one validator, one vote. */
  readonly method: ConsensusMethod;
  /** `median` of an even count: the mean of the two middle weights, or the lower of them. */
  readonly medianOfEven: "mean" | "lower";
  /** Rao; who has less is not counted. */
  readonly minimumStakeRao: number;
  /** Fewer valid submissions than this: no consensus. 1 or more. */
  readonly minimumSubmissions: number;
  /** 0..1; a smaller share of stake than this: no consensus. */
  readonly agreement: number;
  /**
   * What `agreement` is a share of: `submitting_stake` / stake of all who may vote, or `agreeing_stake` (deviation
   * at most `severity.minorAbove`) / stake of those who submitted.
   */
  readonly agreementOf: "submitting_stake" | "agreeing_stake";
  /** `latest`: an earlier submission stays in force, and so does an earlier consensus where there is no new one. */
  readonly persistence: "epoch" | "latest";
  /** `everyone`: who is below the minimum stake is not counted, but judged and slashed. */
  readonly judged: "counted" | "everyone";
}

/** What counts as recent. */
export type DeviationWindow =
  /** The current epoch and the ones before it, `epochs` in all. */
  | { readonly kind: "epochs"; readonly epochs: number }
  /** Strictly less than `ms` ago. */
  | { readonly kind: "time"; readonly ms: number };

/** How severe it is what a validator did: the parameters of all slashing rules, and what these share. */
export interface SeverityRules extends SlashingParameters {
  /** The worst there is; `severe` treats critical as severe. */
  readonly worst: "severe" | "critical";
  readonly window: DeviationWindow;
}

/** What is decided on a slash within its appeal time. */
export interface Appeal {
  /** Name of the validator. */
  readonly validator: string;
  /** Epoch of the deviation that was slashed. */
  readonly epoch: number;
  readonly outcome: "upheld" | "dismissed";
}

export interface SlashingRules {
  /** Share (0..1, whole millionths) of available stake by severity. */
  readonly rates: Readonly<Record<Exclude<Severity, "none">, number>>;
  readonly destination: SlashDestination;
  /** Days a slash is held back before it is taken; 0: it is taken at once. */
  readonly appealDays: number;
  /** Decisions that fall when the slash they speak of is due. What nobody appeals against is taken. */
  readonly appeals: readonly Appeal[];
  /** `all_in_window`: every evaluation slashes for all deviations in the window again. */
  readonly evaluation: "each_deviation_once" | "all_in_window";
}

export interface ReputationRules {
  readonly accuracyWeight: number;
  readonly consistencyWeight: number;
  readonly reliabilityWeight: number;
  /** So many submissions are full reliability. */
  readonly fullReliabilitySubmissions: number;
  /** What each slash takes from reliability. */
  readonly slashPenalty: number;
  /**
   * `documented`: figures follow every judged submission. `tao20_original`: agreeing submissions are never counted,
   * submissions count without a consensus, and the figures (1 at first) change only with a deviation or a slash.
   */
  readonly bookkeeping: "documented" | "tao20_original";
}

export interface StatusRules {
  /** Clean epochs until the status is one step better; null: it never is. */
  readonly recoveryEpochs: number | null;
  /** Is who falls below the minimum stake suspended? */
  readonly suspendsShortStake: boolean;
  /** `by_last_slash`: a minor slash after a severe one lowers probation to warning. */
  readonly afterSlash: "worse_of_both" | "by_last_slash";
}

export interface AttestationRules {
  /** Share (0..1, whole millionths) an attested NAV may be off the true one of its block. */
  readonly tolerance: number;
}

/** The rules of docs/explanation/consensus.md as plain data. */
export interface ConsensusConfiguration {
  readonly consensus: ConsensusRules;
  readonly severity: SeverityRules;
  readonly slashing: SlashingRules;
  readonly reputation: ReputationRules;
  readonly status: StatusRules;
  readonly attestations: AttestationRules;
}

/** The defaults of docs/explanation/consensus.md. */
export const DEFAULT_CONSENSUS: ConsensusConfiguration = {
  consensus: {
    method: "stake_median",
    medianOfEven: "mean",
    minimumStakeRao: 1_000 * RAO_PER_TOKEN,
    minimumSubmissions: 3,
    agreement: 0.67,
    agreementOf: "submitting_stake",
    persistence: "epoch",
    judged: "counted",
  },
  severity: {
    ...DEFAULT_SLASHING_PARAMETERS,
    worst: "critical",
    window: { kind: "epochs", epochs: 10 },
  },
  slashing: {
    rates: { minor: 0.01, moderate: 0.05, severe: 0.15, critical: 0.5 },
    destination: "burn",
    appealDays: 0,
    appeals: [],
    evaluation: "each_deviation_once",
  },
  reputation: {
    accuracyWeight: 0.4,
    consistencyWeight: 0.4,
    reliabilityWeight: 0.2,
    fullReliabilitySubmissions: 100,
    slashPenalty: 0.1,
    bookkeeping: "documented",
  },
  status: { recoveryEpochs: 24, suspendsShortStake: true, afterSlash: "worse_of_both" },
  attestations: { tolerance: 0.001 },
};
