import type { NamedTerm } from "../../../engine/index.js";
import { unlessItFails } from "../../unless-it-fails.js";
import type { EpochTerms, TermsOfOne } from "./epoch-terms.js";

/** A rule that can be asked what it makes of terms that a run wrote down: the formula itself, run once more. */
export interface RuleAsker {
  /** The term that it answers. */
  readonly output: string;
  /** Of the ids of its own terms. */
  readonly prefix: string;
  readonly rule: string;
  /**
   * Told of each epoch of a run in its order, before it is asked of it: of a rule that remembers.
   * @param run the same object for all epochs of a run
   */
  follow?(epoch: EpochTerms, run: object): void;
  /** All terms of the formula, the answer last; null: it cannot be asked of these. */
  ask(of: TermsOfOne): { readonly terms: readonly NamedTerm[]; readonly answer: number } | null;
}

/**
 * Asks a formula for its terms.
 * @param before terms that come first
 * @param silent its answer where it tells no term
 * @returns null: it fails, or has no answer
 */
export function asked(
  ask: () => readonly NamedTerm[],
  before: readonly NamedTerm[],
  silent: number = Number.NaN,
): { readonly terms: readonly NamedTerm[]; readonly answer: number } | null {
  const terms = unlessItFails(ask);
  if (terms === null) return null;
  const answer = terms.at(-1)?.value ?? silent;
  return Number.isNaN(answer) ? null : { terms: [...before, ...terms], answer };
}
