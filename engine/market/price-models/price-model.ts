/** Makes the prices of a number of subnets, step by step at even distances in time. */
export interface PriceModel {
  /** Subnets it makes prices of. */
  readonly count: number;
  /** Goes one step on and writes the price of each subnet, in TAO an alpha: always finite and above 0. */
  step(prices: Float64Array): void;
}
