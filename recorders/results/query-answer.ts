/** What a query gives, before it is run. */
export interface QueryShape {
  /** By column, what it is called. */
  readonly names: readonly string[];
  /** By column, its type as SQL calls it. */
  readonly types: readonly string[];
  /** By column, whether it holds numbers. */
  readonly numeric: readonly boolean[];
}

/** What a query gave. */
export interface QueryAnswer {
  readonly rows: number;
  /** In the first row of the first column, as the nearest double; null where it is null, or there is none. */
  readonly value: number | null;
}

/** Runs calls of a native library that work beside the thread. Left out where threads are used: they are just made. */
export type AroundNative = <Answer>(call: () => Promise<Answer>) => Promise<Answer>;
