import type { PaidKey } from "../baseline/paid-line.js";

/** The terms of all who shared in one epoch of one subnet, column by column; NaN: there is none. */
export interface EpochTerms {
  readonly netuid: number;
  /** From 1. */
  readonly epoch: number;
  readonly endMs: number;
  readonly who: readonly PaidKey[];
  /** By the id of the term, a value for each of `who`; in the order of computing. */
  readonly columns: ReadonlyMap<string, Float64Array>;
}

/** One of `who`, as rules are asked about it. */
export type TermsOfOne = (id: string) => number;

export function termsOf({ columns }: EpochTerms, at: number): TermsOfOne {
  return (id) => columns.get(id)?.[at] ?? Number.NaN;
}
