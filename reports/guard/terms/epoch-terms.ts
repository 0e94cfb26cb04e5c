import type { PaidKey } from "../baseline/paid-line.js";

/** The terms of all who shared in one epoch of one subnet, column by column; NaN: there is none. */
export interface EpochTerms {
  readonly netuid: number;
  /** From 1. */
  readonly epoch: number;
  readonly endMs: number;
  readonly who: readonly PaidKey[];
  /** Are all base weights what was recorded to be paid, in rao? Left out: it is not known. */
  readonly weighsRecorded?: boolean;
  /** By the id of the term, a value for each of `who`; in the order of computing. */
  readonly columns: ReadonlyMap<string, Float64Array>;
}

/** One of `who`, as rules are asked about it: its terms by their ids, NaN where there is none. */
export interface TermsOfOne {
  (id: string): number;
  /** Whose others it is among, and its place in `who`. */
  readonly epoch: EpochTerms;
  readonly at: number;
}

export function termsOf(epoch: EpochTerms, at: number): TermsOfOne {
  return Object.assign((id: string) => epoch.columns.get(id)?.[at] ?? Number.NaN, { epoch, at });
}
