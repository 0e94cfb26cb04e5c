import { allocateColumn, type ColumnArray, columnIndex, InvariantError, type TableDeclaration } from "../../engine/index.js";

/** Arrays for the rows of a chunk, by column name. Columns that may be absent are filled with what absence means. */
export class ChunkColumns {
  readonly all: readonly ColumnArray[];

  constructor(
    readonly declaration: TableDeclaration,
    readonly capacity: number,
  ) {
    this.all = declaration.columns.map(({ type, missing }) => {
      const column = allocateColumn(type, capacity);
      return missing === undefined || missing === 0 || Array.isArray(column) ? column : column.fill(missing);
    });
  }

  real(name: string): Float64Array {
    return this.#column(name) as Float64Array;
  }

  int(name: string): Int32Array {
    return this.#column(name) as Int32Array;
  }

  choice(name: string): Uint8Array {
    return this.#column(name) as Uint8Array;
  }

  /** Code of a word of a `choice` column. */
  code(name: string, word: string): number {
    const code = this.declaration.columns[columnIndex(this.declaration, name)]?.values?.indexOf(word) ?? -1;
    if (code < 0) throw new InvariantError(`${this.declaration.name}.${name} has no value ${word}`);
    return code;
  }

  #column(name: string): ColumnArray {
    const column = this.all[columnIndex(this.declaration, name)];
    if (column === undefined) throw new InvariantError(`${this.declaration.name} has no column ${name}`);
    return column;
  }
}
