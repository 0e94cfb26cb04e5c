import type { ColumnBatch } from "../tables/column.js";
import type { ResultTableName } from "../tables/results.js";

/**
 * What the engine hands to whoever drives it, one at a time:
 * - `need`: answer `next(chunk)` with the next rows of stream number `stream`, or `next(undefined)` at its end;
 * - `batch`: rows of a result table. The arrays are the engine's own and are filled again after the next `next()`,
 *   so they must be written (or copied) before;
 * - `progress`: now and then, how far it is.
 */
export type SimulationStep =
  | { readonly kind: "need"; readonly stream: number }
  | { readonly kind: "batch"; readonly table: ResultTableName; readonly batch: ColumnBatch }
  | { readonly kind: "progress"; readonly timeMs: number; readonly events: number };
