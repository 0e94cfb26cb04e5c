import type { YumaConfiguration } from "../../../engine/yuma/index.js";

/** Yuma 3 without liquid alpha, of which a test changes what it is about. */
export const PLAIN_YUMA: YumaConfiguration = {
  version: "yuma3",
  kappa: 0.5,
  bondPenalty: 1,
  bondMovingAverage: 0.9,
  liquidAlpha: null,
  decayRate: 0.1,
  capacityAlpha: 0.1,
  winnerTakesAll: false,
};
