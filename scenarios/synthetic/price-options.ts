import type { PriceGap, PriceModelConfiguration, PriceShock } from "../../engine/index.js";

/** Made-up prices of subnets. `schema/streams.ts` has the same in the words of YAML. */
export interface PriceOptions {
  /** Netuids 1 to this. */
  readonly subnets: number;
  /** Time between two samples, above 0. */
  readonly sampleMs: number;
  /** Price of each subnet at the start, TAO per alpha, log-uniform; 0 < from <= to. */
  readonly startPrice: { readonly from: number; readonly to: number };
  /** One that needs no history. */
  readonly model: PriceModelConfiguration;
  readonly shocks: readonly PriceShock[];
  /** Stretches without samples. */
  readonly gaps: readonly PriceGap[];
  /** Number of the block at the start. */
  readonly firstBlock: number;
}
