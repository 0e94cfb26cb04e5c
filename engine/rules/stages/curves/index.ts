import type { BoundCurve, Curve } from "./curve.js";
import { exponential } from "./exponential.js";
import { geometric } from "./geometric.js";
import { linear } from "./linear.js";
import { logTail } from "./log-tail.js";
import { power } from "./power.js";
import { softmax } from "./softmax.js";
import { top } from "./top.js";
import { winner } from "./winner.js";

/** The curves a scenario can name: a line each. */
export const CURVE_REGISTRY = { winner, top, geometric, exponential, log_tail: logTail, power, softmax, linear };

export type CurveName = keyof typeof CURVE_REGISTRY;

/** A curve with its parameters bound; they are those that it declares. */
export function bindCurve(name: CurveName, parameters: object): BoundCurve {
  return (CURVE_REGISTRY[name] as unknown as Curve).bind(parameters as never);
}
