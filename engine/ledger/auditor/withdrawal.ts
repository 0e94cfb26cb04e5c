import type { AuditorConfiguration } from "./commands.js";
import { type AuditedTranche, olderFirst, sumRemaining } from "./tranche.js";

/** How much is to be taken from a tranche: 1 rao to all that remains of it. */
export interface Taking {
  readonly tranche: AuditedTranche;
  readonly amount: bigint;
}

/**
 * Which tranches an amount comes from, in the order they are touched (docs/explanation/tranches.md, `withdrawal_order`).
 *
 * @param tranches all tranches of the position
 * @param amount from 1 rao to all that remains of them
 */
export function planWithdrawal(tranches: readonly AuditedTranche[], amount: bigint, configuration: AuditorConfiguration): Taking[] {
  const held = tranches.filter((tranche) => tranche.remaining > 0n);
  if (configuration.withdrawalOrder === "pro_rata") return planProRata(held, amount);
  const takings: Taking[] = [];
  let left = amount;
  for (const tranche of held.sort(touchedFirst(configuration))) {
    if (left === 0n) break;
    const taken = left >= tranche.remaining ? tranche.remaining : left;
    takings.push({ tranche, amount: taken });
    left -= taken;
  }
  return takings;
}

/**
 * Who is touched first. `filo`: newest entry time first; at equal times the later event first, or the earlier one
 * (`equal_times`). `manual_first` and `emission_first`: that source first, newest first inside each source.
 * `fifo`: oldest first, at equal times the earlier event.
 */
function touchedFirst({ withdrawalOrder, equalTimes }: AuditorConfiguration): (a: AuditedTranche, b: AuditedTranche) => number {
  const newerFirst = (a: AuditedTranche, b: AuditedTranche): number =>
    b.entryMs - a.entryMs || (equalTimes === "later_first" ? b.id - a.id : a.id - b.id);
  switch (withdrawalOrder) {
    case "fifo":
      return olderFirst;
    case "manual_first":
      return (a, b) => (a.source === b.source ? newerFirst(a, b) : a.source === "manual" ? -1 : 1);
    case "emission_first":
      return (a, b) => (a.source === b.source ? newerFirst(a, b) : a.source === "emission" ? -1 : 1);
    default:
      return newerFirst;
  }
}

/**
 * `pro_rata`: each tranche gives amount * remaining / held rounded down; one rao more is taken from those with the
 * largest remainders, ties from the older, until the amount is reached. Touched older first; who gives nothing is
 * not touched.
 */
function planProRata(held: readonly AuditedTranche[], amount: bigint): Taking[] {
  const total = sumRemaining(held);
  const shares = [...held].sort(olderFirst).map((tranche) => ({
    tranche,
    amount: (amount * tranche.remaining) / total,
    remainder: (amount * tranche.remaining) % total,
  }));
  let left = amount;
  for (const share of shares) left -= share.amount;
  const byRemainder = [...shares].sort((a, b) =>
    a.remainder === b.remainder ? olderFirst(a.tranche, b.tranche) : a.remainder > b.remainder ? -1 : 1,
  );
  for (const share of byRemainder) {
    if (left === 0n) break;
    share.amount += 1n;
    left -= 1n;
  }
  return shares.filter((share) => share.amount > 0n);
}
