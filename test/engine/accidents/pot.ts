import type { SharedPot } from "../../../engine/metrics/index.js";

/** A pot of miners `0..n-1`, of whom `outside` comes last. */
export function potOf(
  endMs: number,
  base: readonly number[],
  ruled: readonly number[],
  {
    shown = base.map(() => 1),
    outside = 0,
    kept = 1,
  }: { readonly shown?: readonly number[]; readonly outside?: number; readonly kept?: number } = {},
): SharedPot {
  const sum = base.reduce((a, b) => a + b, outside);
  return {
    netuid: 7,
    endMs,
    potRao: 1_000,
    count: base.length + 1,
    miners: base.length,
    base: Float64Array.from([...base, outside]),
    baseSum: sum,
    ruled: Float64Array.from([...ruled, 0]),
    kept,
    allocated: ruled.some((one) => one > 0),
    moved: 0,
    member: Int32Array.from([...base.keys(), -1]),
    shown: Float64Array.from([...shown, 1]),
    members: base.length,
    evidence: { sharers: 0, differ: false, holdings: 0, partly: 0 },
  };
}
