import type { ExitRow } from "./reading/exits.js";
import type { TrancheRow } from "./reading/tranches.js";

/** A withdrawal as far as it lowered a held share: what it took from the tranches of the retention basis. */
export interface Withdrawal {
  /** The last one's time where several are one entry (`rounding`). */
  readonly time_ms: number;
  /** Whose tranches it took from. */
  readonly position: number;
  readonly reason: string;
  /** From tranches of the retention basis. */
  readonly amount_rao: number;
  readonly tranches: number;
  /** By how much it lowered held_share: amount / received, 0..1. */
  readonly held_share_lost: number;
}

/** Which tranches count for retention at an instant. */
export interface RetentionBasis {
  /** Only emission counts, or manual stake too. */
  readonly allStake: boolean;
  /** Only what entered after it counts. */
  readonly afterMs: number;
  /** The instant the held share was measured at. */
  readonly nowMs: number;
  /** The amount that entered, rao. */
  readonly receivedRao: number;
}

/**
 * What lowered a held share, largest first. A slash is not among it (it takes from received as from remaining);
 * the few rao of rounding of recorded balances are one entry.
 */
export function loweringWithdrawals(exits: readonly ExitRow[], tranches: readonly TrancheRow[], basis: RetentionBasis): Withdrawal[] {
  const counted = new Set<number>();
  for (const { tranche, source, entry_ms } of tranches) {
    if ((basis.allStake || source === "emission") && entry_ms > basis.afterMs) counted.add(tranche);
  }
  const groups = new Map<string, { time: number; position: number; reason: string; amount: number; tranches: number }>();
  for (const { time_ms, position, tranche, amount_rao, reason } of exits) {
    if (time_ms > basis.nowMs || reason === "slash" || !counted.has(tranche)) continue;
    const key = reason === "rounding" ? `${position} ${reason}` : `${position} ${time_ms} ${reason}`;
    const group = groups.get(key) ?? { amount: 0, tranches: 0 };
    groups.set(key, { time: time_ms, position, reason, amount: group.amount + amount_rao, tranches: group.tranches + 1 });
  }
  return [...groups.values()]
    .map(({ time, position, reason, amount, tranches: touched }) => ({
      time_ms: time,
      position,
      reason,
      amount_rao: amount,
      tranches: touched,
      held_share_lost: basis.receivedRao > 0 ? amount / basis.receivedRao : 0,
    }))
    .sort((a, b) => b.amount_rao - a.amount_rao || a.time_ms - b.time_ms || a.position - b.position);
}
