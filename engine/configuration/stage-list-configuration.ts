import type { StageConfiguration } from "../rules/stages/stage-configuration.js";
import type { ResidualRow } from "../tables/vocabularies/rest-rows.js";

/** The list that turns base weights into shares of a pot. */
export interface StageListConfiguration {
  readonly stages: readonly StageConfiguration[];
  /** Where goes what no miner gets; null: nowhere, shares are normalised to 1. */
  readonly residual: ResidualRow | null;
  /** The table `stage_weights` of every epoch that is recorded; else of the last one alone. */
  readonly recordsEveryEpoch: boolean;
  /** Names of miners by tag, for the members of pools; left out: nobody has any. */
  readonly tags?: Readonly<Record<string, readonly string[]>>;
}
