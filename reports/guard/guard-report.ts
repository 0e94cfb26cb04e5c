import type { ValueDifference } from "../../studies/index.js";
import type { Approval, BaselineInput } from "./baseline/baseline.js";
import type { Unwritten } from "./baseline/unwritten.js";
import type { CauseGroup } from "./cause/cause-groups.js";
import type { Trace } from "./cause/trace.js";
import type { LineDifference } from "./compare/line-difference.js";
import type { CheckedExpectation } from "./expectations/check-expectations.js";

/** What a guard found. */
export interface GuardReport {
  /** Pay is as the baseline says, within the tolerance, and figures are as is demanded. */
  readonly ok: boolean;
  readonly scenario: string;
  /** As it was given: a file, or a name. */
  readonly given: string;
  /** Folder of the baseline; null: nothing was compared with one. */
  readonly baseline: string | null;
  /** What became of it: nothing was compared, it was equal, it differs, or it was written. */
  readonly outcome: "not_compared" | "equal" | "differs" | "written";
  /** Folder that was left to be reviewed; null: none. */
  readonly left: string | null;
  /** Why nothing could be left, or removed that an earlier guard left; null: nothing hindered it. */
  readonly unwritten: Unwritten | null;
  readonly tolerance: string;
  /** Of both together. Where pay goes that no position gets is none. */
  readonly positions: number;
  readonly days: number;
  readonly lines: readonly LineDifference[];
  /** Sum over lines and days of |difference|, rao; and that of all that was paid. */
  readonly movedRao: bigint;
  readonly share: number;
  readonly groups: readonly CauseGroup[];
  /** Null: nothing differs. */
  readonly trace: Trace | null;
  /** Values of the scenario that differ from the baseline's, also where no pay moves. */
  readonly changed: readonly ValueDifference[];
  readonly inputs: readonly BaselineInput[];
  /** Commands that explain the position that moves most; empty: none does. */
  readonly explain: readonly string[];
  /** The command that reviews what was left; null: nothing was. */
  readonly review: string | null;
  readonly expectations: readonly CheckedExpectation[];
  /** Carried forward from earlier baselines. */
  readonly approvals: readonly Approval[];
  readonly warnings: readonly string[];
}
