import { quotient } from "./exact-quotient.js";
import type { MinerKey, MinerTotal } from "./miner-totals.js";

/** A miner in two runs. */
export interface MinerShift extends MinerKey {
  /** Null: the run has no such miner. */
  readonly aRao: bigint | null;
  readonly bRao: bigint | null;
  /** b - a; who is missing was paid nothing. */
  readonly changeRao: bigint;
}

/** How far pay moves between two runs on one subnet. */
export interface SubnetShift {
  readonly netuid: number;
  /** What its miners were paid in all. */
  readonly aRao: bigint;
  readonly bRao: bigint;
  /** Half the sum of |share of pay in a - in b| over its miners, 0..1; 1 where one run paid them nothing, 0 where neither paid. */
  readonly moved: number;
}

/** How pay differs between two runs. */
export interface PayShift {
  /** Who is in any of both, by subnet, then hotkey. */
  readonly miners: readonly MinerShift[];
  readonly subnets: readonly SubnetShift[];
  /** Mean of `moved` over the subnets, by what the two runs paid there together, 0..1; alpha of different subnets is not added up otherwise. */
  readonly moved: number;
}

type Totals = ReadonlyMap<string, MinerTotal>;

/** How pay differs between two runs, miner by miner. */
export function payShift(a: Totals, b: Totals): PayShift {
  const miners = [...new Map([...a, ...b])]
    .map(([key, { netuid, hotkey }]) => {
      const [aRao, bRao] = [a.get(key)?.paidRao ?? null, b.get(key)?.paidRao ?? null];
      return { netuid, hotkey, aRao, bRao, changeRao: (bRao ?? 0n) - (aRao ?? 0n) };
    })
    .sort(bySubnetThenHotkey);
  const netuids = [...new Set(miners.map(({ netuid }) => netuid))];
  const subnets = netuids.map((netuid) =>
    subnetShift(
      netuid,
      miners.filter((miner) => miner.netuid === netuid),
    ),
  );
  const weights = subnets.map(({ aRao, bRao }) => Number(aRao + bRao));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return { miners, subnets, moved: all === 0 ? 0 : subnets.reduce((sum, { moved }, at) => sum + moved * weights[at], 0) / all };
}

export function bySubnetThenHotkey(a: MinerKey, b: MinerKey): number {
  return a.netuid - b.netuid || (a.hotkey === b.hotkey ? 0 : a.hotkey < b.hotkey ? -1 : 1);
}

function subnetShift(netuid: number, miners: readonly MinerShift[]): SubnetShift {
  const paidA = miners.map(({ aRao }) => aRao ?? 0n);
  const paidB = miners.map(({ bRao }) => bRao ?? 0n);
  const [aRao, bRao] = [sumOf(paidA), sumOf(paidB)];
  return {
    netuid,
    aRao,
    bRao,
    moved: movedBetween(paidA, aRao, paidB, bRao),
  };
}

const sumOf = (amounts: readonly bigint[]) => amounts.reduce((sum, rao) => sum + rao, 0n);

/** Exact until the last step: sum |x B - y A| / (2 A B). */
function movedBetween(paidA: readonly bigint[], aRao: bigint, paidB: readonly bigint[], bRao: bigint): number {
  if (aRao === 0n || bRao === 0n) return aRao === bRao ? 0 : 1;
  let apart = 0n;
  for (const [at, x] of paidA.entries()) {
    const difference = x * bRao - paidB[at] * aRao;
    apart += difference < 0n ? -difference : difference;
  }
  return quotient(apart, 2n * aRao * bRao);
}
