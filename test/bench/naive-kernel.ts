import type { KernelFigures } from "../../bench/kernel/kernel-figures.js";
import type { Workload } from "../../bench/kernel/workload.js";

interface Tranche {
  readonly isEmission: boolean;
  readonly entryMs: number;
  remaining: bigint;
}

interface Miner {
  /** Oldest first. */
  readonly tranches: Tranche[];
  received: bigint;
}

const DAY_MS = 86_400_000;

/** The kernel by the book: a list of tranches a miner, exact integers, everything summed anew each epoch. */
export function runNaiveKernel(workload: Workload): KernelFigures {
  const { miners, epochs, startMs, epochMs, emissionRao, eventMs, eventMiner, eventRao } = workload;
  const state = Array.from({ length: miners }, (): Miner => ({ tranches: [], received: 0n }));
  let exits = 0;
  let heldDaysSum = 0;
  let multiplierSum = 0;
  let next = 0;
  const bookUntil = (endMs: number) => {
    for (; next < eventMs.length && eventMs[next] < endMs; next++) {
      const { tranches } = state[eventMiner[next]];
      const amount = BigInt(eventRao[next]);
      if (amount > 0n) tranches.push({ isEmission: false, entryMs: eventMs[next], remaining: amount });
      else exits += withdraw(tranches, -amount);
    }
  };
  for (let epoch = 0; epoch < epochs; epoch++) {
    const endMs = startMs + (epoch + 1) * epochMs;
    bookUntil(endMs);
    let daysOfEpoch = 0;
    let multipliersOfEpoch = 0;
    for (const miner of state) {
      const { share, days } = held(miner, endMs);
      daysOfEpoch += days;
      multipliersOfEpoch += miner.received > 0n ? 1 + Math.sqrt(Math.min(1, share / 0.9) * Math.min(1, days / 30)) * 0.5 : 1;
    }
    heldDaysSum += daysOfEpoch;
    multiplierSum += multipliersOfEpoch;
    for (const [index, miner] of state.entries()) {
      const remaining = BigInt(emissionRao[epoch * miners + index]);
      miner.tranches.push({ isEmission: true, entryMs: endMs, remaining });
      miner.received += remaining;
    }
  }
  bookUntil(Number.POSITIVE_INFINITY);
  const remaining = state.flatMap((miner) => miner.tranches).reduce((sum, tranche) => sum + tranche.remaining, 0n);
  return { exits, remainingRao: Number(remaining), heldDaysSum, multiplierSum };
}

/** Takes from the newest tranches; how many it touched. */
function withdraw(tranches: Tranche[], amount: bigint): number {
  let left = amount;
  let touched = 0;
  while (left > 0n) {
    const newest = tranches[tranches.length - 1];
    const take = smaller(left, newest.remaining);
    newest.remaining -= take;
    left -= take;
    touched += 1;
    if (newest.remaining === 0n) tranches.pop();
  }
  return touched;
}

function smaller(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}

function held({ tranches, received }: Miner, nowMs: number): { readonly share: number; readonly days: number } {
  let remaining = 0n;
  let age = 0n;
  for (const tranche of tranches) {
    if (!tranche.isEmission) continue;
    remaining += tranche.remaining;
    age += tranche.remaining * BigInt(nowMs - tranche.entryMs);
  }
  if (remaining === 0n) return { share: 0, days: 0 };
  return { share: Number(remaining) / Number(received), days: Number(age) / Number(remaining) / DAY_MS };
}
