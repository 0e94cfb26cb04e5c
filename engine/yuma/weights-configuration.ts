import type { ChainConfiguration } from "./chain/chain-configuration.js";
import type { YumaConfiguration } from "./yuma-configuration.js";

/** Where base weights come from, if not from recorded pay or the work itself: from what validators set. */
export type WeightsConfiguration =
  | ({ readonly from: "yuma" } & YumaConfiguration)
  /** In the chain's own arithmetic. */
  | ({ readonly from: "chain_yuma" } & ChainConfiguration);
