import type { WithdrawalOrder } from "../configuration/ledger-configuration.js";
import { InvariantError } from "../kernel/errors.js";
import { mulDivFloor } from "../kernel/money.js";
import { TRANCHE, type TrancheStore } from "./tranche-store.js";
import { type EqualTimes, WithdrawalWalk } from "./withdrawal-walk.js";

const { CELL_STRIDE, REMAINING } = TRANCHE;

/** Which slots a withdrawal takes how much from, in the order in which it does. */
export interface WithdrawalPlan {
  readonly count: number;
  readonly list: ArrayLike<number>;
  readonly slot: ArrayLike<number>;
  readonly take: ArrayLike<number>;
}

/**
 * Plans a withdrawal of `amountRao`, which the position must hold (docs/explanation/tranches.md, withdrawal_order).
 * Costs O(tranches it touches), `pro_rata` O(tranches held).
 */
export function planWithdrawal(
  store: TrancheStore,
  position: number,
  amountRao: number,
  withdrawalOrder: WithdrawalOrder,
  equalTimes: EqualTimes,
): WithdrawalPlan {
  if (withdrawalOrder === "pro_rata") return planProRata(store, position, amountRao);
  const walk = new WithdrawalWalk(store);
  walk.begin(position, withdrawalOrder, equalTimes);
  const list: number[] = [];
  const slot: number[] = [];
  const take: number[] = [];
  let left = amountRao;
  while (left > 0 && walk.next()) {
    const remaining = store.cells[walk.slot * CELL_STRIDE + REMAINING];
    const part = left < remaining ? left : remaining;
    list.push(walk.list);
    slot.push(walk.slot);
    take.push(part);
    left -= part;
  }
  if (left !== 0) throw new InvariantError(`position ${position} lacks ${left} of ${amountRao} rao to withdraw`);
  return { count: slot.length, list, slot, take };
}

/** Each tranche gives its share rounded down; what is left goes to the largest remainders, ties to the older. */
function planProRata(store: TrancheStore, position: number, amountRao: number): WithdrawalPlan {
  const touched: { readonly list: number; readonly slot: number }[] = [];
  const walk = new WithdrawalWalk(store);
  walk.begin(position, "fifo", "later_first");
  while (walk.next()) touched.push({ list: walk.list, slot: walk.slot });
  let total = 0;
  for (const { slot } of touched) total += store.cells[slot * CELL_STRIDE + REMAINING];
  const parts = touched.map(({ slot }) => mulDivFloor(amountRao, store.cells[slot * CELL_STRIDE + REMAINING], total));
  let left = amountRao;
  for (const part of parts) left -= part;
  if (left > 0) {
    const remainders = touched.map(
      ({ slot }, i) => BigInt(amountRao) * BigInt(store.cells[slot * CELL_STRIDE + REMAINING]) - BigInt(parts[i]) * BigInt(total),
    );
    const byRemainder = parts
      .map((_, i) => i)
      .sort((a, b) => (remainders[a] === remainders[b] ? a - b : remainders[a] > remainders[b] ? -1 : 1));
    for (let k = 0; k < left; k++) parts[byRemainder[k]] += 1;
  }
  const kept = touched.map((_, i) => i).filter((i) => parts[i] > 0);
  return {
    count: kept.length,
    list: kept.map((i) => touched[i].list),
    slot: kept.map((i) => touched[i].slot),
    take: kept.map((i) => parts[i]),
  };
}
