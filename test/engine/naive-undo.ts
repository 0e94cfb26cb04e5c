import type { HoldingRuleConfiguration } from "../../engine/index.js";

const DAY = 86_400_000;

/** Stake that a miner adds, or (negative) takes out. */
export interface NaiveStake {
  readonly timeMs: number;
  readonly miner: number;
  readonly rao: bigint;
}

export interface NaiveEpoch {
  readonly timeMs: number;
  /** By miner; what it was recorded to be paid. */
  readonly recorded: readonly bigint[];
}

interface Tranche {
  readonly id: number;
  readonly entryMs: number;
  readonly earned: boolean;
  readonly received: bigint;
  remaining: bigint;
}

type Ledger = Tranche[][];

/**
 * What miners are paid when a recording is freed from one geometric rule and shared anew under another
 * (docs/explanation/redistribution.md), said with lists of tranches and bigints. Shares no code with the engine. Events of an
 * epoch's instant come after it.
 * @returns pay by epoch and miner, and the multipliers that were divided out
 */
export function naiveUndo(
  miners: number,
  epochs: readonly NaiveEpoch[],
  stakes: readonly NaiveStake[],
  undone: HoldingRuleConfiguration | null,
  applied: HoldingRuleConfiguration,
): { readonly paid: bigint[][]; readonly divided: number[][] } {
  const recorded: Ledger = Array.from({ length: miners }, () => []);
  const simulated: Ledger = Array.from({ length: miners }, () => []);
  let nextId = 0;
  const add = (ledger: Ledger, miner: number, tranche: Omit<Tranche, "remaining">): void => {
    if (tranche.received > 0n) ledger[miner].push({ ...tranche, remaining: tranche.received });
  };
  const happen = ({ timeMs, miner, rao }: NaiveStake): void => {
    if (rao >= 0n) {
      const tranche = { id: nextId++, entryMs: timeMs, earned: false, received: rao };
      add(recorded, miner, tranche);
      add(simulated, miner, tranche);
      return;
    }
    let left = -rao;
    const newestFirst = [...recorded[miner]].sort((a, b) => b.entryMs - a.entryMs || b.id - a.id);
    for (const tranche of newestFirst) {
      const emptied = left >= tranche.remaining;
      const taken = emptied ? tranche.remaining : left;
      const twin = simulated[miner].find(({ id }) => id === tranche.id);
      if (twin !== undefined && taken > 0n) twin.remaining -= (twin.remaining * taken) / tranche.remaining;
      tranche.remaining -= taken;
      left -= taken;
    }
  };
  let next = 0;
  const divided: number[][] = [];
  const paid = epochs.map(({ timeMs, recorded: amounts }) => {
    for (; next < stakes.length && stakes[next].timeMs < timeMs; next++) happen(stakes[next]);
    const out = recorded.map((tranches) => (undone === null ? 1 : multiplierOf(tranches, timeMs, undone)));
    divided.push(out);
    const weights = amounts.map(
      (rao, miner) => (Number(rao) / out[miner]) * (rao === 0n ? 1 : multiplierOf(simulated[miner], timeMs, applied)),
    );
    const parts = share(
      amounts.reduce((sum, rao) => sum + rao, 0n),
      weights,
    );
    amounts.forEach((rao, miner) => {
      if (rao === 0n) return;
      const tranche = { id: nextId++, entryMs: timeMs, earned: true };
      add(recorded, miner, { ...tranche, received: rao });
      add(simulated, miner, { ...tranche, received: parts[miner] });
    });
    return parts;
  });
  return { paid, divided };
}

function multiplierOf(tranches: readonly Tranche[], nowMs: number, rule: HoldingRuleConfiguration): number {
  const stake = tranches.reduce((sum, { remaining }) => sum + remaining, 0n);
  const basis = tranches.filter(({ earned }) => earned || rule.retentionBasis === "all_stake");
  const received = basis.reduce((sum, one) => sum + one.received, 0n);
  const remaining = basis.reduce((sum, one) => sum + one.remaining, 0n);
  if (Number(stake) < rule.minimumStakeRao || received === 0n) return 1;
  if (remaining === 0n) return 1;
  const ages = basis.reduce((sum, one) => sum + one.remaining * BigInt(nowMs - one.entryMs), 0n);
  const amountFactor = Math.min(1, Number(remaining) / Number(received) / rule.retentionTarget);
  const timeFactor = Math.min(1, Number(ages) / Number(remaining) / DAY / rule.retentionWindowDays);
  return 1 + Math.sqrt(amountFactor * timeFactor) * (rule.maxMultiplier - 1);
}

/** A pot by weights, largest remainders first, ties to the lower index. */
function share(pot: bigint, weights: readonly number[]): bigint[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const normal = weights.map((weight) => weight / sum);
  const largest = Math.max(...normal);
  const quotas = normal.map((weight) => BigInt(Math.floor((weight / largest) * 2 ** 52)));
  const whole = quotas.reduce((total, quota) => total + quota, 0n);
  const parts = quotas.map((quota) => (pot * quota) / whole);
  const left = Number(pot - parts.reduce((total, part) => total + part, 0n));
  const rest = (i: number): bigint => (pot * quotas[i]) % whole;
  const order = parts.map((_, i) => i).sort((a, b) => (rest(a) === rest(b) ? a - b : rest(a) > rest(b) ? -1 : 1));
  for (const i of order.slice(0, left)) parts[i] += 1n;
  return parts;
}
