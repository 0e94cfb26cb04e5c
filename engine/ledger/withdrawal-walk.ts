import type { WithdrawalOrder } from "../configuration/ledger-configuration.js";
import { TRANCHE, type TrancheStore } from "./tranche-store.js";

const { CELL_STRIDE, ENTRY_MS, REMAINING, ID: TRANCHE_ID } = TRANCHE;

/** Orders that take whole tranches, one after the other. */
export type WalkedOrder = Exclude<WithdrawalOrder, "pro_rata">;
/** Of tranches of one entry time taken newest first: whose event was the later, or the earlier, comes first. */
export type EqualTimes = "later_first" | "earlier_first";

/**
 * Goes over the tranches of a position that are not empty, in the order in which a withdrawal takes them
 * (docs/explanation/tranches.md, withdrawal_order). The position must stay as it is meanwhile.
 */
export class WithdrawalWalk {
  /** Where it stands after `next`. */
  list = -1;
  slot = -1;
  /** The two lists it takes from, and the next slot of each; -1: none. Where one list comes first, the other waits. */
  #first = 0;
  #second = 0;
  #atFirst = -1;
  #atSecond = -1;
  #waiting = -1;
  #towards: 1 | -1 = -1;
  /** Newest first: does the earlier event of an entry time come first? Then a run of equal times is turned round. */
  #turnsTies = false;
  readonly #tiedLists: number[] = [];
  readonly #tiedSlots: number[] = [];
  /** How many of the run wait, the last of them first. */
  #tied = 0;

  constructor(private readonly store: TrancheStore) {}

  begin(position: number, order: WalkedOrder, equalTimes: EqualTimes): void {
    const manual = position * 2;
    const earned = manual + 1;
    this.#towards = order === "fifo" ? 1 : -1;
    this.#turnsTies = order !== "fifo" && equalTimes === "earlier_first";
    this.#first = order === "emission_first" ? earned : manual;
    this.#second = order === "emission_first" ? manual : earned;
    this.#waiting = -1;
    this.#tied = 0;
    const { head, tail } = this.store;
    const from = order === "fifo" ? head : tail;
    this.#atFirst = this.#filled(this.#first, from[this.#first]);
    this.#atSecond = -1;
    if (order === "fifo" || order === "filo") this.#atSecond = this.#filled(this.#second, from[this.#second]);
    else this.#waiting = this.#second;
  }

  /** Steps on; false at the end. */
  next(): boolean {
    if (this.#tied > 0) {
      this.#tied -= 1;
      this.list = this.#tiedLists[this.#tied];
      this.slot = this.#tiedSlots[this.#tied];
      return true;
    }
    if (!this.#step()) return false;
    if (this.#turnsTies) this.#turn();
    return true;
  }

  /** Stands on a tranche; if others have its entry time, stands on the last of them instead and keeps the rest. */
  #turn(): void {
    const entryMs = this.#entryOf(this.slot);
    for (;;) {
      const coming = this.#coming();
      if (coming === -1 || this.#entryOf(coming) !== entryMs) return;
      this.#tiedLists[this.#tied] = this.list;
      this.#tiedSlots[this.#tied] = this.slot;
      this.#tied += 1;
      this.#step();
    }
  }

  /** The slot that a step would come to, among the lists that are walked now; -1: none. */
  #coming(): number {
    if (this.#atFirst === -1) return this.#atSecond;
    return this.#atSecond === -1 || this.#isFirstNext() ? this.#atFirst : this.#atSecond;
  }

  #step(): boolean {
    if (this.#atFirst === -1 && this.#atSecond === -1) {
      if (this.#waiting === -1) return false;
      this.#first = this.#waiting;
      this.#waiting = -1;
      this.#atFirst = this.#filled(this.#first, this.store.tail[this.#first]);
      if (this.#atFirst === -1) return false;
    }
    if (this.#atSecond === -1 || (this.#atFirst !== -1 && this.#isFirstNext())) {
      this.list = this.#first;
      this.slot = this.#atFirst;
      this.#atFirst = this.#filled(this.list, this.#beside(this.list, this.slot));
    } else {
      this.list = this.#second;
      this.slot = this.#atSecond;
      this.#atSecond = this.#filled(this.list, this.#beside(this.list, this.slot));
    }
    return true;
  }

  #isFirstNext(): boolean {
    return this.#isAfter(this.#atFirst, this.#atSecond) === (this.#towards === -1);
  }

  #beside(list: number, slot: number): number {
    return this.#towards === 1 ? this.store.newer(list, slot) : this.store.older(list, slot);
  }

  /** The slot, or the next in the direction of the walk that is not empty. */
  #filled(list: number, start: number): number {
    const { cells } = this.store;
    let slot = start;
    while (slot !== -1 && cells[slot * CELL_STRIDE + REMAINING] === 0) slot = this.#beside(list, slot);
    return slot;
  }

  #entryOf(slot: number): number {
    return this.store.cells[slot * CELL_STRIDE + ENTRY_MS];
  }

  #isAfter(a: number, b: number): boolean {
    const { cells } = this.store;
    const entryA = cells[a * CELL_STRIDE + ENTRY_MS];
    const entryB = cells[b * CELL_STRIDE + ENTRY_MS];
    return entryA > entryB || (entryA === entryB && cells[a * CELL_STRIDE + TRANCHE_ID] > cells[b * CELL_STRIDE + TRANCHE_ID]);
  }
}
