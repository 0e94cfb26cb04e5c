import { TenureError } from "../../engine/index.js";
import { interruptible, thrownCode } from "./interruptible.js";

/** A rule declares itself at once. */
const LONGEST_MS = 5_000;

/**
 * Asks a rule for what it is, not for a formula of an epoch: that is there at once, or never.
 * @param named the file, as errors call it
 * @throws TenureError `TEN-PLUGIN-013` it computes without end; what the question throws
 */
export function atOnce<Answer>(named: string, ask: () => Answer): Answer {
  try {
    return interruptible(ask, LONGEST_MS);
  } catch (error) {
    if (thrownCode(error) !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
    throw new TenureError({
      code: "TEN-PLUGIN-013",
      what: "The rule was not there when its time was over: it computes without end before it is asked about anybody.",
      place: { file: named },
      found: `no answer in ${LONGEST_MS / 1000} s`,
      allowed: "a file that declares its rule at once, with a ceiling and a bind that answer at once",
      hint: "Look for a loop outside of the formula.",
    });
  }
}
