import { math, type RandomStream } from "../../engine/index.js";
import type { AmountRange } from "./options.js";

const { exp, floor, ln, max, min } = math;

/** A number from `from` to `to` whose logarithm is uniform: 1 to 10 is as likely as 10 to 100. */
export function drawLogUniform(random: RandomStream, from: number, to: number): number {
  const low = ln(from);
  return exp(low + random() * (ln(to) - low));
}

/** Draws whole amounts of a log-uniform size, rao. */
export function logUniformAmounts({ fromRao, toRao }: AmountRange): (random: RandomStream) => number {
  const low = ln(fromRao);
  const width = ln(toRao) - low;
  return (random) => min(toRao, max(fromRao, floor(exp(low + random() * width))));
}
