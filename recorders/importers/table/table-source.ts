/** A cell as a file holds it: integers and text exactly, real numbers as doubles. Times are whole ms or ISO text. */
export type Cell = string | number | bigint | boolean | Nested | null;

/** A list or an object where one value should be: no column can hold it. */
export class Nested {
  constructor(readonly value: object) {}

  get isList(): boolean {
    return Array.isArray(this.value);
  }
}

/** Some rows of a table, one list a field. */
export interface TableChunk {
  readonly rows: number;
  readonly cells: readonly (readonly Cell[])[];
}

/** Which field of a file is read, and whether it holds times. */
export interface FieldRequest {
  readonly field: string;
  readonly isTime: boolean;
  /** Only looked at, and no column's: a type that no column takes is no cells, instead of refused. */
  readonly aside?: boolean;
}

/** A file that holds a table. */
export interface TableSource {
  /** Names of its fields, in their order; a name may be there twice. */
  readonly fields: readonly string[];
  /** Those of them that are objects, whose own fields are named behind a point; undefined where the format has none. */
  readonly objects?: ReadonlySet<string>;
  /** Undefined where only reading to the end would tell. */
  readonly rows: number | undefined;
  readonly bytes: number;
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
  /** May rows have been cut off without a trace? Of formats where a cut always shows: undefined. */
  readonly endsUnmarked?: boolean;
  /** As what it is read: format, separator, quote. */
  readonly readAs: string;
  /**
   * The rows in the order of the file, field by field as asked.
   * @throws TenureError where the file is not what its name says, or not as it was when it was opened
   */
  read(requests: readonly FieldRequest[]): AsyncIterable<TableChunk>;
  close(): Promise<void>;
}
