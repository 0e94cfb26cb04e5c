import type { TermsOfOne } from "../terms/epoch-terms.js";
import type { RuleAsker } from "../terms/rule-asker.js";
import { computedTerms } from "../terms/term-layout.js";

/** What a rule made of terms in the baseline; by the ids of its own terms. */
export interface AnswerBefore {
  readonly rule: string | null;
  valueOf(name: string): number | undefined;
}

/** A rule that answers something else of the same terms. */
export interface OwnHit {
  /** Id of the first term that differs. */
  readonly cause: string;
  readonly rule: string;
  readonly before: number | null;
  readonly after: number | null;
}

export interface HitQuestion {
  /** What the position had in the baseline, and what it has now; null: it takes no part now. */
  readonly before: TermsOfOne;
  readonly after: TermsOfOne | null;
  /** The rule as it is now. */
  readonly asker: RuleAsker;
  /** Null: the rule of then cannot be asked of these terms, or does not give what was written down. */
  answeredBefore(asker: RuleAsker, of: TermsOfOne): AnswerBefore | null;
}

/**
 * Asks the rule of now of what a position had in the baseline: the inputs agree by that, and where the answer is another one the rule
 * itself moves its pay, whatever else has moved since. Null: it answers the same, or cannot be asked.
 */
export function ownHit({ before, after, asker, answeredBefore }: HitQuestion): OwnHit | null {
  const written = before(asker.output);
  if (Number.isNaN(written)) return null;
  const asked = asker.ask(before);
  if (asked === null || asked.answer === written) return null;
  // Terms are written down with all digits but of what was decided exactly: only who gives back its own results is believed.
  if (after !== null && !givesBack(asker, after)) return null;
  const then = answeredBefore(asker, before);
  if (then === null) return null;
  if (then.rule !== null && then.rule !== asker.rule) {
    return { cause: `${asker.prefix}.rule`, rule: `${then.rule} -> ${asker.rule}`, before: written, after: asked.answer };
  }
  for (const { name, value } of computedTerms(asked.terms)) {
    const old = then.valueOf(name);
    if (old === value || (old !== undefined && Number.isNaN(old) && Number.isNaN(value))) continue;
    return { cause: `${asker.prefix}.${name}`, rule: asker.rule, before: old ?? null, after: value };
  }
  return { cause: asker.output, rule: asker.rule, before: written, after: asked.answer };
}

function givesBack(asker: RuleAsker, of: TermsOfOne): boolean {
  const written = of(asker.output);
  if (Number.isNaN(written)) return true;
  const asked = asker.ask(of);
  return asked === null || asked.answer === written;
}

/** The rule of then as it can be asked today. */
export function askedBefore(askers: readonly RuleAsker[]): HitQuestion["answeredBefore"] {
  return ({ output }, of) => {
    const then = askers.find((one) => one.output === output);
    const asked = then?.ask(of) ?? null;
    if (then === undefined || asked === null || asked.answer !== of(output)) return null;
    const values = new Map(computedTerms(asked.terms).map(({ name, value }) => [name, value]));
    return { rule: then.rule, valueOf: (name) => values.get(name) };
  };
}

/** The rule of then as its terms were written down. */
export function writtenBefore(): HitQuestion["answeredBefore"] {
  return ({ prefix }, of) => ({
    rule: null,
    valueOf: (name) => {
      const value = of(`${prefix}.${name}`);
      return Number.isNaN(value) ? undefined : value;
    },
  });
}
