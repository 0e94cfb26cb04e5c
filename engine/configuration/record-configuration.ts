import type { ResultTableName } from "../tables/results.js";

export interface RecordConfiguration {
  /** Tables to write; `positions` and `epochs` always are. */
  readonly tables: readonly ResultTableName[];
  /** holdings, weights, rewards and coldkeys are written every so many epochs (the last epoch of a run always). */
  readonly everyEpochs: number;
}
