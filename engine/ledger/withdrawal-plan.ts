import type { WithdrawalOrder } from "../configuration/ledger-configuration.js";
import { InvariantError } from "../kernel/errors.js";
import { mulDivFloor } from "../kernel/money.js";
import { TRANCHE, type TrancheStore } from "./tranche-store.js";

const { CELL_STRIDE, ENTRY_MS, REMAINING, ID: TRANCHE_ID } = TRANCHE;

/** Which slots a withdrawal takes how much from, in the order in which it does. */
export interface WithdrawalPlan {
  readonly count: number;
  readonly list: ArrayLike<number>;
  readonly slot: ArrayLike<number>;
  readonly take: ArrayLike<number>;
}

interface Touched {
  readonly list: number;
  readonly slot: number;
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
  equalTimes: "later_first" | "earlier_first",
): WithdrawalPlan {
  if (withdrawalOrder === "pro_rata") return planProRata(store, position, amountRao);
  const manual = position * 2;
  const earned = manual + 1;
  let candidates: Iterable<Touched>;
  if (withdrawalOrder === "fifo") candidates = oldestFirst(store, manual, earned);
  else if (withdrawalOrder === "filo") candidates = groupTies(store, newestFirst(store, [manual, earned]), equalTimes);
  else {
    const [first, second] = withdrawalOrder === "manual_first" ? [manual, earned] : [earned, manual];
    candidates = chain(
      groupTies(store, newestFirst(store, [first]), equalTimes),
      groupTies(store, newestFirst(store, [second]), equalTimes),
    );
  }
  const list: number[] = [];
  const slot: number[] = [];
  const take: number[] = [];
  let left = amountRao;
  for (const touched of candidates) {
    const remaining = store.cells[touched.slot * CELL_STRIDE + REMAINING];
    const part = left < remaining ? left : remaining;
    list.push(touched.list);
    slot.push(touched.slot);
    take.push(part);
    left -= part;
    if (left === 0) break;
  }
  if (left !== 0) throw new InvariantError(`position ${position} lacks ${left} of ${amountRao} rao to withdraw`);
  return { count: slot.length, list, slot, take };
}

function* chain(first: Iterable<Touched>, second: Iterable<Touched>): Iterable<Touched> {
  yield* first;
  yield* second;
}

function* newestFirst(store: TrancheStore, lists: readonly number[]): Iterable<Touched> {
  const at = lists.map((list) => skipEmpty(store, list, store.tail[list], -1));
  for (;;) {
    let best = -1;
    for (let i = 0; i < lists.length; i++) {
      if (at[i] !== -1 && (best === -1 || isAfter(store, at[i], at[best]))) best = i;
    }
    if (best === -1) return;
    const slot = at[best];
    at[best] = skipEmpty(store, lists[best], store.older(lists[best], slot), -1);
    yield { list: lists[best], slot };
  }
}

function* oldestFirst(store: TrancheStore, ...lists: readonly number[]): Iterable<Touched> {
  const at = lists.map((list) => skipEmpty(store, list, store.head[list], 1));
  for (;;) {
    let best = -1;
    for (let i = 0; i < lists.length; i++) {
      if (at[i] !== -1 && (best === -1 || isAfter(store, at[best], at[i]))) best = i;
    }
    if (best === -1) return;
    const slot = at[best];
    at[best] = skipEmpty(store, lists[best], store.newer(lists[best], slot), 1);
    yield { list: lists[best], slot };
  }
}

/** Turns each run of equal entry times round where the earlier event is to be taken first. */
function* groupTies(store: TrancheStore, newest: Iterable<Touched>, equalTimes: "later_first" | "earlier_first"): Iterable<Touched> {
  if (equalTimes === "later_first") {
    yield* newest;
    return;
  }
  let group: Touched[] = [];
  for (const touched of newest) {
    if (group.length > 0 && entryOf(store, touched.slot) !== entryOf(store, group[0].slot)) {
      yield* group.reverse();
      group = [];
    }
    group.push(touched);
  }
  yield* group.reverse();
}

/** Each tranche gives its share rounded down; what is left goes to the largest remainders, ties to the older. */
function planProRata(store: TrancheStore, position: number, amountRao: number): WithdrawalPlan {
  const touched = [...oldestFirst(store, position * 2, position * 2 + 1)];
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

function skipEmpty(store: TrancheStore, list: number, start: number, direction: 1 | -1): number {
  let slot = start;
  while (slot !== -1 && store.cells[slot * CELL_STRIDE + REMAINING] === 0)
    slot = direction === 1 ? store.newer(list, slot) : store.older(list, slot);
  return slot;
}

function entryOf(store: TrancheStore, slot: number): number {
  return store.cells[slot * CELL_STRIDE + ENTRY_MS];
}

function isAfter(store: TrancheStore, a: number, b: number): boolean {
  const cells = store.cells;
  const entryA = cells[a * CELL_STRIDE + ENTRY_MS];
  const entryB = cells[b * CELL_STRIDE + ENTRY_MS];
  return entryA > entryB || (entryA === entryB && cells[a * CELL_STRIDE + TRANCHE_ID] > cells[b * CELL_STRIDE + TRANCHE_ID]);
}
