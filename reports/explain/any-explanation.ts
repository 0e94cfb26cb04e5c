import type { Explanation } from "./explanation.js";
import type { RaterExplanation } from "./rater/explain-rater.js";
import type { RunExplanation } from "./run-explanation.js";

/** Of one epoch, or of a validator of a closed loop in one; or of a whole run. */
export type AnyExplanation = Explanation | RaterExplanation | RunExplanation;
