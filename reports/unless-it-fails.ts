import { RuleFault } from "../engine/index.js";

/** What a rule answers; null where it is one of a file that fails. */
export function unlessItFails<Answer>(ask: () => Answer): Answer | null {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof RuleFault)) throw error;
    return null;
  }
}
