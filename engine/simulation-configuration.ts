import type { RunConfiguration } from "./configuration/run-configuration.js";
import type { IndexSubnetConfiguration } from "./index-subnet/configuration.js";

/** A scenario as the engine takes it: plain data, every default filled in. */
export interface SimulationConfiguration extends RunConfiguration {
  /** An index subnet beside what is recorded; null: none. */
  readonly index: IndexSubnetConfiguration | null;
}
