import type { MinerPay } from "../miner-pay.js";

/** A miner as runs are compared by: whatever its coldkeys and position ids are. */
export interface MinerKey {
  readonly netuid: number;
  readonly hotkey: string;
}

export interface MinerTotal extends MinerKey {
  /** Over the whole run, of all its positions. */
  readonly paidRao: bigint;
}

/** One text a miner: a netuid has no space. */
export const minerKey = ({ netuid, hotkey }: MinerKey): string => `${netuid} ${hotkey}`;

/** Does a position take part as a miner? One that nobody ever paid or registered has the role of a miner without being one. */
export function isMiner({ role, uid, paidRao, recordedRao }: MinerPay): boolean {
  return role === "miner" && (uid >= 0 || paidRao > 0n || recordedRao > 0n);
}

/** What each miner of a run was paid, by `minerKey`: positions of one hotkey on one subnet are one miner. */
export function minerTotals(positions: readonly MinerPay[]): ReadonlyMap<string, MinerTotal> {
  const totals = new Map<string, MinerTotal>();
  for (const position of positions) {
    if (!isMiner(position)) continue;
    const { netuid, hotkey, paidRao } = position;
    const key = minerKey(position);
    totals.set(key, { netuid, hotkey, paidRao: (totals.get(key)?.paidRao ?? 0n) + paidRao });
  }
  return totals;
}
