/** The index fund (docs/explanation/index-fund.md). Shares are fractions of 1 in whole parts of a billion. */
export interface IndexFundConfiguration {
  /** Subnets in the index. */
  readonly constituents: number;
  /** Daily snapshots the composition is the mean of, the day of the rebalancing included. */
  readonly averagingDays: number;
  readonly rebalanceEveryDays: number;
  /** Share of the tokens minted that goes to the fund's treasury. */
  readonly mintFee: number;
  /** Share of the tokens handed in that goes to the fund's treasury. */
  readonly redeemFee: number;
  /** Share of the supply that is minted to the fund's treasury in a year of 365 days, day by day. */
  readonly managementFeePerYear: number;
  /** Nothing is minted or redeemed when a constituent's newest price is older. */
  readonly staleAfterMs: number;
  /** What a token is worth when the fund is founded. */
  readonly initialNavTaoPerToken: number;
}

/** A constant-product pool of TAO and another asset. */
export interface PoolConfiguration {
  /** Share of what is paid in that stays in the pool; whole parts of a billion. */
  readonly fee: number;
}

/** All prices are led to a factor of what they would have been, evenly on the log scale. */
export interface PriceShock {
  readonly fromMs: number;
  readonly durationMs: number;
  /** Above 0; 0.4 is a fall of 60 %. */
  readonly factor: number;
}

export const DEFAULT_INDEX_FUND: IndexFundConfiguration = {
  constituents: 20,
  averagingDays: 14,
  rebalanceEveryDays: 14,
  mintFee: 0.002,
  redeemFee: 0.002,
  managementFeePerYear: 0.01,
  staleAfterMs: 300_000,
  initialNavTaoPerToken: 1,
};

export const DEFAULT_POOL: PoolConfiguration = { fee: 0.003 };
