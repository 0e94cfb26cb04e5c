import type { RestRow, StageName } from "../rules/stages/index.js";

/** A stage of a list, as a scenario states it (docs/explanation/stages.md). */
export interface StageConfiguration {
  readonly stage: StageName;
  /** Its parameters by their names in code. */
  readonly parameters: object;
  /** Of a stage with variants: which, and that one's parameters. */
  readonly variant?: string;
  readonly of?: object;
}

/** The list that turns base weights into shares of a pot. */
export interface StageListConfiguration {
  readonly stages: readonly StageConfiguration[];
  /** Where goes what no miner gets; null: nowhere, shares are normalised to 1. */
  readonly residual: RestRow | null;
}
