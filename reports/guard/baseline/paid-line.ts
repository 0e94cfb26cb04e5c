/** Of what a line of a baseline tells: a position that takes part, or where pay went that no position got. */
export type PaidKind = "position" | "rest";

export interface PaidKey {
  readonly netuid: number;
  readonly kind: PaidKind;
  /** Of a position; of `rest` where it went: burn, recycle, treasury, owner, outside, unallocated. */
  readonly hotkey: string;
  /** Of a position; empty for `rest`. */
  readonly coldkey: string;
}

/** What a position was paid, day by day, and what its pay was made of. */
export interface PaidLine extends PaidKey {
  /** In the whole run, in all roles; with what an epoch paid that never ended. */
  readonly paidRao: bigint;
  /** Mean over its epochs of the multiplier that its weight is multiplied by, 1 where none applies; null: it shared no pot. */
  readonly multiplier: number | null;
  /** Mean over its epochs of its share of the pot, 0..1; null: it shared none. */
  readonly weight: number | null;
  /**
   * Fingerprint of all that its pay was made of, epoch by epoch: base weight, multiplier, each stage, final weight, scores, parts of pay, slashes
   * (16 hexadecimal digits); null: of none.
   */
  readonly terms: string | null;
  /** Rao by day of `PaidTotals.days`: of epochs that ended on it, in UTC; one that ends at midnight is of the day before. */
  readonly byDay: readonly bigint[];
}

/** Who was paid what in a run. */
export interface PaidTotals {
  /** Days in UTC, `2025-01-31`, in their order; those without an epoch are left out. */
  readonly days: readonly string[];
  /** By subnet, kind, hotkey, coldkey; no two with the same key. */
  readonly lines: readonly PaidLine[];
}

/** One text a line: a netuid has no space, and JSON no line end. */
export function paidKeyText({ netuid, kind, hotkey, coldkey }: PaidKey): string {
  return `${netuid} ${kind} ${JSON.stringify([hotkey, coldkey])}`;
}

/** The order of lines: a position that comes or goes moves no other. */
export function comparePaidKeys(a: PaidKey, b: PaidKey): number {
  return a.netuid - b.netuid || compareTexts(a.kind, b.kind) || compareTexts(a.hotkey, b.hotkey) || compareTexts(a.coldkey, b.coldkey);
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
