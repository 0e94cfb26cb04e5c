import { type ColumnBatch, InvariantError, type ResultTableName } from "../../../engine/index.js";
import { numberColumn, type TableSource } from "../../reading/columns.js";

/** Rows `from` to below `to` of a batch, all of one epoch. */
export interface EpochRows {
  readonly batch: ColumnBatch;
  readonly from: number;
  readonly to: number;
}

/** Reads a table epoch by epoch, in the order in which the epochs closed, which is that of its rows. */
export class TableCursor {
  readonly #batches: AsyncIterator<ColumnBatch> | null;
  #batch: ColumnBatch | null = null;
  #row = 0;

  /** @param netuidOf the subnet of a row */
  constructor(
    run: TableSource,
    private readonly table: ResultTableName,
    private readonly netuidOf: (batch: ColumnBatch, row: number) => number,
  ) {
    this.#batches = run.tables.includes(table) ? run.readTable(table)[Symbol.asyncIterator]() : null;
  }

  /** The rows of the next epoch; none where the table has none of it. */
  async take(netuid: number, epoch: number): Promise<readonly EpochRows[]> {
    const found: EpochRows[] = [];
    for (;;) {
      const batch = await this.#current();
      if (batch === null) return found;
      const epochs = numberColumn(batch, "epoch");
      const from = this.#row;
      let to = from;
      while (to < batch.rows && epochs[to] === epoch && this.netuidOf(batch, to) === netuid) to += 1;
      if (to === from) return found;
      found.push({ batch, from, to });
      this.#row = to;
      if (to < batch.rows) return found;
    }
  }

  /** Asserts that every row was taken. */
  async end(): Promise<void> {
    if ((await this.#current()) !== null) throw new InvariantError(`rows of ${this.table} are of no epoch, or not in their order`);
  }

  async #current(): Promise<ColumnBatch | null> {
    while (this.#batches !== null && (this.#batch === null || this.#row >= this.#batch.rows)) {
      const next = await this.#batches.next();
      if (next.done === true) return null;
      this.#batch = next.value;
      this.#row = 0;
    }
    return this.#batch;
  }
}
