import type { RunConfiguration } from "../configuration/run-configuration.js";
import type { Owners } from "../registry/owners.js";
import type { Positions } from "../registry/positions.js";
import type { DrivenPositions } from "./driven-positions.js";
import type { FlowTotals } from "./flow-totals.js";
import type { Outputs } from "./outputs.js";
import type { Provenance } from "./provenance.js";

/** What of a run its books need to know: whose positions are whose, how it books, and where it writes things down. */
export interface BookSurroundings {
  readonly configuration: RunConfiguration;
  readonly positions: Positions;
  readonly owners: Owners;
  readonly outputs: Outputs;
  readonly provenance: Provenance;
  readonly flowTotals: FlowTotals;
  readonly driven: DrivenPositions;
}
