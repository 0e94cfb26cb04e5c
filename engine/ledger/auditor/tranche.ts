import type { Source } from "../../tables/results.js";

/** A tranche with its whole history in sums, so that it can be asked where everything went. Amounts in rao. */
export interface AuditedTranche {
  readonly id: number;
  readonly source: Source;
  readonly entryMs: number;
  received: bigint;
  remaining: bigint;
  /** `received` and `remaining` when it came to be. */
  readonly bornReceived: bigint;
  readonly bornRemaining: bigint;
  /** What exits took of `remaining`. */
  exited: bigint;
  /** The part of it that was slashed, by which `received` shrank, too. */
  slashed: bigint;
  /** What splits took of `received` and of `remaining`. */
  splitReceived: bigint;
  splitRemaining: bigint;
}

export function newTranche(id: number, source: Source, entryMs: number, received: bigint, remaining: bigint): AuditedTranche {
  return {
    id,
    source,
    entryMs,
    received,
    remaining,
    bornReceived: received,
    bornRemaining: remaining,
    exited: 0n,
    slashed: 0n,
    splitReceived: 0n,
    splitRemaining: 0n,
  };
}

/** Older first: by entry time, then by id (docs/explanation/tranches.md, moves). */
export function olderFirst(a: AuditedTranche, b: AuditedTranche): number {
  return a.entryMs - b.entryMs || a.id - b.id;
}

export function sumRemaining(tranches: readonly AuditedTranche[]): bigint {
  let sum = 0n;
  for (const tranche of tranches) sum += tranche.remaining;
  return sum;
}
