import { exp, floor, ln, max, min } from "../kernel/math.js";

/** An amount for each member of a group: drawn between the bounds, evenly or evenly on the log scale; equal bounds: no draw. */
export interface AmountRange {
  /** Whole rao; above 0 with `log_uniform`. */
  readonly fromRao: number;
  /** Whole rao, not below `fromRao`. */
  readonly toRao: number;
  readonly spread: "uniform" | "log_uniform";
}

/** An amount of the range, rao. @param deviate asked once for one in [0, 1), and only where there is something to draw */
export function drawAmount({ fromRao, toRao, spread }: AmountRange, deviate: () => number): number {
  if (fromRao === toRao) return fromRao;
  const at = deviate();
  if (spread === "uniform") return fromRao + floor(at * (toRao - fromRao + 1));
  return max(fromRao, min(toRao, floor(fromRao * exp(at * ln(toRao / fromRao)))));
}

/** Names of the members of a group of `count`. */
export function memberNames({ name, count }: { readonly name: string; readonly count: number }): string[] {
  return count === 1 ? [name] : Array.from({ length: count }, (_, i) => `${name}-${i + 1}`);
}
