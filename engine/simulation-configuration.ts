import type { RunConfiguration } from "./configuration/run-configuration.js";
import type { ModuleConfigurations } from "./modules/modules.js";

/** A scenario as the engine takes it: plain data, every default filled in. */
export interface SimulationConfiguration extends RunConfiguration, ModuleConfigurations {}
