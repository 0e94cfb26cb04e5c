import { requireThat } from "../kernel/ranges.js";
import { requireParameters } from "../rules/parameter.js";
import type { WeightsConfiguration } from "./weights-configuration.js";
import {
  CHAIN_LIQUID_ALPHA_PARAMETERS,
  CHAIN_YUMA_PARAMETERS,
  LIQUID_ALPHA_PARAMETERS,
  YUMA_PARAMETER_CODE,
  YUMA_PARAMETERS,
} from "./yuma-parameters.js";

/** Refuses values outside their ranges, and bounds of liquid alpha the wrong way round. */
export function requireWeights(weights: WeightsConfiguration, path: string): void {
  const { liquidAlpha } = weights;
  const isChain = weights.from === "chain_yuma";
  requireParameters(isChain ? CHAIN_YUMA_PARAMETERS : YUMA_PARAMETERS, weights, path);
  if (liquidAlpha === null) return;
  const at = `${path}.liquid_alpha`;
  requireParameters(isChain ? CHAIN_LIQUID_ALPHA_PARAMETERS : LIQUID_ALPHA_PARAMETERS, liquidAlpha, at);
  const [low, high, key] =
    "alphaLowU16" in liquidAlpha
      ? ([liquidAlpha.alphaLowU16, liquidAlpha.alphaHighU16, "alpha_low_u16"] as const)
      : ([liquidAlpha.alphaLow, liquidAlpha.alphaHigh, "alpha_low"] as const);
  requireThat(low <= high, YUMA_PARAMETER_CODE, `${at}.${key}`, low, `at most alpha_high, ${high}`);
}
