import type { ExitRow } from "../reading/exits.js";
import type { TrancheRow } from "../reading/tranches.js";

/** What one event took from a tranche. */
export interface TrancheUse {
  readonly time_ms: number;
  readonly amount_rao: number;
  readonly reason: string;
}

/** A tranche as it was when an epoch ended: which event opened it, and which consumed of it. */
export interface TrancheThen extends Omit<TrancheRow, "state" | "closed_ms"> {
  /** In order. */
  readonly used: readonly TrancheUse[];
}

/** The tranches of a miner when an epoch ended, before its pay, and what those of the retention basis sum to. */
export interface TranchesThen {
  readonly tranches: readonly TrancheThen[];
  readonly received_rao: bigint;
  readonly remaining_rao: bigint;
  /** Do the sums give what was measured? Not where whole positions were moved since, which carries along what they received. */
  readonly agree: boolean;
}

/** Which tranches count for retention. */
export interface CountedTranches {
  readonly allStake: boolean;
  /** What entered at or before it does not count. */
  readonly afterMs: number;
  readonly endMs: number;
}

/**
 * Takes back what happened later.
 * @param tranches as they were at the end of the run, or when they became empty
 * @param exits of the same positions, in order
 * @param measured what the epoch measured; null: it was not recorded
 */
export function tranchesThen(
  tranches: readonly TrancheRow[],
  exits: readonly ExitRow[],
  { allStake, afterMs, endMs }: CountedTranches,
  measured: { readonly received_rao: number; readonly remaining_rao: number } | null,
): TranchesThen {
  const uses = new Map<number, ExitRow[]>();
  for (const exit of exits) {
    if (exit.time_ms >= endMs) continue;
    const known = uses.get(exit.tranche);
    if (known === undefined) uses.set(exit.tranche, [exit]);
    else known.push(exit);
  }
  let received = 0n;
  let remaining = 0n;
  const then = tranches
    .filter(({ entry_ms }) => entry_ms < endMs)
    .map(({ tranche, position, source, entry_ms, received_rao, block, extrinsic, event }): TrancheThen => {
      const used = (uses.get(tranche) ?? []).map(({ time_ms, amount_rao, reason }) => ({ time_ms, amount_rao, reason }));
      const remaining_rao = used.reduce((left, { amount_rao }) => left - amount_rao, received_rao);
      if ((allStake || source === "emission") && entry_ms > afterMs) {
        received += BigInt(received_rao);
        remaining += BigInt(remaining_rao);
      }
      return { tranche, position, source, entry_ms, received_rao, remaining_rao, block, extrinsic, event, used };
    });
  const agree = measured !== null && Number(received) === measured.received_rao && Number(remaining) === measured.remaining_rao;
  return { tranches: then, received_rao: received, remaining_rao: remaining, agree };
}
