import type { ParameterDeclarations, ValuesOf } from "../../../engine/index.js";
import type { ObjectiveModule } from "../../../recorders/index.js";
import type { ReplicateRange } from "../../replicates/replicate-range.js";
import type { Objective } from "../objectives/objective.js";
import type { SamplerName } from "../samplers/index.js";
import type { SearchSpace } from "../space/search-space.js";
import type { StudyStatement } from "./study-schema.js";

/** What a trial must keep to be chosen: a bound on the mean of a figure over the replicates. */
export interface Limit {
  readonly figure: string;
  readonly atMost: number | null;
  readonly atLeast: number | null;
}

/** Learned on one part of the time and judged on another. */
export type TimeSplit =
  | { readonly kind: "none" }
  | {
      readonly kind: "walk_forward";
      readonly windows: number;
      readonly anchored: boolean;
      readonly gapMs: number | null;
      readonly embargoMs: number;
    }
  | {
      readonly kind: "combinatorial";
      readonly groups: number;
      readonly judged: number;
      readonly gapMs: number | null;
      readonly embargoMs: number;
    };

/** Successive halving over replicates. */
export interface Pruning {
  readonly after: number;
  /** Share of the trials that go on. */
  readonly keep: number;
}

export type SensitivityRequest = NonNullable<StudyStatement["sensitivity"]>;

/** All that decides what is tried and what is asked of it, but for the scenario itself. */
export interface TuningPlan {
  readonly name: string;
  readonly description: string | null;
  /** The study's file; null: given on the command line. */
  readonly file: string | null;
  /** As it is opened: a path, or the name of a shipped scenario. */
  readonly scenario: string;
  /** `path=value` texts that are the same in all trials. */
  readonly sets: readonly string[];
  readonly space: SearchSpace;
  readonly objectives: readonly Objective[];
  /** Objectives of files that were read; none where a plan is only told of again. */
  readonly modules: readonly ObjectiveModule[];
  readonly limits: readonly Limit[];
  readonly sampler: { readonly name: SamplerName; readonly parameters: ValuesOf<ParameterDeclarations> };
  /** How many; null: all there are. */
  readonly trials: number | null;
  readonly replicates: ReplicateRange;
  /** Further replicates, by which the choice is judged. */
  readonly heldOut: number;
  /** Null: what fits. */
  readonly validation: TimeSplit | null;
  readonly pruning: Pruning | null;
  readonly sensitivity: SensitivityRequest | null;
  readonly seed: number;
  /** What was stated, with every default: of this the plan is made again. */
  readonly statement: StudyStatement;
}
