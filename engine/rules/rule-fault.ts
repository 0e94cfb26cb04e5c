import { TenureError } from "../kernel/errors.js";
import { LARGEST_MULTIPLIER, rangeText } from "../kernel/ranges.js";
import { instantText } from "../kernel/time.js";
import { faultWords } from "./missing-names.js";

/** A rule as messages call it. */
interface Named {
  readonly file: string;
  readonly rule: { readonly name: string } | null;
}

/** What a plug-in did that no rule may. Where it happened is told by who asked it (`locatedFault`). */
export class RuleFault extends TenureError {
  /** Index of the miner among those it was asked about; -1: not known. */
  miner = -1;
}

/** It gave what cannot be paid by. */
export function gaveImpossible({ file, rule }: Named, what: string, found: unknown, atMost: number, hint: string): RuleFault {
  return new RuleFault({
    code: "TEN-PLUGIN-010",
    what: `The rule ${rule?.name} gave ${what} that nothing can be paid by.`,
    place: { file },
    found: wordOf(found),
    allowed: rangeText({ atLeast: 0, atMost }),
    hint,
  });
}

/**
 * The ceiling that a rule gives, if it is one.
 * @param of what it bounds
 * @throws RuleFault where it is none
 */
export function ceilingOf(rule: Named, given: unknown, of: "multiplier" | "factor"): number {
  if (typeof given === "number" && given >= 0 && given <= LARGEST_MULTIPLIER) return unsigned(given);
  throw gaveImpossible(rule, "a ceiling", given, LARGEST_MULTIPLIER, `The ceiling is the largest ${of} that the parameters allow.`);
}

/** What a rule gives as it is written: no digest depends on the sign of a 0. */
export function unsigned(given: number): number {
  return given === 0 ? 0 : given;
}

/** It threw an error. */
export function threw({ file, rule }: Named, what: string, error: unknown): RuleFault {
  const found = faultWords(error);
  const isMissing = found.includes("is not there for a rule");
  return new RuleFault({
    code: "TEN-PLUGIN-011",
    what: `The rule ${rule?.name} threw an error where it was asked for ${what}.`,
    place: { file },
    found,
    allowed: "a formula that answers whatever it is asked",
    hint: isMissing
      ? "docs/how-to/write-a-rule.md says what a rule is given, and what not."
      : "Mind what is 0 or missing: nothing held, nobody with a weight.",
  });
}

/** What it gave is not even of the kind that it should be. */
export function boundNothing({ file, rule }: Named, found: unknown, allowed: string): RuleFault {
  return new RuleFault({
    code: "TEN-PLUGIN-012",
    what: `The rule ${rule?.name} does not give what its kind of rule gives.`,
    place: { file },
    found: wordOf(found),
    allowed,
    hint: "Compare it with the examples of docs/how-to/write-a-rule.md.",
  });
}

/**
 * Refuses entries of what a rule gives that nobody reads: they would be misspelt or misplaced. What is made by a class of the
 * rule's own may have fields of its own.
 * @throws RuleFault
 */
export function refuseUnread(rule: Named, given: object | null | undefined, read: readonly string[]): void {
  if (typeof given !== "object" || given === null) return;
  const unread = asked(rule, "what it gives", () => {
    const prototype: unknown = Object.getPrototypeOf(given);
    const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
    return isPlain ? Object.keys(given).find((key) => !read.includes(key)) : undefined;
  });
  if (unread !== undefined) throw boundNothing(rule, unread, `keys among ${read.join(", ")} in what bind gives`);
}

/** Asks a rule; what it throws becomes a fault. */
export function asked<Answer>(rule: Named, what: string, ask: () => Answer): Answer {
  try {
    return ask();
  } catch (error) {
    throw threw(rule, what, error);
  }
}

/** The same fault with the miner it met. */
export function locatedFault(
  fault: RuleFault,
  { hotkey, netuid, epoch, timeMs }: { hotkey: string | null; netuid: number; epoch: number; timeMs: number },
): TenureError {
  const { code, what, found, allowed, hint, place } = fault;
  const who = hotkey === null ? "" : `miner ${hotkey}, `;
  return new TenureError({
    code,
    what: `${what} It was asked for ${who}subnet ${netuid}, epoch ${epoch}, which ends ${instantText(timeMs)}.`,
    ...(place === undefined ? {} : { place }),
    found,
    ...(allowed === undefined ? {} : { allowed }),
    ...(hint === undefined ? {} : { hint }),
  });
}

/** What was given, in a word: numbers as they are, text quoted by who prints it. */
function wordOf(found: unknown): unknown {
  if (typeof found === "number" || typeof found === "string" || typeof found === "boolean") return found;
  if (found === undefined) return "nothing (undefined)";
  return found === null ? "null" : `a value of the type ${typeof found}`;
}
