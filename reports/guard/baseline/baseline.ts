import type { PaidKey, PaidTotals } from "./paid-line.js";

/** Raised when a reader of the older shape would misread the newer one. */
export const BASELINE_FORMAT = 1;

/** A file that a run reads, by its checksum: a recording, or a rule of a file of one's own. */
export interface BaselineInput {
  /** Name of the stream, or the path of the section that names the rule. */
  readonly stream: string;
  readonly source: "recorded" | "plug_in";
  /** As the scenario names it: relative to the data folder, or to the scenario. */
  readonly file: string;
  /** Of the file; of a rule of all that it is made of. */
  readonly sha256: string;
}

/** A difference between two scenarios that was approved with what follows from it. */
export interface ApprovedValue {
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** That somebody accepted what a change does to pay. */
export interface Approval {
  /** ISO time, UTC. */
  readonly at: string;
  readonly by: string;
  readonly cause: string;
  /** Positions whose lines changed by it. */
  readonly positions: number;
  /** Sum of |difference| of their pay, rao. */
  readonly moved_rao: string;
  /** Parameters that had changed. */
  readonly changed: readonly ApprovedValue[];
}

/** What a scenario paid when it was last approved. */
export interface Baseline {
  /** Its identity. */
  readonly scenario: string;
  /** Version of Tenure that measured it. */
  readonly tenure: string;
  readonly totals: PaidTotals;
  /** The scenario as plain data, every default filled in. */
  readonly resolved: unknown;
  readonly inputs: readonly BaselineInput[];
  /** Positions whose lines were accepted before those of others: they are ahead of the scenario that lies beside. */
  readonly ahead: readonly PaidKey[];
  /** In their order; carried from one baseline to the next. */
  readonly approvals: readonly Approval[];
}
