import type { Severity, SlashCause } from "../../tables/vocabularies/consensus.js";
import type { PremiumFigures } from "./premium-statistics.js";

/** What a tier was paid in all epochs. */
export interface TierEarnings {
  readonly tier: string;
  /** Places in it, counted over all epochs. */
  readonly places: number;
  readonly paidRao: string;
}

/** What a group of participants earned and traded. */
export interface GroupFigures {
  readonly group: string;
  readonly kind: "participant" | "validator";
  readonly members: number;
  readonly paidRao: string;
  /** Profit of orders, tokens at NAV; 0 for validators. */
  readonly profitTao: number;
  readonly orders: number;
  readonly ordersDone: number;
  /** Mean over the members. */
  readonly meanInventoryRatio: number;
  /** Mean time to answer an opportunity over all that were answered; null where none was. */
  readonly meanResponseMs: number | null;
}

/** Slashes of a validator for one cause and severity. */
export interface SlashFigures {
  readonly validator: string;
  readonly group: string;
  readonly behaviour: string;
  readonly cause: SlashCause;
  readonly severity: Severity;
  readonly count: number;
  readonly overturned: number;
  readonly held: number;
  readonly takenRao: string;
}

/** What an index subnet amounts to at the end of a run. Sums of rao are exact decimals. */
export interface IndexSummary {
  readonly netuid: number;
  readonly epochs: number;
  /** Null: the fund was never founded. */
  readonly foundedMs: number | null;
  readonly samples: number;
  readonly staleSamples: number;
  /** Times no price came for so long that NAV became stale. */
  readonly staleSpells: number;
  readonly droppedPrices: number;
  readonly nav: { readonly startTao: number; readonly endTao: number };
  readonly price: { readonly startTao: number; readonly endTao: number };
  readonly premium: PremiumFigures;
  readonly fund: {
    readonly supplyRao: string;
    readonly mintedRao: string;
    readonly redeemedRao: string;
    readonly cashRao: string;
    readonly rebalances: number;
    readonly refusedRebalances: Readonly<Record<string, number>>;
    /** Days (since 1970) without emission rates where the composition was computed. */
    readonly missingDays: readonly number[];
  };
  readonly orders: {
    /** By reason. */
    readonly given: Readonly<Record<string, number>>;
    readonly done: Readonly<Record<string, number>>;
    /** By cause. */
    readonly refused: Readonly<Record<string, number>>;
    readonly mintedValueRao: string;
    readonly redeemedValueRao: string;
    readonly noiseTrades: number;
    readonly noiseVolumeRao: string;
  };
  readonly fees: {
    /** Index tokens. */
    readonly mintAndRedeemTokensRao: string;
    readonly managementTokensRao: string;
    readonly poolTokensRao: string;
    readonly poolTaoRao: string;
    readonly transactionTaoRao: string;
  };
  readonly emission: {
    readonly potRao: string;
    readonly minersRao: string;
    readonly validatorsRao: string;
    readonly burntRao: string;
    readonly unallocatedRao: string;
    readonly withdrawnRao: string;
  };
  readonly tiers: readonly TierEarnings[];
  readonly groups: readonly GroupFigures[];
  readonly consensus: {
    readonly reached: number;
    /** Epochs without one, by cause. */
    readonly none: Readonly<Record<string, number>>;
  };
  readonly slashes: readonly SlashFigures[];
  readonly slashedRao: string;
  readonly flags: Readonly<Record<string, number>>;
  /** Of all pay of participants over the run. */
  readonly inequality: {
    readonly members: number;
    readonly gini: number;
    readonly theil: number;
    readonly herfindahl: number;
    readonly nakamoto: number;
    readonly top1Share: number;
    readonly top10Share: number;
    readonly lorenz: readonly number[];
    readonly scorePayCorrelation: number;
  };
  /** What lies where fees, slashes and costs go. */
  readonly accounts: {
    readonly fundTreasuryTokensRao: string;
    readonly burntTaoRao: string;
    readonly burntAlphaRao: string;
    readonly treasuryAlphaRao: string;
  };
}
