import type { VestingConfiguration } from "../../configuration/vesting-configuration.js";
import { unitsOf } from "../../kernel/decimal.js";
import { min } from "../../kernel/math.js";
import { type AuditedTranche, sumRemaining } from "./tranche.js";

const DAY_MS = 86_400_000;

/** Which tranches count towards the holding metrics, and how ages are rounded (docs/explanation/holding.md). */
export interface HoldingQuery extends Pick<VestingConfiguration, "retentionBasis" | "retentionScope" | "rounding" | "startMs"> {
  /** Above 0. Length of the window of scope `window`, and the largest answer of `whole_days`. */
  readonly retentionWindowDays: number;
}

export interface AuditedHolding {
  /** Received by the tranches that count, rao. */
  readonly received: bigint;
  /** What remains of them, rao. */
  readonly remaining: bigint;
  /** remaining / received, 0..1; 0 where nothing was received (there every multiplier rule answers 1). */
  readonly heldShare: number;
  /** Mean age of what remains, weighted by amount, days; 0 where nothing remains. */
  readonly heldDays: number;
}

/**
 * Holding metrics of one position (docs/explanation/holding.md), from nothing but its list of tranches.
 *
 * @param nowMs the instant asked about; no tranche entered after it
 */
export function readHolding(tranches: readonly AuditedTranche[], nowMs: number, query: HoldingQuery): AuditedHolding {
  const counted = tranches.filter((tranche) => counts(tranche, nowMs, query));
  let received = 0n;
  for (const tranche of counted) received += tranche.received;
  const remaining = sumRemaining(counted);
  return {
    received,
    remaining,
    heldShare: received === 0n ? 0 : Number(remaining) / Number(received),
    heldDays: remaining === 0n ? 0 : query.rounding === "exact" ? exactDays(counted, nowMs) : wholeDays(counted, nowMs, query),
  };
}

/**
 * `retention_basis` chooses the source, `retention_scope: window` those that entered in (now - window, now], and
 * `vesting.start` those that entered after it.
 */
function counts(tranche: AuditedTranche, nowMs: number, query: HoldingQuery): boolean {
  if (query.retentionBasis === "emissions" && tranche.source !== "emission") return false;
  if (query.startMs !== null && tranche.entryMs <= query.startMs) return false;
  return query.retentionScope === "lifetime" || tranche.entryMs > nowMs - unitsOf(query.retentionWindowDays, DAY_MS);
}

/** `rounding: exact`. The sum is exact; the order of the two divisions is part of the answer. */
function exactDays(tranches: readonly AuditedTranche[], nowMs: number): number {
  let sum = 0n;
  for (const tranche of tranches) sum += tranche.remaining * BigInt(nowMs - tranche.entryMs);
  return Number(sum) / Number(sumRemaining(tranches)) / DAY_MS;
}

/** `rounding: whole_days`: each age rounded down to whole days, their mean rounded down and capped by the window. */
function wholeDays(tranches: readonly AuditedTranche[], nowMs: number, query: HoldingQuery): number {
  let sum = 0n;
  for (const tranche of tranches) sum += tranche.remaining * (BigInt(nowMs - tranche.entryMs) / BigInt(DAY_MS));
  return min(Number(sum / sumRemaining(tranches)), query.retentionWindowDays);
}
