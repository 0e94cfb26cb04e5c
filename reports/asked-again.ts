import { type NamedTerm, RuleFault } from "../engine/index.js";

/** What a rule of one's own file told when it was asked once more, and what is to be said of it. */
export interface AskedAgain {
  /** Empty where it threw. */
  readonly terms: readonly NamedTerm[];
  /** In words; null: nothing. */
  readonly note: string | null;
}

/**
 * Asks a rule for its terms and compares its result with what the run recorded.
 * @param name of the rule
 * @param recorded null: the run did not ask it
 * @param ask answers the terms, the result last
 */
export function askAgain(name: string, recorded: number | null, ask: () => readonly NamedTerm[]): AskedAgain {
  try {
    const terms = ask();
    const result = terms.at(-1)?.value;
    if (recorded === null || result === recorded) return { terms, note: null };
    return { terms, note: `The rule ${name} gives ${result} when it is asked for its terms, and gave ${recorded} in the run.` };
  } catch (error) {
    if (!(error instanceof RuleFault)) throw error;
    return { terms: [], note: `The rule ${name} fails when it is asked for its terms, so they are not shown: ${foundWords(error)}.` };
  }
}

function foundWords({ what, found }: RuleFault): string {
  return found === undefined ? what.replace(/\.$/, "") : String(found).replace(/\.$/, "");
}
