import type { PendingRows } from "./pending-rows.js";

interface Range {
  readonly owner: number;
  first: number;
  /** -1 while rows are still being appended. */
  rows: number;
}

/**
 * Rows of a table that stay only if their owner (a subnet) appends no more: the last epoch of a run is always recorded, and
 * which one that is shows only at the end. An owner has at most one range of them.
 */
export class ProvisionalRows {
  readonly #ranges: Range[] = [];

  constructor(private readonly table: PendingRows) {}

  /** What is appended from here on, until any owner drops or begins, is provisional. */
  begin(owner: number): void {
    this.#close();
    this.#ranges.push({ owner, first: this.table.rows, rows: -1 });
  }

  /** Takes the owner's provisional rows out of the table. */
  drop(owner: number): void {
    this.#close();
    const at = this.#ranges.findIndex((range) => range.owner === owner);
    if (at === -1) return;
    const [{ first, rows }] = this.#ranges.splice(at, 1);
    this.table.remove(first, rows);
    for (const range of this.#ranges) if (range.first > first) range.first -= rows;
  }

  /** Rows at the start of the table that are certain to stay. */
  get settled(): number {
    return this.#ranges.length === 0 ? this.table.rows : this.#ranges[0].first;
  }

  /** The first rows of the table were handed over. */
  handedOver(rows: number): void {
    for (const range of this.#ranges) range.first -= rows;
  }

  #close(): void {
    const last = this.#ranges.at(-1);
    if (last !== undefined && last.rows === -1) last.rows = this.table.rows - last.first;
  }
}
