/** A cell as a file holds it: integers and text exactly, real numbers as doubles. Times are whole ms or ISO text. */
export type Cell = string | number | bigint | boolean | null;

/** Some rows of a table, one list a field. */
export interface TableChunk {
  readonly rows: number;
  readonly cells: readonly (readonly Cell[])[];
  /** Row numbers in the file, from 1, where the rows are not in its order. */
  readonly rowNumbers?: readonly number[];
}

/** Which field of a file is read, and whether it holds times. */
export interface FieldRequest {
  readonly field: string;
  readonly isTime: boolean;
}

/** A file that holds a table. */
export interface TableSource {
  /** Names of its fields, in their order. */
  readonly fields: readonly string[];
  /** Undefined where only reading to the end would tell. */
  readonly rows: number | undefined;
  /**
   * The rows, field by field as asked.
   * @param sortBy fields to sort by, times first; left out: as they are in the file
   */
  read(requests: readonly FieldRequest[], sortBy?: readonly FieldRequest[]): AsyncIterable<TableChunk>;
  close(): Promise<void>;
}
