export { CHAIN_BONDS, type ChainBonds, type ChainConfiguration, type ChainLiquidAlpha } from "./chain/chain-configuration.js";
export { type ChainState, ChainYuma, chainBegins } from "./chain/chain-yuma.js";
export { ONE, toU16 } from "./chain/fixed-point.js";
export { KeyedYuma, NOT_SET, type YumaOutcome } from "./keyed-yuma.js";
export { requireWeights } from "./require-weights.js";
export type { WeightsConfiguration } from "./weights-configuration.js";
export { Yuma, type YumaExceptions } from "./yuma.js";
export {
  LIQUID_CONSENSUS,
  type LiquidAlphaConfiguration,
  type LiquidConsensus,
  YUMA_VERSIONS,
  type YumaConfiguration,
  type YumaVersion,
} from "./yuma-configuration.js";
export { CHAIN_LIQUID_ALPHA_PARAMETERS, CHAIN_YUMA_PARAMETERS, LIQUID_ALPHA_PARAMETERS, YUMA_PARAMETERS } from "./yuma-parameters.js";
export { resetBonds, type YumaState, yumaBegins, yumaReseated } from "./yuma-state.js";
