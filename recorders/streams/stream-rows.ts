import { allocateColumn, type ColumnArray, STREAMS } from "../../engine/index.js";
import type { StreamFileWriter } from "./stream-file-writer.js";

/** Rows on their way into a stream file, for a source that has them one by one. */
export class StreamRows {
  readonly #columns: ColumnArray[];
  #rows = 0;

  constructor(
    readonly writer: StreamFileWriter,
    readonly capacity = 16_384,
  ) {
    this.#columns = STREAMS[writer.kind].columns.map((column) => allocateColumn(column.type, capacity));
  }

  /** Whether `flush` is due before the next `push`. */
  get full(): boolean {
    return this.#rows === this.capacity;
  }

  /** How many rows fit before `flush` is due. */
  get room(): number {
    return this.capacity - this.#rows;
  }

  /** Adds one row, values in the order of the declaration (ids for addresses, codes for choices). */
  push(...values: readonly number[]): void {
    const columns = this.#columns;
    for (let index = 0; index < columns.length; index++) columns[index][this.#rows] = values[index];
    this.#rows++;
  }

  async flush(): Promise<void> {
    const rows = this.#rows;
    this.#rows = 0;
    await this.writer.write({ declaration: STREAMS[this.writer.kind], rows, columns: this.#columns });
  }
}
