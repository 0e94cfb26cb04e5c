import type { EpochListener } from "./epochs/epoch-close.js";
import type { EpochTrace } from "./epochs/epoch-trace.js";
import type { OtherStages } from "./epochs/other-stages.js";
import type { PoolCourse } from "./epochs/pool-course.js";
import type { Span } from "./metrics/index.js";

/** What is wanted of a run beside its tables; it changes nothing of them. */
export interface RunObservers {
  /** Parts of its time that get figures of their own. */
  readonly spans?: readonly Span[] | undefined;
  /** Told of every epoch that closes. */
  readonly epochs?: EpochListener | undefined;
  /** Is filled with the terms of the epoch that it names. */
  readonly trace?: EpochTrace | undefined;
  /** Asked at every epoch what they make of what the stages of the run are given. */
  readonly others?: OtherStages | undefined;
  /** Is filled with what pools did to the position that it names, epoch by epoch. */
  readonly pools?: PoolCourse | undefined;
}
