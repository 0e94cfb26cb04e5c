export { CHAIN_BONDS, type ChainBonds, type ChainConfiguration, type ChainLiquidAlpha } from "./chain/chain-configuration.js";
export { type ChainState, ChainYuma, chainBegins } from "./chain/chain-yuma.js";
export { ONE, toU16 } from "./chain/fixed-point.js";
export { Yuma, type YumaExceptions } from "./yuma.js";
export {
  LIQUID_CONSENSUS,
  type LiquidAlphaConfiguration,
  type LiquidConsensus,
  YUMA_VERSIONS,
  type YumaConfiguration,
  type YumaVersion,
} from "./yuma-configuration.js";
export { resetBonds, type YumaState, yumaBegins, yumaReseated } from "./yuma-state.js";
