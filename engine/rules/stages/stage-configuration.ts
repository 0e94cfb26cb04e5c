import type { MultiplierRule } from "../multipliers/index.js";
import type { PlugIn } from "../plug-in.js";
import type { StageChoice } from "./index.js";

/** A stage of a list, as a scenario states it (docs/explanation/stages.md). */
export interface StageConfiguration {
  readonly stage: StageChoice;
  /** Its parameters by their names in code; of a plug-in none, it brings its own. */
  readonly parameters: object;
  /** Of a stage with variants: which, and that one's parameters. */
  readonly variant?: string | PlugIn<MultiplierRule>;
  readonly of?: object;
}
