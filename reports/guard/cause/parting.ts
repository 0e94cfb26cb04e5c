import type { PaidKey } from "../baseline/paid-line.js";

/** Where the terms of a position part first from those of the baseline, and why. */
export interface Parting extends PaidKey {
  /** The term that parts: `multiplier.duration_factor`, `stage.burn.share`, `holdings.received`; `others_weights` where none of its own does. */
  readonly cause: string;
  /** The rule that gives it, in words. */
  readonly rule: string;
  /** Of `others_weights` the term that shows it. */
  readonly term?: string;
  readonly epoch: number;
  /** End of the epoch. */
  readonly endMs: number;
  /** The term in the baseline and now; null: there is none. */
  readonly before: number | null;
  readonly after: number | null;
  /** Is the term the same for all who share, such as what a scenario states? */
  readonly isCommon?: boolean;
  /** Is it a choice, whose numbers say nothing? */
  readonly isChoice?: boolean;
}

/** Pay that moves because others' weights do. */
export const OTHERS_WEIGHTS = "others_weights";
/** Of who takes part in one of the runs alone. */
export const TAKING_PART = "taking_part";
/** Of epochs that end at another time, or are in one of the runs alone. */
export const EPOCHS = "epochs";
