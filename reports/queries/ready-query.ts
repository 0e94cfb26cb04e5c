import type { FolderKind } from "../../studies/index.js";

/** A query that is at hand under a name. */
export interface ReadyQuery {
  /** Words in lower case with hyphens. */
  readonly name: string;
  /** The question that it answers, in one line. */
  readonly meaning: string;
  /** The folders that have its tables. */
  readonly of: FolderKind;
  /** One SELECT over the tables and views of such a folder. */
  readonly sql: string;
}
