/** How an authorised participant acts (docs/explanation/participants.md). Plain data; the defaults are `DEFAULT_PARTICIPANT`. */
export interface ParticipantConfiguration {
  /** Premium or discount from which it looks for a profit, in `spreadUnit`. */
  readonly minSpreadThreshold: number;
  /** `percent`: the spread is taken in percent and compared with the threshold as it stands, so 0.005 is 0.005 %. */
  readonly spreadUnit: "fraction" | "percent";
  /** Does a spread of exactly the threshold count? */
  readonly atThreshold: "wait" | "act";
  /** Sizes of a transaction, rao of TAO (`discountRoute: redeem_inventory`: of tokens, on the redeeming side). */
  readonly minTransactionSizeRao: number;
  readonly maxTransactionSizeRao: number;
  /** Share of the balance used that one transaction may take. */
  readonly balanceShare: number;
  /** `best`: no larger either than what earns most against the pool's reserves. */
  readonly sizing: "balance" | "best";
  /**
   * `executed`: what the transaction would earn, with fees, the cost of the basket and the price moved in the pool.
   * `spread`: size times spread, whatever a token is worth.
   */
  readonly profitEstimate: "executed" | "spread";
  /** The expected profit before the transaction cost must be above this multiple of it. */
  readonly profitOverCost: number;
  /** Paid for each transaction, rao of TAO. */
  readonly transactionCostRao: number;
  /** What buying or selling a basket costs beside the recorded price, as a fraction of it. */
  readonly basketCost: number;
  /** At a discount: buy tokens in the market and redeem them, or redeem tokens that are held. */
  readonly discountRoute: "buy_and_redeem" | "redeem_inventory";
  /** Chance of a neutral operation of the smallest size where there is nothing to earn. */
  readonly neutralProbability: number;
  /** Share of what it owns, at NAV, that may be tokens; more is redeemed. */
  readonly maxInventoryRatio: number;
  /** Fall from the highest worth, as a fraction, at which it redeems all and pauses; null: never. */
  readonly stopLossDrawdown: number | null;
  readonly stopLossPauseMs: number;
  /** It looks at the market at most this often; 0: at every sample. */
  readonly lookEveryMs: number;
}

export const DEFAULT_PARTICIPANT: ParticipantConfiguration = {
  minSpreadThreshold: 0.005,
  spreadUnit: "fraction",
  atThreshold: "wait",
  minTransactionSizeRao: 100_000_000,
  maxTransactionSizeRao: 10_000_000_000,
  balanceShare: 0.8,
  sizing: "balance",
  profitEstimate: "executed",
  profitOverCost: 2,
  transactionCostRao: 10_000_000,
  basketCost: 0,
  discountRoute: "buy_and_redeem",
  neutralProbability: 0.1,
  maxInventoryRatio: 0.5,
  stopLossDrawdown: null,
  stopLossPauseMs: 86_400_000,
  lookEveryMs: 0,
};

/** Presets by name. */
export const PARTICIPANT_PRESETS = {
  /** Of the golden `arbitrage` cases (docs/explanation/presets.md): a threshold in percent, a profit without NAV and fees. */
  "tao20-original-arbitrage": {
    ...DEFAULT_PARTICIPANT,
    spreadUnit: "percent",
    atThreshold: "act",
    profitEstimate: "spread",
    discountRoute: "redeem_inventory",
  },
} as const satisfies Record<string, ParticipantConfiguration>;
export type ParticipantPreset = keyof typeof PARTICIPANT_PRESETS;
