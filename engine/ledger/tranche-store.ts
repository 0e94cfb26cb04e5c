import { InvariantError } from "../kernel/errors.js";
import { max } from "../kernel/math.js";

/** Tranches of a page lie side by side, so that a withdrawal reads memory in one direction. */
const PAGE_TRANCHES = 16;
const PAGE_MASK = PAGE_TRANCHES - 1;
const PAGE_SHIFT = 4;

/**
 * Fields of a tranche record in `cells` (32 bytes), and of its provenance - the event that made it - in `origins`
 * (12 bytes). One object for the reason given in `position-state.ts`.
 */
export const TRANCHE = {
  CELL_STRIDE: 4,
  REMAINING: 0,
  RECEIVED: 1,
  ENTRY_MS: 2,
  ID: 3,
  ORIGIN_STRIDE: 3,
  BLOCK: 0,
  EXTRINSIC: 1,
  EVENT: 2,
  PAGE_TRANCHES,
  /** Slots go up to it, 2^27 - 1 (134 million live tranches); for the reason given for the `MASK` of positions. */
  SLOT_MASK: 0x7ff_ffff,
} as const;
const { CELL_STRIDE, ORIGIN_STRIDE, REMAINING, ID, SLOT_MASK } = TRANCHE;

/**
 * Lists of live tranches, each in order of (entry time, id), as double-ended queues of fixed pages in one arena.
 * A slot is `page * 16 + offset`; its record starts at `slot * CELL_STRIDE`. Pages of a list are full except at its
 * two ends. Emptied tranches give their pages back, so memory follows what is held, not what was ever received.
 */
export class TrancheStore {
  cells: Float64Array;
  origins: Int32Array;
  /** First and last slot of each list; -1 when it is empty. */
  head: Int32Array;
  tail: Int32Array;
  /** Where `find` found. */
  foundList = -1;
  #pageBefore: Int32Array;
  #pageAfter: Int32Array;
  #pagesUsed = 0;
  #freePage = -1;

  constructor(lists: number, pages: number) {
    this.cells = new Float64Array(pages * PAGE_TRANCHES * CELL_STRIDE);
    this.origins = new Int32Array(pages * PAGE_TRANCHES * ORIGIN_STRIDE);
    this.head = new Int32Array(lists).fill(-1);
    this.tail = new Int32Array(lists).fill(-1);
    this.#pageBefore = new Int32Array(pages);
    this.#pageAfter = new Int32Array(pages);
  }

  /** Makes room for list numbers below `lists`. */
  ensureLists(lists: number): void {
    if (lists <= this.head.length) return;
    const length = max(lists, this.head.length * 2);
    const head = new Int32Array(length).fill(-1);
    const tail = new Int32Array(length).fill(-1);
    head.set(this.head);
    tail.set(this.tail);
    this.head = head;
    this.tail = tail;
  }

  /** Makes room for `count` calls of `appendReserved`. */
  reserve(count: number): void {
    while (this.#pagesUsed + count > this.#pageBefore.length) this.#grow();
  }

  /** A new last slot of the list; the caller fills the record. */
  append(list: number): number {
    this.reserve(1);
    return this.appendReserved(list);
  }

  /** `append` where room is known to be; `cells` and `origins` stay the same arrays. */
  appendReserved(list: number): number {
    const tail = this.tail;
    const last = tail[list];
    const slot = ((last + 1) & PAGE_MASK) === 0 ? this.#appendPage(list, last) : last + 1;
    tail[list] = slot;
    return slot;
  }

  /** Drops the last tranche of a list that is not empty. */
  popTail(list: number): void {
    const slot = this.tail[list];
    if (slot === this.head[list]) {
      this.#clear(list, slot);
    } else if ((slot & PAGE_MASK) === 0) {
      const page = slot >> PAGE_SHIFT;
      this.tail[list] = (this.#pageBefore[page] << PAGE_SHIFT) + PAGE_MASK;
      this.#givePage(page);
    } else {
      this.tail[list] = slot - 1;
    }
  }

  /** The oldest slot on the page of a slot of the list. */
  firstOfPage(list: number, slot: number): number {
    const first = slot & ~PAGE_MASK;
    const head = this.head[list];
    return head >= first && head <= slot ? head : first;
  }

  /** Drops what is newer than `slot` on the last page, whose oldest slot is `oldest`; the whole page for a slot before it. */
  cutTail(list: number, slot: number, oldest: number): void {
    if (slot >= oldest) {
      this.tail[list] = slot;
    } else if (oldest === this.head[list]) {
      this.#clear(list, oldest);
    } else {
      const page = oldest >> PAGE_SHIFT;
      this.tail[list] = (this.#pageBefore[page] << PAGE_SHIFT) + PAGE_MASK;
      this.#givePage(page);
    }
  }

  /** Drops the first tranche of a list that is not empty. */
  popHead(list: number): void {
    const slot = this.head[list];
    if (slot === this.tail[list]) {
      this.#clear(list, slot);
    } else if (((slot + 1) & PAGE_MASK) === 0) {
      const page = slot >> PAGE_SHIFT;
      this.head[list] = this.#pageAfter[page] << PAGE_SHIFT;
      this.#givePage(page);
    } else {
      this.head[list] = slot + 1;
    }
  }

  /** The slot before, towards older tranches; -1 at the head. */
  older(list: number, slot: number): number {
    if (slot === this.head[list]) return -1;
    return (slot & PAGE_MASK) === 0 ? (this.#pageBefore[slot >> PAGE_SHIFT] << PAGE_SHIFT) + PAGE_MASK : slot - 1;
  }

  /** The slot after, towards newer tranches; -1 at the tail. */
  newer(list: number, slot: number): number {
    if (slot === this.tail[list]) return -1;
    return ((slot + 1) & PAGE_MASK) === 0 ? this.#pageAfter[slot >> PAGE_SHIFT] << PAGE_SHIFT : slot + 1;
  }

  /** Emptied tranches inside a list stay until an end reaches them; here the ends of both lists let go of theirs. */
  trim(position: number): void {
    const { cells, head, tail } = this;
    for (let list = position * 2; list <= position * 2 + 1; list++) {
      while (tail[list] !== -1 && cells[tail[list] * CELL_STRIDE + REMAINING] === 0) this.popTail(list);
      while (head[list] !== -1 && cells[head[list] * CELL_STRIDE + REMAINING] === 0) this.popHead(list);
    }
  }

  /** The slot of a tranche of a position (its list in `foundList`), searched from both ends at once; -1 for none. */
  find(position: number, tranche: number): number {
    const cells = this.cells;
    for (let list = position * 2 + 1; list >= position * 2; list--) {
      this.foundList = list;
      let newest = this.tail[list];
      let oldest = this.head[list];
      while (newest !== -1) {
        if (cells[newest * CELL_STRIDE + ID] === tranche) return newest;
        if (cells[oldest * CELL_STRIDE + ID] === tranche) return oldest;
        if (newest === oldest) break;
        newest = this.older(list, newest);
        if (newest === oldest) break;
        oldest = this.newer(list, oldest);
      }
    }
    return -1;
  }

  /** Hands the whole list to another, empty one. */
  moveList(from: number, to: number): void {
    this.head[to] = this.head[from];
    this.tail[to] = this.tail[from];
    this.head[from] = -1;
    this.tail[from] = -1;
  }

  /** Gives all pages of a list back. */
  clear(list: number): void {
    while (this.tail[list] !== -1) {
      const tail = this.tail[list];
      const page = tail >> PAGE_SHIFT;
      if (page === this.head[list] >> PAGE_SHIFT) this.#clear(list, tail);
      else {
        this.tail[list] = (this.#pageBefore[page] << PAGE_SHIFT) + PAGE_MASK;
        this.#givePage(page);
      }
    }
  }

  #clear(list: number, slot: number): void {
    this.head[list] = -1;
    this.tail[list] = -1;
    this.#givePage(slot >> PAGE_SHIFT);
  }

  #givePage(page: number): void {
    this.#pageAfter[page] = this.#freePage;
    this.#freePage = page;
  }

  /** The first slot of a new page after slot `last`, which is -1 where the list is empty. */
  #appendPage(list: number, last: number): number {
    let page = this.#freePage;
    if (page === -1) page = this.#pagesUsed++;
    else this.#freePage = this.#pageAfter[page];
    const lastPage = last >> PAGE_SHIFT;
    if (lastPage === -1) this.head[list] = page << PAGE_SHIFT;
    // The first page of a list points at itself, which nobody follows. Code that runs from the first page on is compiled
    // once; a branch first taken later would throw the compiled callers away, some of them for good.
    const before = lastPage === -1 ? page : lastPage;
    this.#pageBefore[page] = before;
    this.#pageAfter[before] = page;
    return page << PAGE_SHIFT;
  }

  #grow(): void {
    const pages = this.#pageBefore.length + max(64, this.#pageBefore.length >> 1);
    if (pages << PAGE_SHIFT > SLOT_MASK) throw new InvariantError(`${pages * PAGE_TRANCHES} live tranches`);
    const cells = new Float64Array(pages * PAGE_TRANCHES * CELL_STRIDE);
    cells.set(this.cells);
    this.cells = cells;
    const origins = new Int32Array(pages * PAGE_TRANCHES * ORIGIN_STRIDE);
    origins.set(this.origins);
    this.origins = origins;
    const before = new Int32Array(pages);
    before.set(this.#pageBefore);
    this.#pageBefore = before;
    const after = new Int32Array(pages);
    after.set(this.#pageAfter);
    this.#pageAfter = after;
  }
}
