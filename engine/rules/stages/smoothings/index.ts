import { ema } from "./ema.js";
import type { Smoothing } from "./smoothing.js";
import { movingWindow } from "./window.js";

/** The means there are: a line each. */
export const SMOOTHING_REGISTRY = { ema, window: movingWindow } as const;

export function smoothingOf(name: keyof typeof SMOOTHING_REGISTRY): Smoothing {
  return SMOOTHING_REGISTRY[name] as unknown as Smoothing;
}
