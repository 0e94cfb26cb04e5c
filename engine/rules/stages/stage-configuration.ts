import type { StageName } from "./index.js";

/** A stage of a list, as a scenario states it (docs/explanation/stages.md). */
export interface StageConfiguration {
  readonly stage: StageName;
  /** Its parameters by their names in code. */
  readonly parameters: object;
  /** Of a stage with variants: which, and that one's parameters. */
  readonly variant?: string;
  readonly of?: object;
}
